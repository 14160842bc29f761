using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// What a socket of the stack has received and nobody has read: a node of the system heap for each segment or datagram
/// (S:project/luatos/src/luat_lwip_ec618.c, net_lwip_rx_data).
/// </summary>
internal sealed class ReceiveQueue(SystemHeap heap)
{
    private readonly Queue<Node> _nodes = new();

    /// <summary>Bytes that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>Bytes of the first segment or datagram that wait.</summary>
    public int FirstBytes => _nodes.TryPeek(out var first) ? first.Left : 0;

    /// <summary>Takes a segment or datagram; false: the heap has no room for it.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> bytes, string address, int port)
    {
        if (!heap.TryAllocate(SendQueue.NodeBytes)) return false;
        if (!heap.TryAllocate(bytes.Length))
        {
            heap.Free(SendQueue.NodeBytes);
            return false;
        }

        _nodes.Enqueue(new Node(bytes, address, port));
        Bytes += bytes.Length;
        return true;
    }

    /// <summary>Reads at most one segment or datagram; what does not fit stays.</summary>
    /// <param name="freed">The bytes of the segment where it is read to its end, which opens the window; else
    /// 0.</param>
    public int Read(Span<byte> target, out string address, out int port, out int freed)
    {
        (address, port, freed) = ("", 0, 0);
        if (!_nodes.TryPeek(out var node)) return 0;
        var count = Math.Min(node.Left, target.Length);
        node.Bytes.Span.Slice(node.At, count).CopyTo(target);
        node.At += count;
        Bytes -= count;
        (address, port) = (node.Address, node.Port);
        if (node.Left > 0) return count;
        freed = node.Bytes.Length;
        GiveFirst();
        return count;
    }

    public void Clear()
    {
        while (_nodes.Count > 0) GiveFirst();
        Bytes = 0;
    }

    private void GiveFirst()
    {
        heap.Free(_nodes.Dequeue().Bytes.Length);
        heap.Free(SendQueue.NodeBytes);
    }

    private sealed class Node(ReadOnlyMemory<byte> bytes, string address, int port)
    {
        public ReadOnlyMemory<byte> Bytes { get; } = bytes;
        public string Address { get; } = address;
        public int Port { get; } = port;
        public int At { get; set; }
        public int Left => Bytes.Length - At;
    }
}
