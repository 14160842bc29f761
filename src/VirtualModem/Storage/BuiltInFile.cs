namespace AirHil.VirtualModem.Storage;

/// <summary>An open file of /lua/: it takes every place.</summary>
internal sealed class BuiltInFile(byte[] bytes) : IMountedFile
{
    public int Position { get; private set; }
    public bool IsAtEnd => (uint)Position >= (uint)bytes.Length;

    public int Read(Span<byte> target)
    {
        if (IsAtEnd) return 0;
        var count = Math.Min(target.Length, bytes.Length - Position);
        bytes.AsSpan(Position, count).CopyTo(target);
        Position += count;
        return count;
    }

    public bool Write(ReadOnlySpan<byte> source) => source.Length == 0;

    /// <summary>An offset from the end counts backwards.</summary>
    public bool Seek(int offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => unchecked(Position + offset),
            _ => unchecked(bytes.Length - offset),
        };
        return true;
    }

    public void Close()
    {
        // Nothing is held.
    }
}
