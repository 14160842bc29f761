using System.Text;
using AirHil.Rig.Files;

namespace AirHil.Rig.Runs;

/// <summary>
/// Which files of a script folder are the module's: those that end in .lua, and those that the layout names. The rest
/// of a folder, such as an .env or a key beside the script, is never read.
/// </summary>
internal sealed class ScriptFolderFiles
{
    /// <summary>The layout: a text file with the name of a resource on each line; "#" begins a comment.</summary>
    public const string Layout = "airhil.layout";

    private const int MostLayoutBytes = 64 * 1024;
    private static readonly string[] KeyEnds = [".key", ".pem", ".p12", ".pfx", ".jks", ".kdbx", ".ppk"];
    private static readonly string[] KeyStarts = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];
    private readonly string _folder;

    private ScriptFolderFiles(string folder) => _folder = folder;

    /// <summary>Name and path of each file, by name.</summary>
    public SortedDictionary<string, string> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of files that are there and are not the module's, hidden ones not counted.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Looks through a folder; what is in its folders is not looked at.</summary>
    /// <exception cref="FirmwareNotFoundException">A link leaves the folder, or the layout names what cannot travel.
    /// </exception>
    public static ScriptFolderFiles In(string folder)
    {
        var files = new ScriptFolderFiles(Path.GetFullPath(folder));
        var named = files.Resources();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('.') || name == Layout) continue;
            if (named.Remove(name) || name.EndsWith(".lua", StringComparison.Ordinal)) files.Add(name, path);
            else files.LeftOut.Add(name);
        }

        return named.Count == 0
            ? files
            : throw new FirmwareNotFoundException(
                $"'{Path.Combine(folder, Layout)}' names {string.Join(", ", named)}, which the folder does not hold");
    }

    /// <summary>Name and path of each file of a folder in a folder; none where there is no such folder.</summary>
    /// <exception cref="FirmwareNotFoundException">It is a link.</exception>
    public static IReadOnlyDictionary<string, string> Below(string folder, string name)
    {
        var place = new DirectoryInfo(Path.Combine(folder, name));
        if (!place.Exists) return new Dictionary<string, string>();
        return place.LinkTarget is null
            ? In(place.FullName).Paths
            : throw new FirmwareNotFoundException(
                $"'{place.FullName}' is a link to {place.LinkTarget}; give that folder with --lib");
    }

    private HashSet<string> Resources()
    {
        var path = Path.Combine(_folder, Layout);
        if (!File.Exists(path)) return [];
        CheckLink(Layout, path);
        var names = Text(path).Split('\n').Select(line => line.Split('#')[0].Trim()).Where(name => name.Length > 0);
        return [.. names.Select(name => WhyNot(name) is { } reason
            ? throw new FirmwareNotFoundException($"'{path}' names '{name}', {reason}")
            : name)];
    }

    private static string Text(string path)
    {
        try
        {
            return InputFile.ReadText(path, MostLayoutBytes);
        }
        catch (Exception problem) when (problem is IOException or DecoderFallbackException)
        {
            throw new FirmwareNotFoundException($"'{path}' names resources, and cannot be read: {problem.Message}");
        }
    }

    /// <summary>Why a file cannot be the module's, as the end of a sentence; null: it can.</summary>
    public static string? WhyNot(string name) =>
        name.AsSpan().IndexOfAny('/', '\\') >= 0
            ? "but the module's script area is flat: name a file of the same folder"
            : name.StartsWith('.')
                ? "but hidden files do not go into sessions"
                : KeyEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                    || KeyStarts.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                    ? "but keys do not go into sessions, which others may read; give the test another one"
                    : null;

    private void Add(string name, string path)
    {
        CheckLink(name, path);
        Paths[name] = path;
    }

    private void CheckLink(string name, string path)
    {
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } target) return;
        var place = Path.GetDirectoryName(target.FullName);
        while (place != _folder)
        {
            if (place is null || place.Length < _folder.Length || new DirectoryInfo(place).LinkTarget is not null)
            {
                throw new FirmwareNotFoundException(
                    $"'{Path.Combine(_folder, name)}' is a link to {target.FullName}, outside of the script's " +
                    "folder; put the file itself there");
            }

            place = Path.GetDirectoryName(place);
        }
    }
}
