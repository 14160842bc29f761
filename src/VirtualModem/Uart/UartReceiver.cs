using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>
/// The driver's receive buffer: a byte queue that takes its memory from the system heap. It doubles when bytes do not
/// fit, up to a limit. Bytes beyond the limit, or beyond what the heap has left, are lost and counted.
/// </summary>
/// <param name="size">Bytes at first.</param>
/// <param name="limit">Bytes at most.</param>
internal sealed class UartReceiver(int size, int limit, SystemHeap heap)
{
    private readonly byte[] _none = [];
    private byte[]? _bytes;
    private int _size = size;
    private int _start;

    /// <summary>Bytes that were not read.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of buffer that are taken from the heap.</summary>
    public int Size => _bytes is null ? 0 : _size;

    public long Lost { get; private set; }

    /// <summary>Takes the first buffer from the heap; false: the heap has no room for it.</summary>
    public bool Open()
    {
        if (!heap.TryAllocate(_size)) return false;
        _bytes = new byte[_size];
        return true;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Close()
    {
        if (_bytes is not null) heap.Free(_size);
        (_bytes, Count, _start) = (null, 0, 0);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Count + bytes.Length > _size) Grow(Count + bytes.Length);
        var taken = _bytes is null ? 0 : Math.Min(bytes.Length, _size - Count);
        Lost += bytes.Length - taken;
        if (taken == 0) return;
        if (_start + Count + taken > _size) MoveToStart(_bytes);
        bytes[..taken].CopyTo(_bytes.AsSpan(_start + Count));
        Count += taken;
    }

    /// <summary>Takes up to that many bytes; the span is valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int most)
    {
        var taken = Math.Min(most, Count);
        var bytes = (_bytes ?? _none).AsSpan(_start, taken);
        _start += taken;
        Count -= taken;
        if (Count == 0) _start = 0;
        return bytes;
    }

    public void Clear()
    {
        Count = 0;
        _start = 0;
    }

    /// <summary>The new buffer is taken while the old one is still there.</summary>
    private void Grow(int needed)
    {
        var target = _size;
        while (target < needed && target < limit) target = Math.Min(target * 2, limit);
        if (_bytes is null || target == _size || !heap.TryAllocate(target)) return;
        heap.Free(_size);
        var grown = new byte[target];
        MoveToStart(grown);
        (_bytes, _size) = (grown, target);
    }

    private void MoveToStart(Span<byte> target)
    {
        _bytes.AsSpan(_start, Count).CopyTo(target);
        _start = 0;
    }
}
