using System.Text;
using AirHil.Rig.Files;

namespace AirHil.Rig.Runs;

/// <summary>A script to run: the files as the author has them, main.lua first.</summary>
public sealed class FirmwareSource
{
    private const int MaxFileBytes = 4 << 20;

    /// <summary>Bytes of all files together, comments and required libraries included.</summary>
    internal const int MaxBytes = 16 << 20;

    /// <summary>
    /// What the largest script area of an EC618 holds, bytes: 448 KB in the "lite" image, 128 KB in V1112 FULL
    /// (S:project/luatos/xmake.lua, reference bench §5.2). Scripts are compiled for it, other files are not.
    /// </summary>
    private const int ScriptArea = 448 * 1024;

    private FirmwareSource(string name, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        foreach (var (file, _) in files)
        {
            if (file.AsSpan().IndexOfAny('/', '\\') < 0) continue;
            throw new FirmwareNotFoundException($"'{file}' cannot be in a folder: the module's script area is flat");
        }

        Name = name;
        Files = files;
    }

    /// <summary>What to call it in messages.</summary>
    public string Name { get; }

    /// <summary>File name and content; main.lua first where there is one, the others by name.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Files { get; }

    /// <summary>
    /// The paths of the files, by name, as they were given; empty where the script was given as text.
    /// </summary>
    public IReadOnlyDictionary<string, string> Paths { get; private init; } = new Dictionary<string, string>();

    /// <summary>Names of files of the folder that the module does not get; hidden ones are not counted.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>Why the module does not get a file that a script names: a sentence for each.</summary>
    public IReadOnlyList<string> Refused { get; private init; } = [];

    /// <summary>
    /// A folder with main.lua, a project file of Luatools, or one script file, which becomes the main script whatever
    /// its name.
    /// </summary>
    /// <remarks>Of a folder, the files that end in .lua, those that its airhil.layout names, and those that a script
    /// names as "/luadb/NAME".</remarks>
    /// <exception cref="FirmwareNotFoundException">There is no such file or folder, the folder has no main.lua, a
    /// script in it is a link that leaves it, a file is a key, or the files are too large for a module.</exception>
    public static FirmwareSource FromPath(string path)
    {
        if (Directory.Exists(path)) return FromFolder(path);
        if (!File.Exists(path))
        {
            throw new FirmwareNotFoundException(
                $"there is no script or folder '{path}' (looked in {Directory.GetCurrentDirectory()})");
        }

        if (LuatoolsProject.Is(path)) return FromProject(path);

        return new FirmwareSource(Path.GetFileName(path), [new("main.lua", Read(path))])
        {
            Paths = new Dictionary<string, string> { ["main.lua"] = path },
        };
    }

    /// <summary>Whether a folder is a project: <see cref="FromPath"/> finds a main script in it.</summary>
    public static bool IsProject(string folder) =>
        File.Exists(Path.Combine(folder, "main.lua")) || File.Exists(Path.Combine(folder, "user", "main.lua"))
            || LuatoolsProject.In(folder) is not null;

    /// <summary>One script given as text, as in a feature's doc string.</summary>
    public static FirmwareSource FromText(string mainLua, string name = "main.lua") =>
        new(name, [new("main.lua", Encoding.UTF8.GetBytes(mainLua))]);

    /// <summary>
    /// Several files given as text; without a main.lua the module says so when it boots (reference §1.5).
    /// </summary>
    public static FirmwareSource FromFiles(IEnumerable<KeyValuePair<string, string>> files, string name = "files") =>
        new(
        name,
        [
            .. Sorted(
                files.Select(
                    f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, Encoding.UTF8.GetBytes(f.Value)))),
        ]);

    /// <summary>Several files as they are, text or not.</summary>
    /// <exception cref="FirmwareNotFoundException">The name of one has a folder in it.</exception>
    public static FirmwareSource FromBytes(
        string name, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) => new(name, [.. Sorted(files)]);

    /// <summary>The same with further files; null: one has no path.</summary>
    internal FirmwareSource With(IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes, string? Path)> added)
    {
        var files = Files.ToList();
        var paths = new Dictionary<string, string>(Paths);
        foreach (var (name, bytes, path) in added)
        {
            files.Add(new(name, bytes));
            if (path is not null) paths[name] = path;
        }

        return new FirmwareSource(Name, [.. Sorted(files)]) { Paths = paths, LeftOut = LeftOut, Refused = Refused };
    }

    /// <summary>
    /// A folder with main.lua, or with user/main.lua as projects of the vendor have it; the scripts of a folder lib
    /// beside them come too.
    /// </summary>
    private static FirmwareSource FromFolder(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var user = Path.Combine(path, "user");
        var isPlain = File.Exists(Path.Combine(path, "main.lua"));
        var isSplit = !isPlain && File.Exists(Path.Combine(user, "main.lua"));
        if (!isPlain && !isSplit && LuatoolsProject.In(path) is { } project) return FromProject(project);
        var found = ScriptFolderFiles.In(isSplit ? user : path);
        var paths = found.Paths;
        foreach (var (library, place) in ScriptFolderFiles.Below(path, "lib")) paths.TryAdd(library, place);
        found.TakeNamed(
            ReadAll(name, paths.Where(file => IsScript(file.Key))).Select(file => file.Value), ScriptArea);
        return Of(name, paths, found);
    }

    private static FirmwareSource FromProject(string path) =>
        Of(Path.GetFileNameWithoutExtension(path), LuatoolsProject.Files(path));

    private static FirmwareSource Of(
        string name, SortedDictionary<string, string> paths, ScriptFolderFiles? found = null)
    {
        var sorted = Sorted(ReadAll(name, paths)).ToArray();
        if (sorted.Length == 0 || sorted[0].Key != "main.lua")
        {
            throw new FirmwareNotFoundException(
                $"'{name}' holds no main.lua; found: " +
                $"{(sorted.Length == 0 ? "nothing" : string.Join(", ", sorted.Select(f => f.Key)))}");
        }

        var resources = sorted.Where(f => !IsScript(f.Key)).ToArray();
        if (resources.FirstOrDefault(f => ScriptFolderFiles.HoldsKey(f.Value.Span)).Key is { } key)
        {
            throw new FirmwareNotFoundException($"'{paths[key]}' holds a key, but {ScriptFolderFiles.NoKeys}");
        }

        if (resources.Sum(f => (long)f.Value.Length) > ScriptArea)
        {
            var largest = resources.MaxBy(f => f.Value.Length);
            throw new FirmwareNotFoundException(
                $"the resources of '{name}' do not fit into a module: its script area has {ScriptArea} bytes at " +
                $"most, and '{paths[largest.Key]}' alone has {largest.Value.Length}");
        }

        return new FirmwareSource(name, sorted)
        {
            Paths = paths,
            LeftOut = found?.LeftOut ?? [],
            Refused = found?.Refused ?? [],
        };
    }

    private static bool IsScript(string name) => ScriptFolderFiles.IsScript(name);

    private static IOrderedEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Sorted(
        IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) =>
        files.OrderBy(f => f.Key != "main.lua").ThenBy(f => f.Key, StringComparer.Ordinal);

    private static List<KeyValuePair<string, ReadOnlyMemory<byte>>> ReadAll(
        string name, IEnumerable<KeyValuePair<string, string>> paths)
    {
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        var left = MaxBytes;
        foreach (var (file, path) in paths)
        {
            var content = Read(path);
            left -= content.Length;
            if (left < 0)
            {
                throw new FirmwareNotFoundException(
                    $"the files of '{name}' have more than {MaxBytes} bytes up to '{path}'; the script area of a " +
                    $"module has {ScriptArea} at most");
            }

            files.Add(new(file, content));
        }

        return files;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return InputFile.Read(path, MaxFileBytes);
        }
        catch (IOException problem)
        {
            throw new FirmwareNotFoundException(problem.Message);
        }
    }
}
