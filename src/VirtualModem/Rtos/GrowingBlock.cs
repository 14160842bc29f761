namespace AirHil.VirtualModem.Rtos;

/// <summary>Bytes on the system heap that grow by realloc, piece by piece; nothing is kept until the first.</summary>
internal sealed class GrowingBlock(SystemHeap heap)
{
    private readonly List<byte> _bytes = [];
    private int _size;

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    /// <summary>
    /// Appends; false: the heap has no room for the old block and the new one, and the old one stays as it was.
    /// </summary>
    /// <param name="bytes">What comes to the end.</param>
    /// <param name="spare">Bytes that the block has beyond it.</param>
    public bool TryAppend(ReadOnlySpan<byte> bytes, int spare)
    {
        var size = _bytes.Count + bytes.Length + spare;
        if (!heap.TryAllocate(size)) return false;
        if (_size > 0) heap.Free(_size);
        _size = size;
        _bytes.AddRange(bytes);
        return true;
    }

    public void Free()
    {
        if (_size > 0) heap.Free(_size);
        _size = 0;
        _bytes.Clear();
    }
}
