using AirHil.Rig.Scenarios;

namespace AirHil.Steps.Drivers;

/// <summary>Finds the script that a feature names.</summary>
internal static class ScriptFolder
{
    /// <summary>
    /// A path as given, from the working directory or from any folder above the command; a bare name is also looked for
    /// in fixtures/scripts there.
    /// </summary>
    /// <exception cref="FirmwareNotFoundException">It is in none of these places.</exception>
    public static FirmwareSource Find(string name)
    {
        foreach (var folder in Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory)))
        {
            foreach (var candidate in (string[])
            [
                Path.Combine(folder, name), Path.Combine(folder, "fixtures", "scripts", name),
            ])
            {
                if (Directory.Exists(candidate) || File.Exists(candidate))
                {
                    return FirmwareSource.FromPath(Shown(candidate));
                }
            }
        }

        throw new FirmwareNotFoundException(
            $"there is no script '{name}': looked for a file or folder of that name, and for " +
            $"fixtures/scripts/{name}, " +
            $"in {Directory.GetCurrentDirectory()} and above");
    }

    /// <summary>As a user would write it: from the working directory where it is below that.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
