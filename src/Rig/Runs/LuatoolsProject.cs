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

            files.TryAdd(file, project.Find(folder, file));
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
