namespace AirHil.VirtualModem.Storage;

/// <summary>An open file of /ram/: it takes every place, and every mode reads and writes.</summary>
internal sealed class RamHandle(RamMount mount, RamFile file, int position) : IMountedFile
{
    public int Position { get; private set; } = position;

    // The firmware compares without a sign: a place before the start is far behind the end.
    public bool IsAtEnd => (uint)Position >= (uint)file.Size;

    public int Read(Span<byte> target)
    {
        if (file.IsGone || IsAtEnd) return 0;
        var count = Math.Min(target.Length, file.Size - Position);
        file.Bytes.Slice(Position, count).CopyTo(target);
        Position += count;
        return count;
    }

    /// <summary>Where the firmware would write outside of the file's memory, nothing is written.</summary>
    public bool Write(ReadOnlySpan<byte> source)
    {
        var end = (long)Position + source.Length;
        if (file.IsGone || Position < 0 || end > int.MaxValue) return true;
        if (end > file.Size && !mount.Resize(file, (int)end)) return false;
        source.CopyTo(file.Bytes[Position..]);
        Position = (int)end;
        return true;
    }

    /// <summary>An offset from the end counts backwards.</summary>
    public bool Seek(int offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => unchecked(Position + offset),
            _ => unchecked(file.Size - offset),
        };
        return true;
    }

    public void Close()
    {
        // The firmware frees the handle; the file stays.
    }
}
