namespace AirHil.VirtualModem.Storage;

/// <summary>A file of /ram/.</summary>
internal sealed class RamFile
{
    private byte[] _bytes = [];

    public required string Name { get; set; }
    public int Size { get; private set; }

    /// <summary>It was removed, perhaps while it was open.</summary>
    public bool IsGone { get; set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, Size);

    public void Resize(int size)
    {
        if (size > _bytes.Length) Array.Resize(ref _bytes, Math.Max(size, Size * 2));
        if (size > Size) _bytes.AsSpan(Size, size - Size).Clear();
        Size = size;
    }
}
