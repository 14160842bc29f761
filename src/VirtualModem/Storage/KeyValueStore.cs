namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The flash area of fskv: a littlefs of its own with a file a key (L:components/sfd/luat_sfd_lfs.c). It outlives
/// resets and power cuts. How many blocks it takes is estimated: see <see cref="UsedBlocks"/>.
/// </summary>
internal sealed class KeyValueStore
{
    public const int BlockBytes = 4096;
    public const int TotalBytes = 64 * 1024;

    /// <summary>Bytes of the largest value, with its type byte.</summary>
    public const int LargestValue = 4096;

    private const int LongestName = 63;

    /// <summary>A file of at most the cache's size lies in the directory itself (L:components/lfs/lfs.c).</summary>
    private const int LargestInline = 256;

    private readonly SortedDictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    /// <summary>A new area is formatted at the first init.</summary>
    public bool IsFormatted { get; private set; }

    public int Count => _values.Count;

    /// <summary>
    /// Two for each directory pair and one for each value over 256 bytes. A pair is taken to split at half a block of
    /// live entries, as littlefs does when it compacts; when it compacts is not modelled.
    /// </summary>
    public int UsedBlocks => Blocks(without: null);

    public void Format()
    {
        _values.Clear();
        IsFormatted = true;
    }

    public byte[]? Get(string key) => _values.GetValueOrDefault(Name(key));

    /// <summary>Stores; false: no such name can be, or no block is free.</summary>
    public bool Set(string key, byte[] value)
    {
        var name = Name(key);
        if (name.Length is 0 or > LongestName || name is "." or ".." || name.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        var needed = value.Length > LargestInline ? 1 : 0;
        if ((Blocks(name) + needed) * BlockBytes > TotalBytes) return false;
        _values[name] = value;
        return true;
    }

    public void Delete(string key) => _values.Remove(Name(key));

    /// <summary>The key at a place in the order of bytes; null: past the last.</summary>
    public string? KeyAt(int index) => index < _values.Count ? _values.Keys.ElementAt(index) : null;

    private static string Name(string key) => key.TrimStart('/');

    private int Blocks(string? without)
    {
        var (entries, data) = (0, 0);
        foreach (var (name, value) in _values)
        {
            if (name == without) continue;
            var isInline = value.Length <= LargestInline;
            entries += 8 + name.Length + (isInline ? value.Length : 8);
            if (!isInline) data++;
        }

        return data + (2 * Math.Max(1, (entries + (BlockBytes / 2) - 1) / (BlockBytes / 2)));
    }
}
