namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// A file that is open. What is written reaches the directory when it is synchronised or closed; a reset before that
/// loses it. Up to 256 bytes lie in the directory; more take blocks, and a block that is changed is written again
/// (S:thirdparty/littlefs/lfs.c).
/// </summary>
internal sealed class LittlefsFile
{
    private const int LargestInline = 256;

    private readonly LittlefsVolume _volume;
    private readonly LittlefsModes _modes;
    private readonly bool _rewrites;
    private LittlefsDirectory? _directory;
    private LittlefsEntry _entry;
    private byte[] _bytes;
    private bool _isShared = true;
    private bool _isInline;
    private bool _isWriting;
    private bool _isDirty;
    private bool _hasFailed;

    /// <summary>The first block that was written again and that the directory does not have yet.</summary>
    private int _firstNew = int.MaxValue;

    /// <summary>The size without what is being written.</summary>
    private int _settled;

    public LittlefsFile(
        LittlefsVolume volume, LittlefsDirectory? directory, LittlefsEntry entry, LittlefsModes modes, bool rewrites)
    {
        _volume = volume;
        _rewrites = rewrites;
        _directory = directory;
        _entry = entry;
        _modes = modes;
        var isCut = modes.HasFlag(LittlefsModes.Truncate);
        _isDirty = isCut;
        _isInline = isCut || entry.IsInline;
        _bytes = isCut ? [] : entry.Content;
        _settled = _bytes.Length;
        Reads = modes.HasFlag(LittlefsModes.Read);
        Writes = modes.HasFlag(LittlefsModes.Write);
    }

    /// <summary>Whether it was opened for reading. The flash is read all the same; see <see cref="Read"/>.</summary>
    public bool Reads { get; }

    /// <summary>Whether it was opened for writing.</summary>
    public bool Writes { get; }

    public int Position { get; private set; }

    /// <summary>Bytes, with those that are being written.</summary>
    public int Size => _isWriting ? Math.Max(Position, _settled) : _settled;

    /// <summary>Blocks that hold what the directory does not know yet.</summary>
    public int NewBlocks => _firstNew == int.MaxValue ? 0 : Math.Max(0, BlockChain.BlocksOf(Size) - _firstNew);

    /// <summary>What the count of used blocks adds for this file.</summary>
    public int CountedBlocks => _isInline
        ? 0
        : (_isDirty ? BlockChain.BlocksOf(_settled) : 0) + (_isWriting ? BlockChain.BlocksOf(Position) : 0);

    /// <summary>Reads from the position on; the number of bytes.</summary>
    public int Read(Span<byte> target)
    {
        if (Flush() < 0 || Position >= _settled) return 0;
        var count = Math.Min(target.Length, _settled - Position);
        _bytes.AsSpan(Position, count).CopyTo(target);
        Position += count;
        return count;
    }

    /// <summary>Writes at the position, or at the end; 0, or no space. Then the whole change is lost.</summary>
    public int Write(ReadOnlySpan<byte> source)
    {
        if (_modes.HasFlag(LittlefsModes.Append) && Position < _settled) Position = _settled;
        if ((long)Position + source.Length > int.MaxValue) return LittlefsError.TooBig;
        var start = _isWriting ? Position : Math.Min(Position, _settled);
        var end = Position + source.Length;
        if (_isInline && Math.Max(end, _settled) > LargestInline)
        {
            if (_volume.FreeBlocks < 1) return Fail();
            _isInline = false;
            _firstNew = 0;
        }

        if (source.Length == 0 && start == Position) return LittlefsError.None;
        var room = _isInline ? end : Take(start, end);
        if (room < end)
        {
            // What there is room for is written; the error keeps the directory from being told.
            Position = Math.Min(Position, room);
            if (room > start) Put(source[..(room - Position)]);
            return Fail();
        }

        Put(source);
        _hasFailed = false;
        return LittlefsError.None;
    }

    /// <summary>Moves; false: not to a place before the start. A place after the end is one.</summary>
    public bool Seek(int offset, SeekOrigin origin)
    {
        var target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => _settled, // without what is being written: lfs_file_seek looks before it flushes
        };
        if (target < 0) return false;
        if (target == Position) return true;
        if (Flush() < 0) return false;
        Position = target;
        return true;
    }

    /// <summary>Tells the directory; 0 or an error.</summary>
    public int Sync()
    {
        if (_hasFailed) return LittlefsError.None;
        if (Flush() is < 0 and var error) return error;
        if (!_isDirty || _directory is null) return LittlefsError.None;
        var result = _volume.Store(_directory, _entry, _entry.With(_bytes[.._settled], _isInline), _rewrites);
        if (result < 0)
        {
            _hasFailed = true;
            return result;
        }

        _firstNew = int.MaxValue;
        _isDirty = false;
        return result;
    }

    /// <summary>Another name or content took the place of the entry; null: it was removed.</summary>
    public void Follow(LittlefsEntry old, LittlefsDirectory? directory, LittlefsEntry? changed)
    {
        if (old != _entry) return;
        _directory = directory;
        _entry = changed ?? _entry;
    }

    /// <summary>What was written ends: bytes after it are copied behind it.</summary>
    private int Flush()
    {
        if (!_isWriting) return LittlefsError.None;
        _settled = Math.Max(Position, _settled);
        _isWriting = false;
        _isDirty = true;
        if (_isInline || NewBlocks == 0 || _volume.FreeBlocks >= 0) return LittlefsError.None;
        _hasFailed = true;
        return LittlefsError.NoSpace;
    }

    private int Fail()
    {
        _hasFailed = true;
        return LittlefsError.NoSpace;
    }

    private void Put(ReadOnlySpan<byte> source)
    {
        var end = Position + source.Length;
        Grow(end);
        source.CopyTo(_bytes.AsSpan(Position));
        Position = end;
        _isWriting = true;
    }

    /// <summary>Takes blocks for the bytes between two places; how far they reach.</summary>
    private int Take(int start, int end)
    {
        var first = Math.Min(_firstNew, BlockChain.IndexOf(start));
        var most = first + NewBlocks + Math.Max(0, _volume.FreeBlocks);
        _firstNew = first;
        return (int)Math.Min(end, Math.Max(start, BlockChain.BytesIn(most)));
    }

    private void Grow(int end)
    {
        if (!_isShared && end <= _bytes.Length) return;
        var room = Math.Max(end, Math.Min(Math.Max(64, _settled * 2), _volume.BlockCount * BlockChain.BlockBytes));
        var grown = new byte[room];
        _bytes.AsSpan(0, Math.Min(Size, _bytes.Length)).CopyTo(grown);
        _bytes = grown;
        _isShared = false;
    }
}
