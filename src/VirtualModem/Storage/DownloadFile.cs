namespace AirHil.VirtualModem.Storage;

/// <summary>An open file of /luadb/.</summary>
internal sealed class DownloadFile(byte[] bytes, Action closed) : IMountedFile
{
    public int Position { get; private set; }
    public bool IsAtEnd => (uint)Position >= (uint)bytes.Length;

    /// <summary>Behind the end the firmware reads on in the flash; here is nothing.</summary>
    public int Read(Span<byte> target)
    {
        if (IsAtEnd) return 0;
        var count = Math.Min(target.Length, bytes.Length - Position);
        bytes.AsSpan(Position, count).CopyTo(target);
        Position += count;
        return count;
    }

    public bool Write(ReadOnlySpan<byte> source) => source.Length == 0;

    /// <summary>The offset from the end is not looked at. A place before the start fails and is taken.</summary>
    public bool Seek(int offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => unchecked(Position + offset),
            _ => bytes.Length,
        };
        return Position >= 0;
    }

    public void Close() => closed();
}
