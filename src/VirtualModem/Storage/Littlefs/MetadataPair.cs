namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// Two blocks that hold entries of a directory as a log. A commit is added at the end and padded to 256 bytes; where it
/// does not fit, the live entries are written to the other block (S:thirdparty/littlefs/lfs.c, lfs_dir_compact).
/// </summary>
internal sealed class MetadataPair(LittlefsDirectory directory)
{
    /// <summary>The tail of a block that only a checksum may take.</summary>
    private const int LogEnd = BlockChain.BlockBytes - ChecksumBytes;

    private const int ChecksumBytes = 8;
    private const int ProgramBytes = 256;
    private const int RevisionBytes = 4;
    private const int TailBytes = 12;
    private const int SuperblockBytes = 40;

    private int _end;

    public LittlefsDirectory Directory { get; } = directory;

    /// <summary>In the order of their bytes.</summary>
    public List<LittlefsEntry> Entries { get; set; } = [];

    /// <summary>The superblock is an entry of its own, which no listing shows.</summary>
    public bool HasSuperblock { get; set; }

    /// <summary>How often the log was written again.</summary>
    public int Revision { get; private set; }

    /// <summary>Entries with the superblock.</summary>
    public int Count => Entries.Count + (HasSuperblock ? 1 : 0);

    /// <summary>Bytes of what the pair holds, without the rest of the log.</summary>
    public int LiveBytes => Entries.Sum(entry => entry.LiveBytes) + (HasSuperblock ? SuperblockBytes : 0);

    /// <summary>The log reaches the end of its block.</summary>
    public bool IsFull => _end == BlockChain.BlockBytes;

    /// <summary>A copy in the copy of its directory.</summary>
    /// <param name="copies">The copy of each directory.</param>
    public MetadataPair CopyWith(IReadOnlyDictionary<LittlefsDirectory, LittlefsDirectory> copies) =>
        new(copies[Directory])
        {
            _end = _end,
            Entries = [.. Entries.Select(e => e.Directory is { } inner ? e.Of(copies[inner]) : e)],
            HasSuperblock = HasSuperblock,
            Revision = Revision,
        };

    /// <summary>Adds a commit; false: the log is full.</summary>
    public bool Append(int bytes)
    {
        if (_end == 0 || _end + bytes > LogEnd) return false;
        _end = Padded(_end + bytes);
        return true;
    }

    /// <summary>Writes the entries to the other block; false: they do not fit in one.</summary>
    public bool Rewrite(bool hasTail)
    {
        var bytes = RevisionBytes + LiveBytes + (hasTail ? TailBytes : 0);
        if (bytes > LogEnd) return false;
        Revision++;
        _end = Padded(bytes);
        return true;
    }

    private static int Padded(int end) => (end + ChecksumBytes + ProgramBytes - 1) / ProgramBytes * ProgramBytes;
}
