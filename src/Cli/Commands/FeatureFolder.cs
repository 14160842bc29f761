using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands;

/// <summary>Where features are looked for when no path is given.</summary>
internal static class FeatureFolder
{
    /// <summary>The folder "features" of the working directory or of the nearest folder above it.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null;
            folder = folder.Parent)
        {
            var features = Path.Combine(folder.FullName, "features");
            if (Directory.Exists(features)) return Path.GetRelativePath(Directory.GetCurrentDirectory(), features);
        }

        throw new UsageException("there is no folder 'features' here or above; name one: airhil test PATH");
    }
}
