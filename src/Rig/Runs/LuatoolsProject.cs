using AirHil.Rig.Files;

namespace AirHil.Rig.Runs;

/// <summary>
/// A project file of Luatools, which its folder "project" holds: a section [info] with settings, and a section for each
/// folder of the project, named by its path, with a line "FILE =" for each file that is downloaded
/// (luatos-cli luatos-project/src/import.rs, LuatOS bsp/pc/port/luat_cmds.c).
/// </summary>
internal sealed class LuatoolsProject
{
    private const string Ending = ".ini";
    private const string Settings = "info";
    private const int MostBytes = 256 * 1024;
    private readonly string _path;
    private readonly List<(string Folder, string File)> _entries = [];

    private LuatoolsProject(string path) => _path = path;

    /// <summary>Whether a path names such a file: it ends in .ini and has a section [info].</summary>
    public static bool Is(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && File.Exists(path)
            && Text(path).Split('\n').Any(line => line.Trim() == $"[{Settings}]");

    /// <summary>The only project file of a folder; null: there is none, or more than one.</summary>
    public static string? In(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Ending).Where(Is).Take(2).ToArray() is [var only] ? only : null;

    /// <summary>Name and path of each file that the project names.</summary>
    /// <exception cref="FirmwareNotFoundException">The file cannot be read, or names what is not there or what must not
    /// travel.</exception>
    public static SortedDictionary<string, string> Files(string path)
    {
        var project = new LuatoolsProject(path);
        project.Read();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (folder, file) in project._entries)
        {
            if (ScriptFolderFiles.WhyNot(file) is { } reason)
            {
                throw new FirmwareNotFoundException($"'{path}' names '{file}', {reason}");
            }

            var place = project.Find(folder, file);
            if (project.WhyNot(place) is { } hidden)
            {
                throw new FirmwareNotFoundException($"'{path}' names '{file}' in '{folder}', {hidden}");
            }

            files.TryAdd(file, place);
        }

        return files;
    }

    private void Read()
    {
        var folder = Settings;
        foreach (var line in Text(_path).Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', .. var name, ']']) folder = name;
            else if (folder != Settings && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                _entries.Add((folder, line[..at].Trim()));
            }
        }
    }

    /// <summary>
    /// The file where the project says. A project that came from another machine is found by the longest end of its
    /// folder's path that is below the project file, or beside it.
    /// </summary>
    private string Find(string folder, string file)
    {
        var here = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        var parts = folder.Split('/', '\\');
        var places = Enumerable.Range(0, parts.Length + 1).Select(skipped => Path.Combine([here, .. parts[skipped..]]));
        foreach (var place in (IEnumerable<string>)[folder, .. places])
        {
            if (Path.Combine(place, file) is var path && File.Exists(path)) return path;
        }

        throw new FirmwareNotFoundException(
            $"'{_path}' names '{file}' in '{folder}', and it is neither there nor below '{here}'");
    }

    /// <summary>
    /// Why a file is not the module's, as the end of a sentence; null: it is. A project may come from anybody. So what
    /// it names must not be hidden, unless the project itself lies there, and no link leads elsewhere.
    /// </summary>
    private string? WhyNot(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var (place, target) = (RealPath.Of(folder), RealPath.Of(file));
        if (place is null || target is null) return "but it cannot be followed";
        if (Path.GetDirectoryName(target) != place) return $"but it is a link to {target}; put the file itself there";
        var here = RealPath.Of(Path.GetDirectoryName(Path.GetFullPath(_path))!) ?? "";
        var own = here.Split(Path.DirectorySeparatorChar);
        var parts = place.Split(Path.DirectorySeparatorChar);
        var shared = 0;
        while (shared < Math.Min(own.Length, parts.Length) && own[shared] == parts[shared]) shared++;
        return parts[shared..].FirstOrDefault(part => part.StartsWith('.')) is { } hidden
            ? $"but files of hidden folders, as '{hidden}' in '{place}', do not go into sessions"
            : null;
    }

    private static string Text(string path)
    {
        try
        {
            return InputFile.ReadText(path, MostBytes);
        }
        catch (IOException problem)
        {
            throw new FirmwareNotFoundException($"the project '{path}' cannot be read: {problem.Message}");
        }
    }
}
