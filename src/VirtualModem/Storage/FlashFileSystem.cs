namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The files of one mount, by path relative to it, kept in memory with a limit in bytes. The root's instance outlives
/// resets and power cuts, as littlefs does.
/// </summary>
/// <param name="capacity">Bytes of all files together.</param>
internal sealed class FlashFileSystem(int capacity)
{
    /// <summary>What littlefs takes for a file beside its bytes, roughly.</summary>
    private const int FileOverhead = 64;

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);

    public int Capacity { get; } = capacity;

    public int Used { get; private set; }

    /// <summary>Bytes of the files alone.</summary>
    public int Bytes => Used - (_files.Count * FileOverhead);

    public byte[]? Read(string path) => _files.GetValueOrDefault(path);

    public bool IsDirectory(string path) => path.Length == 0 || _directories.Contains(path);

    /// <summary>Replaces a file's bytes; false: no room, or a directory has that name.</summary>
    public bool Write(string path, byte[] bytes)
    {
        if (path.Length == 0 || _directories.Contains(path) || !HasParent(path)) return false;
        var used = Used + bytes.Length + FileOverhead;
        if (_files.TryGetValue(path, out var old)) used -= old.Length + FileOverhead;
        if (used > Capacity) return false;
        _files[path] = bytes;
        Used = used;
        return true;
    }

    public bool Remove(string path)
    {
        if (!_files.Remove(path, out var old)) return false;
        Used -= old.Length + FileOverhead;
        return true;
    }

    public bool Rename(string from, string to)
    {
        if (to.Length == 0 || _directories.Contains(to) || !HasParent(to)) return false;
        if (!_files.TryGetValue(from, out var bytes)) return false;
        Remove(from);
        return Write(to, bytes);
    }

    public bool MakeDirectory(string path) => path.Length > 0 && !_files.ContainsKey(path) && _directories.Add(path);

    public bool RemoveDirectory(string path)
    {
        foreach (var file in _files.Keys)
        {
            if (file.StartsWith(path + "/", StringComparison.Ordinal)) return false;
        }

        return _directories.Remove(path);
    }

    /// <summary>The files directly in a directory, by name; directories have a size of -1.</summary>
    public IEnumerable<(string Name, int Size)> List(string directory)
    {
        var prefix = directory.Length == 0 ? "" : directory + "/";
        foreach (var name in _directories)
        {
            if (ChildName(name, prefix) is { } child) yield return (child, -1);
        }

        foreach (var (path, bytes) in _files)
        {
            if (ChildName(path, prefix) is { } child) yield return (child, bytes.Length);
        }
    }

    private bool HasParent(string path) =>
        path.LastIndexOf('/') is var end && (end < 0 || _directories.Contains(path[..end]));

    private static string? ChildName(string path, string prefix)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.Length == prefix.Length) return null;
        var name = path[prefix.Length..];
        return name.Contains('/', StringComparison.Ordinal) ? null : name;
    }
}
