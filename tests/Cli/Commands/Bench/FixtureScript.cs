using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>A script of the repository, put where features in a test's folder find it by its name.</summary>
internal static class FixtureScript
{
    /// <summary>Gives its path, from the folder.</summary>
    public static string Into(TempFolder folder, string name)
    {
        var path = Path.Combine("fixtures", "scripts", name);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, path)))
        {
            folder.Write(Path.Combine(path, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        return path;
    }
}
