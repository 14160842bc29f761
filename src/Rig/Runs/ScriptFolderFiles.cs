using System.Text;
using System.Text.RegularExpressions;
using AirHil.Rig.Files;

namespace AirHil.Rig.Runs;

/// <summary>
/// Which files of a script folder are the module's: those that end in .lua, those that the layout names, and those that
/// a script names as "/luadb/NAME". The rest of a folder, such as an .env or a key beside the script, is never read.
/// </summary>
internal sealed partial class ScriptFolderFiles
{
    /// <summary>The layout: a text file with the name of a resource on each line; "#" begins a comment.</summary>
    public const string Layout = "airhil.layout";

    /// <summary>Why a key is refused.</summary>
    public const string NoKeys = "keys do not go into sessions, which others may read; give the test another one";

    private const int MostLayoutBytes = 64 * 1024;
    private const int MostBytes = 4 << 20;
    private static readonly string[] KeyEnds = [".key", ".pem", ".p12", ".pfx", ".jks", ".kdbx", ".ppk"];
    private static readonly string[] KeyStarts = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];
    private readonly string _folder;

    private ScriptFolderFiles(string folder) => _folder = folder;

    /// <summary>Name and path of each file, by name.</summary>
    public SortedDictionary<string, string> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of files that are there and are not the module's, hidden ones not counted.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Why a file that a script names is not the module's: a sentence for each.</summary>
    public List<string> Refused { get; } = [];

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
            if (named.Remove(name) || IsScript(name)) files.Add(name, path);
            else if (!IsOfTheRig(name)) files.LeftOut.Add(name);
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

    /// <summary>
    /// Takes the files of the folder that the scripts name as "/luadb/NAME" and that a session may hold. A file that is
    /// not there is none on the module either.
    /// </summary>
    /// <param name="scripts">The content of each script.</param>
    /// <param name="room">Bytes that they may have together with the files of the layout.</param>
    public void TakeNamed(IEnumerable<ReadOnlyMemory<byte>> scripts, int room)
    {
        var names = new SortedSet<string>(scripts.SelectMany(script => Named(script.Span)), StringComparer.Ordinal);
        var there = names.Where(name => !Paths.ContainsKey(name) && name != Layout
            && File.Exists(Path.Combine(_folder, name))).ToArray();
        if (there.Length == 0) return;
        var left = room - Paths.Where(file => !IsScript(file.Key)).Sum(file => Length(file.Value));
        foreach (var name in there)
        {
            LeftOut.Remove(name);
            if (WhyNotTaken(name, Path.Combine(_folder, name), ref left) is { } reason)
            {
                Refused.Add($"the script names '/luadb/{name}', {reason}");
            }
            else
            {
                Paths[name] = Path.Combine(_folder, name);
            }
        }
    }

    /// <summary>Whether a file has a private key in the form PEM.</summary>
    public static bool HoldsKey(ReadOnlySpan<byte> content) => content.IndexOf("PRIVATE KEY-----"u8) >= 0;

    private static long Length(string path)
    {
        if (InputFile.WhyNot(path) is { } reason) throw new FirmwareNotFoundException(reason);
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareNotFoundException(problem.Message);
        }
    }

    private string? WhyNotTaken(string name, string path, ref long left)
    {
        if (WhyNot(name) is { } reason) return reason;
        if (WhyNotFollowed(path) is { } wrong) return $"but it is {wrong}";
        try
        {
            var content = InputFile.Read(path, MostBytes);
            if (HoldsKey(content)) return $"but {NoKeys}";
            if (content.Length > left) return "but the script area of a module has no room for it";
            left -= content.Length;
            return null;
        }
        catch (IOException problem)
        {
            return $"but it cannot be read: {problem.Message}";
        }
    }

    private static IEnumerable<string> Named(ReadOnlySpan<byte> script) => script.IndexOf("/luadb/"u8) < 0
        ? []
        : [.. NamedFile().Matches(Encoding.UTF8.GetString(script)).Select(match => match.Groups[1].Value)];

    /// <summary>A string of Lua that is the path of a file in the script area, and nothing else.</summary>
    [GeneratedRegex("""(?:["']|\[\[)/luadb/([^"'\\/\]\r\n]{1,64})(?:["']|\]\])""", RegexOptions.CultureInvariant)]
    private static partial Regex NamedFile();

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
        catch (IOException problem)
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
                    ? $"but {NoKeys}"
                    : null;

    /// <summary>Scripts are compiled for the module; other files are not.</summary>
    public static bool IsScript(string name) => name.EndsWith(".lua", StringComparison.Ordinal);

    /// <summary>Nobody expects it on the module.</summary>
    private static bool IsOfTheRig(string name) =>
        name.EndsWith(".feature", StringComparison.Ordinal) || name.EndsWith(".bench.yaml", StringComparison.Ordinal);

    private void Add(string name, string path)
    {
        CheckLink(name, path);
        Paths[name] = path;
    }

    private void CheckLink(string name, string path)
    {
        if (WhyNotFollowed(path) is { } reason)
        {
            throw new FirmwareNotFoundException(
                $"'{Path.Combine(_folder, name)}' is {reason}; put the file itself there");
        }
    }

    /// <summary>
    /// That a path is a link out of the folder, or to what in it must not travel; null: it is none, or may be followed.
    /// </summary>
    private string? WhyNotFollowed(string path)
    {
        if (new FileInfo(path).LinkTarget is not { } named) return null;
        var folder = RealPath.Of(_folder) + Path.DirectorySeparatorChar;
        if (RealPath.Of(path) is not { } target || !target.StartsWith(folder, StringComparison.Ordinal))
        {
            return $"a link to {RealPath.Of(path) ?? named}, outside of the script's folder";
        }

        return target[folder.Length..].Split(Path.DirectorySeparatorChar).Select(WhyNot)
            .FirstOrDefault(reason => reason is not null) is { } hidden ? $"a link to {target}, {hidden}" : null;
    }
}
