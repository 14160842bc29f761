using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>Pages of equal objects, which stay until all are given back (pb_Pool).</summary>
internal sealed class ProtoPool(SystemHeap heap, int pageBytes, int objectsOfPage)
{
    private int _pages;
    private int _free;

    public void Take()
    {
        if (_free > 0)
        {
            _free--;
            return;
        }

        if (!heap.TryAllocate(pageBytes)) return;
        _pages++;
        _free = objectsOfPage - 1;
    }

    public void GiveBack() => _free++;

    public void Clear()
    {
        for (; _pages > 0; _pages--) heap.Free(pageBytes);
        _free = 0;
    }
}
