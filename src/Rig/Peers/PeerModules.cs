using System.Text;
using System.Text.RegularExpressions;
using AirHil.Rig.Files;

namespace AirHil.Rig.Peers;

/// <summary>Finds the files that a script of the user requires: those of its own folder, and no others.</summary>
internal static partial class PeerModules
{
    public const string NameRule = "a name of letters, digits, _ and -: that of a .lua file in the script's folder";

    /// <summary>Whether a script may ask for it.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>The files that stand in a script as <c>require "name"</c>, and those that they require.</summary>
    /// <param name="path">Where the script is.</param>
    /// <param name="text">The script.</param>
    /// <returns>Names and texts, in the order of the names. One that is missing fails when it is asked for.</returns>
    /// <exception cref="IOException">
    /// One cannot be read, or is a link to another folder, or they are too large.
    /// </exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string path, string text)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var left = PeerScript.MostBytes - Encoding.UTF8.GetByteCount(text);
        var unread = new Queue<string>([text]);
        while (unread.TryDequeue(out var script))
        {
            foreach (var name in Requirement().Matches(script).Select(match => match.Groups[1].Value))
            {
                var file = Path.Combine(folder, name + ".lua");
                if (found.ContainsKey(name) || !File.Exists(file)) continue;
                found[name] = Read(file, left);
                left -= Encoding.UTF8.GetByteCount(found[name]);
                unread.Enqueue(found[name]);
            }
        }

        return [.. found];
    }

    private static string Read(string file, int left)
    {
        if (new FileInfo(file).LinkTarget is not null && RealPath.Of(file) is { } target
            && Path.GetDirectoryName(target) != RealPath.Of(Path.GetDirectoryName(file)!))
        {
            throw new IOException(
                $"'{file}' is a link to another folder; a script requires files of its own folder only. Copy it there");
        }

        var text = InputFile.ReadText(file, PeerScript.MostBytes);
        return Encoding.UTF8.GetByteCount(text) <= left ? text : throw new IOException(
            $"'{file}': a script and the files that it requires have more than {PeerScript.MostBytes} bytes");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>require "x", require("x") and pcall(require, "x").</summary>
    [GeneratedRegex("""\brequire\s*(?:[(,]\s*)?["']([A-Za-z0-9_-]{1,64})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Requirement();
}
