namespace AirHil.Rig.Service;

/// <summary>Bytes of a peer that come in any pieces, until they make something whole.</summary>
/// <param name="capacity">Bytes that there is room for at first.</param>
internal sealed class ReceivedBytes(int capacity)
{
    private byte[] _buffer = new byte[capacity];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    /// <summary>What is held, oldest first. It is overwritten by the next <see cref="Append"/>.</summary>
    public Span<byte> Held => _buffer.AsSpan(_start, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _buffer.Length)
        {
            var held = Length;
            var target =
                held + bytes.Length > _buffer.Length
                    ? new byte[Math.Max(held + bytes.Length, 2 * _buffer.Length)]
                    : _buffer;
            Held.CopyTo(target);
            _buffer = target;
            (_start, _end) = (0, held);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The first bytes are done with.</summary>
    public void Take(int count)
    {
        _start += count;
        if (_start == _end) Clear();
    }

    public void Clear() => (_start, _end) = (0, 0);
}
