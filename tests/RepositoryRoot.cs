using System.Runtime.CompilerServices;

namespace AirHil.Tests;

/// <summary>The folder that holds AirHil.sln, for tests that read what is not copied beside them.</summary>
internal static class RepositoryRoot
{
    /// <summary>
    /// It is looked for above the test assembly, then, for builds whose output is elsewhere, above the current folder
    /// and above this source file.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">None of them is inside of the repository.</exception>
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string sourceFile = "") =>
        Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
            ?? Above(System.IO.Path.GetDirectoryName(sourceFile) ?? "")
            ?? throw new DirectoryNotFoundException(
                $"No AirHil.sln above {AppContext.BaseDirectory} or the current folder.");

    private static string? Above(string start)
    {
        for (var folder = start; !string.IsNullOrEmpty(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "AirHil.sln"))) return folder;
        }

        return null;
    }
}
