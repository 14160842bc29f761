namespace AirHil.VirtualModem.Uart;

/// <summary>The driver's receive cache: a byte queue with a limit; what does not fit is lost and counted.</summary>
internal sealed class UartReceiver(int limit)
{
    private byte[] _bytes = new byte[256];
    private int _start;

    public int Count { get; private set; }

    public long Lost { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, limit - Count);
        Lost += bytes.Length - taken;
        if (taken == 0) return;
        if (_start + Count + taken > _bytes.Length)
        {
            var target =
                Count + taken > _bytes.Length / 2 ? new byte[Math.Max(_bytes.Length * 2, (Count + taken) * 2)] : _bytes;
            _bytes.AsSpan(_start, Count).CopyTo(target);
            _bytes = target;
            _start = 0;
        }

        bytes[..taken].CopyTo(_bytes.AsSpan(_start + Count));
        Count += taken;
    }

    /// <summary>Takes up to that many bytes; the span is valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int most)
    {
        var taken = Math.Min(most, Count);
        var bytes = _bytes.AsSpan(_start, taken);
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
}
