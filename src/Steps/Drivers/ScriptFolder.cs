using AirHil.Rig.Runs;

namespace AirHil.Steps.Drivers;

/// <summary>Finds the script that a feature names: the module's, or that of a peer or a service.</summary>
public static class ScriptFolder
{
    /// <summary>
    /// A path from the feature's folder, so that a feature means the same wherever it is run from, else from the
    /// working directory or the command's own folder, or from any folder above one of these; a bare name is also looked
    /// for in fixtures/scripts there, or in fixtures/peers.
    /// </summary>
    /// <param name="featureFolder">Where the feature file is.</param>
    /// <param name="kind">The folder in fixtures: "scripts" for modules, "peers" for what is around them.</param>
    /// <exception cref="FirmwareNotFoundException">It is in none of these places.</exception>
    public static string Find(string name, string featureFolder, string kind = "scripts")
    {
        var here = Directory.GetCurrentDirectory();
        string[] starts = [Path.GetFullPath(featureFolder, here), here, AppContext.BaseDirectory];
        foreach (var folder in starts.SelectMany(Above))
        {
            foreach (var candidate in (string[])
            [
                Path.Combine(folder, name), Path.Combine(folder, "fixtures", kind, name),
            ])
            {
                if (Directory.Exists(candidate) || File.Exists(candidate)) return Shown(candidate);
            }
        }

        throw new FirmwareNotFoundException(
            $"there is no script '{name}': looked for a file or folder of that name, and for " +
            $"fixtures/{kind}/{name}, " +
            $"in {string.Join(", in ", starts.Take(2).Distinct(StringComparer.Ordinal))} and above, " +
            "and where airhil is");
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
