using System.Collections.Concurrent;

namespace AirHil.Rig.Files;

/// <summary>
/// A folder of its own below the user's folder for temporary files, which nobody else can look into or has made before.
/// It goes with what is in it when it is disposed of, or with the process.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Made = new(StringComparer.Ordinal);

    static TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var path in Made.Keys) Remove(path);
    };

    private TemporaryFolder(string path) => Path = path;

    /// <summary>Where it is, absolute.</summary>
    public string Path { get; }

    /// <param name="prefix">How its name begins.</param>
    /// <exception cref="IOException">It cannot be made; the message says where and why.</exception>
    public static TemporaryFolder Create(string prefix)
    {
        try
        {
            var path = Directory.CreateTempSubdirectory(prefix).FullName;
            Made.TryAdd(path, true);
            return new TemporaryFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system's own message names no folder.
            var place = System.IO.Path.GetTempPath();
            throw new HostPlaceException(
                $"no temporary folder can be made in '{place}': " +
                $"{(Directory.Exists(place) ? e.Message : "there is no such folder")}; TMPDIR names another",
                e);
        }
    }

    public void Dispose()
    {
        Made.TryRemove(Path, out _);
        Remove(Path);
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody is in it; the system clears temporary folders away.
        }
    }
}
