namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// The module's system heap, as far as scripts feel it: zbuffs and the sockets' buffers come from it, the Lua heap does
/// not (reference §1.3). It counts bytes; it holds none. The vendor's allocator is TLSF with a head of 16 bytes and a
/// mark of 4 behind each block (PLAT/libs/libfreertos.a of luatos-soc-2022: heap_6, tlsf). What rtos.meminfo calls used
/// counts neither.
/// </summary>
/// <param name="total">Bytes of heap; V1112 FULL has 277,872.</param>
/// <param name="used">Bytes in use when the script starts; V1112 FULL: 53,984.</param>
/// <param name="peak">The highest use before the script starts; V1112 FULL: 81,264.</param>
internal sealed class SystemHeap(int total = 277_872, int used = 53_984, int peak = 81_264)
{
    private const int Alignment = 4;
    private const int Smallest = 8;
    private const int Overhead = 20;

    /// <summary>A block is smaller than this.</summary>
    private const int MostBytes = 1 << 20;

    private int _heads;

    public int Total { get; } = total;
    public int Used { get; private set; } = used;
    public int Peak { get; private set; } = peak;

    /// <summary>Takes a block of <paramref name="bytes"/>; false where the heap has no room for it.</summary>
    public bool TryAllocate(long bytes)
    {
        var size = BlockSize(bytes);
        if (size >= MostBytes || size + Overhead > Total - Used - _heads) return false;
        Used += (int)size;
        _heads += Overhead;
        Peak = Math.Max(Peak, Used);
        return true;
    }

    /// <summary>Gives back a block taken with the same number of bytes.</summary>
    public void Free(long bytes)
    {
        var size = BlockSize(bytes);
        if (_heads == 0) throw new InvalidOperationException($"{bytes} bytes given back that were never taken.");
        Used -= (int)size;
        _heads -= Overhead;
    }

    private static long BlockSize(long bytes) => Math.Max(Smallest, (bytes + Alignment - 1) & ~(Alignment - 1L));
}
