using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>
/// The driver's transmit memory, which it takes from the system heap: a cache that grows by what is written, and the
/// block that is on its way, which was the cache before. It counts bytes; it holds none.
/// </summary>
/// <param name="initial">Bytes of a new cache.</param>
/// <param name="grows">Whether a cache takes more than that.</param>
internal sealed class UartTransmitter(int initial, bool grows, SystemHeap heap)
{
    private int _cache;
    private int _waiting;
    private int _block;
    private int _unsent;

    /// <summary>Takes the first cache; false: the heap has no room for it.</summary>
    public bool Open()
    {
        if (heap.TryAllocate(initial)) _cache = initial;
        return _cache > 0;
    }

    /// <summary>Gives all back; what waits is forgotten.</summary>
    public void Close()
    {
        if (_cache > 0) heap.Free(_cache);
        if (_block > 0) heap.Free(_block);
        (_cache, _waiting, _block, _unsent) = (0, 0, 0, 0);
    }

    /// <summary>Takes all of the bytes or, where there is no room for them, none.</summary>
    public bool TryAdd(int bytes)
    {
        var needed = _waiting + bytes;
        if (needed > _cache)
        {
            // The larger cache is taken while the old one is still there.
            if (!grows && needed > initial) return false;
            if (!heap.TryAllocate(needed)) return false;
            if (_cache > 0) heap.Free(_cache);
            _cache = needed;
        }

        _waiting = needed;
        if (_block == 0) SendCache();
        return true;
    }

    /// <summary>So many bytes have left.</summary>
    public void Left(int bytes)
    {
        _unsent -= bytes;
        if (_unsent > 0) return;
        heap.Free(_block);
        _block = 0;
        if (_waiting > 0) SendCache();
    }

    private void SendCache()
    {
        (_block, _unsent, _cache, _waiting) = (_cache, _waiting, 0, 0);
        Open();
    }
}
