using AirHil.Rig.Runs;

namespace AirHil.Cli.Corpus;

/// <summary>
/// The projects below some folders: every folder that holds main.lua or user/main.lua, or one project file of Luatools.
/// </summary>
internal static class ProjectFolders
{
    /// <summary>
    /// Looks for projects, sorted by path. Links are not followed, and hidden folders are not entered.
    /// </summary>
    /// <param name="roots">Where to look.</param>
    /// <param name="except">Names of folders that are left out, with all below them.</param>
    /// <exception cref="DirectoryNotFoundException">A root is no folder.</exception>
    public static IReadOnlyList<string> Below(IEnumerable<string> roots, IReadOnlyCollection<string> except)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"there is no folder '{root}'");
            Look(Path.TrimEndingDirectorySeparator(root), except, found);
        }

        return [.. found];
    }

    private static void Look(string folder, IReadOnlyCollection<string> except, SortedSet<string> found)
    {
        var isProject = FirmwareSource.IsProject(folder);
        if (isProject) found.Add(folder);
        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(below);
            if (name.StartsWith('.') || except.Contains(name) || new DirectoryInfo(below).LinkTarget is not null)
            {
                continue;
            }

            // The folder user of a project is the project itself.
            if (!isProject || name != "user") Look(below, except, found);
        }
    }
}
