using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// What a connection sent and the peer has not acknowledged: on the system heap in pieces of 4,020 bytes, each with a
/// node of its own (S:project/luatos/src/luat_lwip_ec618.c, net_lwip_socket_send). The heap is its only limit.
/// </summary>
internal sealed class SendQueue(SystemHeap heap)
{
    private const int PieceBytes = 3 * 1340;

    /// <summary>sizeof(socket_data_t) on the chip.</summary>
    public const int NodeBytes = 56;

    private readonly Queue<int> _pieces = new();

    /// <summary>Bytes of the first piece that are acknowledged already.</summary>
    private int _acknowledged;

    /// <summary>Bytes that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>Takes bytes; false: the heap has no room for them all.</summary>
    public bool TryAdd(int bytes)
    {
        for (var left = bytes; left > 0; left -= PieceBytes)
        {
            var piece = Math.Min(left, PieceBytes);
            if (!heap.TryAllocate(NodeBytes)) return false;
            if (!heap.TryAllocate(piece))
            {
                heap.Free(NodeBytes);
                return false;
            }

            _pieces.Enqueue(piece);
            Bytes += piece;
        }

        return true;
    }

    /// <summary>Gives back what the peer has; a piece goes as a whole.</summary>
    public void Acknowledge(int bytes)
    {
        bytes = Math.Min(bytes, Bytes);
        Bytes -= bytes;
        _acknowledged += bytes;
        while (_pieces.TryPeek(out var piece) && piece <= _acknowledged)
        {
            _acknowledged -= piece;
            GiveFirst();
        }
    }

    public void Clear()
    {
        while (_pieces.Count > 0) GiveFirst();
        (Bytes, _acknowledged) = (0, 0);
    }

    private void GiveFirst()
    {
        heap.Free(_pieces.Dequeue());
        heap.Free(NodeBytes);
    }
}
