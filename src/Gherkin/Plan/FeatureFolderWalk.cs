namespace AirHil.Gherkin.Plan;

/// <summary>
/// Finds the feature files in a folder and below it. Hidden folders are left out. Links are followed, and none leads to
/// a folder or a file a second time, so that a link to a folder above ends.
/// </summary>
internal sealed class FeatureFolderWalk
{
    /// <summary>A folder with so many entries is a disk, and no folder of features.</summary>
    public const int MostEntries = 500_000;

    private const int MostLinks = 40;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private readonly Queue<string> _links = new();
    private int _entriesLeft;

    private FeatureFolderWalk(int most) => _entriesLeft = most;

    /// <summary>The paths of all feature files, as they are reached from the folder.</summary>
    /// <param name="most">How many files and folders are looked at.</param>
    /// <returns>Null where there are more.</returns>
    public static IReadOnlyList<string>? Files(string folder, int most = MostEntries)
    {
        var walk = new FeatureFolderWalk(most);
        walk.Enter(folder);
        // What is there itself goes before what a link leads to.
        while (walk._links.TryDequeue(out var link))
        {
            if (Directory.Exists(link)) walk.Enter(link);
            else walk.Add(link);
        }

        return walk._entriesLeft < 0 ? null : walk._files;
    }

    private void Enter(string folder)
    {
        if (RealPath(folder) is not { } real || !_seen.Add(real)) return;
        // One more than is allowed is enough to know.
        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Take(_entriesLeft + 1)];
        _entriesLeft -= entries.Length;
        foreach (var path in entries.Order(StringComparer.Ordinal))
        {
            if (_entriesLeft < 0) return;
            if (new FileInfo(path).LinkTarget is not null) _links.Enqueue(path);
            else if (!Directory.Exists(path)) Add(path);
            else if (!Path.GetFileName(path).StartsWith('.')) Enter(path);
        }
    }

    private void Add(string path)
    {
        if (!path.EndsWith(".feature", StringComparison.Ordinal) || !File.Exists(path)) return;
        if (RealPath(path) is { } real && _seen.Add(real)) _files.Add(path);
    }

    /// <summary>The path without links; null where links lead in a circle.</summary>
    private static string? RealPath(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)));
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks) return null;
            foreach (var more in Parts(target)) rest.Push(more);
            if (Path.IsPathRooted(target)) real = Path.GetPathRoot(target)!;
        }

        return real;
    }

    /// <summary>The last part first, as they are pushed.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path[(Path.GetPathRoot(path) ?? "").Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Reverse();
}
