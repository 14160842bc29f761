namespace AirHil.Board.BenchFile;

/// <summary>Where bench files are found.</summary>
public static class BenchFilePlace
{
    /// <summary>The name of a bench file in a project.</summary>
    public const string FileName = "airhil.bench.yaml";

    /// <summary>
    /// The file that is named; else airhil.bench.yaml in the folder or above it; else airhil/bench.yaml in the folder
    /// of the user's settings (~/.config, on Windows %APPDATA%).
    /// </summary>
    /// <param name="named">What the user named; null: nothing.</param>
    /// <param name="from">The folder to begin in.</param>
    /// <param name="settings">The folder of the user's settings; null: as the system has it.</param>
    /// <exception cref="BenchFileException">There is none; the message says where it was looked for.</exception>
    public static string Find(string? named, string from, string? settings = null)
    {
        if (named is not null)
        {
            var path = Path.GetFullPath(named, from);
            return File.Exists(path) ? path : throw new BenchFileException($"there is no bench file '{named}'");
        }

        for (var folder = Path.GetFullPath(from); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, FileName);
            if (File.Exists(path)) return path;
        }

        var own = OfUser(settings);
        return File.Exists(own)
            ? own
            : throw new BenchFileException(
                $"there is no bench file: neither {FileName} in {Path.GetFullPath(from)} or above, nor {own}; "
                    + $"'airhil bench discover > {FileName}' writes a first one, --bench names another");
    }

    /// <summary>The user's own bench file, whether there or not.</summary>
    public static string OfUser(string? settings = null) =>
        Path.Combine(
            settings ?? Environment.GetFolderPath(
                Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "airhil", "bench.yaml");
}
