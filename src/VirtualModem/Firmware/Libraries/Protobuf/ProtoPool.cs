using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>Pages of equal objects, which stay until all are given back (pb_Pool).</summary>
internal sealed class ProtoPool(SystemHeap heap, int pageBytes, int objectsOfPage)
{
    private int _pages;
    private int _free;

    /// <summary>False: the heap has no room for another page.</summary>
    public bool TryTake()
    {
        if (_free == 0)
        {
            if (!heap.TryAllocate(pageBytes)) return false;
            _pages++;
            _free = objectsOfPage;
        }

        _free--;
        return true;
    }

    /// <summary>Of an object that found no room nothing comes back.</summary>
    public void GiveBack() => _free = Math.Min(_free + 1, _pages * objectsOfPage);

    public void Clear()
    {
        for (; _pages > 0; _pages--) heap.Free(pageBytes);
        _free = 0;
    }
}
