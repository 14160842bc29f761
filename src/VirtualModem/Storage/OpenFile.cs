namespace AirHil.VirtualModem.Storage;

/// <summary>
/// A file that a script has open: a copy that reaches the flash when it is closed; a reset before that loses it.
/// </summary>
internal sealed class OpenFile
{
    private readonly FileTree _files;
    private readonly string _path;
    private readonly bool _writes;
    private readonly bool _appends;
    private byte[] _bytes;
    private bool _changed;

    private OpenFile(FileTree files, string path, byte[] bytes, bool reads, bool writes, bool appends)
    {
        _files = files;
        _path = path;
        _bytes = bytes;
        Length = bytes.Length;
        CanRead = reads;
        _writes = writes;
        _appends = appends;
        if (appends) Position = Length;
    }

    public bool CanRead { get; }
    public bool IsClosed { get; private set; }
    public int Position { get; private set; }
    public int Length { get; private set; }

    /// <summary>fopen: modes r, w, a with an optional + and b; null where it fails.</summary>
    public static OpenFile? Open(FileTree files, string path, string mode)
    {
        var plus = mode.Contains('+', StringComparison.Ordinal);
        switch (mode.Length > 0 ? mode[0] : '\0')
        {
            case 'r':
                return files.Read(path) is { } bytes
                    ? new OpenFile(files, path, bytes, reads: true, writes: plus, appends: false)
                    : null;
            case 'w':
                return files.Write(path, []) ? new OpenFile(files, path, [], plus, writes: true, appends: false) : null;
            case 'a':
                var old = files.Read(path);
                if (old is null && !files.Write(path, [])) return null;
                return new OpenFile(files, path, old ?? [], plus, writes: true, appends: true);
            default:
                return null;
        }
    }

    public ReadOnlySpan<byte> Read(int most)
    {
        var count = CanRead ? Math.Clamp(most, 0, Length - Position) : 0;
        var bytes = _bytes.AsSpan(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>A line without its end; null at the end of the file.</summary>
    public byte[]? ReadLine(bool keepEnd)
    {
        if (!CanRead || Position >= Length) return null;
        var rest = _bytes.AsSpan(Position, Length - Position);
        var end = rest.IndexOf((byte)'\n');
        Position += end < 0 ? rest.Length : end + 1;
        return rest[..(end < 0 ? rest.Length : keepEnd ? end + 1 : end)].ToArray();
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (!_writes) return false;
        if (_appends) Position = Length;
        var end = Position + bytes.Length;
        if (end > _files.Flash.Capacity) return false;
        if (end > _bytes.Length || !_changed)
        {
            var grown = new byte[Math.Max(end, Math.Max(64, Length * 2))];
            _bytes.AsSpan(0, Length).CopyTo(grown);
            _bytes = grown;
        }

        bytes.CopyTo(_bytes.AsSpan(Position));
        Position = end;
        Length = Math.Max(Length, end);
        _changed = true;
        return true;
    }

    /// <summary>Moves; the new position, or null where it would be before the start.</summary>
    public int? Seek(string whence, long offset)
    {
        var target = offset + whence switch
        {
            "set" => 0,
            "cur" => Position,
            _ => Length,
        };
        if (target < 0 || target > Length) return null;
        return Position = (int)target;
    }

    /// <summary>Writes back; false: no room.</summary>
    public bool Close()
    {
        if (IsClosed) return true;
        IsClosed = true;
        return !_changed || _files.Write(_path, _bytes.AsSpan(0, Length).ToArray());
    }
}
