namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// The names of a path as littlefs reads them: "." goes, and ".." takes the name before it along, which need not exist
/// (S:thirdparty/littlefs/lfs.c, lfs_dir_find).
/// </summary>
internal static class LittlefsPath
{
    /// <summary>The names; whether each is the last of the path, without a slash after it.</summary>
    public static IEnumerable<(string Name, bool IsLast)> Names(string path)
    {
        var at = 0;
        while (true)
        {
            var (start, end) = Next(path, at);
            if (start == end) yield break;
            at = end;
            if (path.AsSpan(start, end - start) is "." or "..") continue;
            if (EndOfMatch(path, end) is { } skipped) at = skipped;
            else yield return (path[start..end], path.IndexOf('/', end) < 0);
        }
    }

    /// <summary>Where the ".." ends that takes the name before a place away; null: there is none.</summary>
    private static int? EndOfMatch(string path, int at)
    {
        var depth = 1;
        while (true)
        {
            var (start, end) = Next(path, at);
            if (start == end) return null;
            depth += path.AsSpan(start, end - start) is ".." ? -1 : 1;
            if (depth == 0) return end;
            at = end;
        }
    }

    private static (int Start, int End) Next(string path, int at)
    {
        while (at < path.Length && path[at] == '/') at++;
        var end = path.IndexOf('/', at);
        return (at, end < 0 ? path.Length : end);
    }
}
