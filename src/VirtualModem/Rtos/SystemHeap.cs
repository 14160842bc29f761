using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// The module's system heap, as far as scripts feel it: zbuffs and the sockets' buffers come from it, the Lua heap does
/// not (reference §1.3). It counts bytes; it holds none.
/// </summary>
/// <param name="total">Bytes of heap; V1112 FULL has 277,872.</param>
/// <param name="used">Bytes in use when the script starts; V1112 FULL: 53,984.</param>
/// <param name="peak">The highest use before the script starts; V1112 FULL: 81,264.</param>
internal sealed class SystemHeap(int total = 277_872, int used = 53_984, int peak = 81_264)
{
    /// <summary>What the allocator adds to a block, and to which it rounds one, bytes.</summary>
    [Guess("Bytes that the vendor's heap_6 of FreeRTOS adds to a block. Most 32-bit allocators use this value.")]
    private const int BlockHeader = 8;

    public int Total { get; } = total;
    public int Used { get; private set; } = used;
    public int Peak { get; private set; } = peak;

    /// <summary>Takes a block of <paramref name="bytes"/>; false where the heap has no room for it.</summary>
    public bool TryAllocate(long bytes)
    {
        var size = BlockSize(bytes);
        if (size > Total - Used) return false;
        Used += (int)size;
        Peak = Math.Max(Peak, Used);
        return true;
    }

    /// <summary>Gives back a block taken with the same number of bytes.</summary>
    public void Free(long bytes)
    {
        var size = BlockSize(bytes);
        if (size > Used) throw new InvalidOperationException($"{bytes} bytes given back that were never taken.");
        Used -= (int)size;
    }

    private static long BlockSize(long bytes) => ((bytes + BlockHeader - 1) & ~(BlockHeader - 1L)) + BlockHeader;
}
