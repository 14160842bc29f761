namespace AirHil.Benchmarks;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above the program, or above the working directory, that holds AirHil.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Directory.GetCurrentDirectory())
        ?? throw new InvalidOperationException("no folder with AirHil.sln above " + AppContext.BaseDirectory);

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AirHil.sln"))) return folder.FullName;
        }

        return null;
    }
}
