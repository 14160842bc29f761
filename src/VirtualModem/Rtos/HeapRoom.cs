namespace AirHil.VirtualModem.Rtos;

/// <summary>A block of the system heap that is given back at the end of a scope.</summary>
internal sealed class HeapRoom : IDisposable
{
    private readonly SystemHeap _heap;
    private readonly int _bytes;

    private HeapRoom(SystemHeap heap, int bytes) => (_heap, _bytes) = (heap, bytes);

    /// <summary>Null: the heap has no room; of 0 bytes nothing is taken.</summary>
    public static HeapRoom? TryTake(SystemHeap heap, int bytes) =>
        bytes == 0 || heap.TryAllocate(bytes) ? new HeapRoom(heap, bytes) : null;

    public void Dispose()
    {
        if (_bytes > 0) _heap.Free(_bytes);
    }
}
