using AirHil.Gherkin;

namespace AirHil.Features.Tests;

/// <summary>The repository's /features, read where they are; nothing is copied.</summary>
internal static class FeatureFolder
{
    /// <summary>
    /// The folder with AirHil.sln is looked for above the test assembly, then, for builds whose output is elsewhere,
    /// above the current folder.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">Neither is inside of the repository.</exception>
    public static FeaturePlan Load()
    {
        var root = RootAbove(AppContext.BaseDirectory) ?? RootAbove(Directory.GetCurrentDirectory())
            ?? throw new DirectoryNotFoundException(
                $"No AirHil.sln above {AppContext.BaseDirectory} or the current folder.");
        return FeaturePlan.Load(Path.Combine(root, "features"));
    }

    private static string? RootAbove(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            if (File.Exists(Path.Combine(current.FullName, "AirHil.sln"))) return current.FullName;
        return null;
    }
}
