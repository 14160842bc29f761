namespace AirHil.Board.Emulator;

/// <summary>
/// The receiving end of a serial relay of LCUS type: A0, channel, 0 or 1, sum of the three as the check byte. What is
/// no such frame is passed over byte by byte.
/// </summary>
internal sealed class RelayBox(int channel)
{
    private const byte Start = 0xA0;
    private const int FrameBytes = 4;

    private readonly byte[] _held = new byte[FrameBytes];
    private int _count;

    /// <summary>Takes one byte from the line.</summary>
    /// <returns>What the relay of our channel shall be: closed (true) or released; null: nothing was said.</returns>
    public bool? Take(byte value)
    {
        _held[_count++] = value;
        while (_count > 0 && _held[0] != Start) Shift();
        if (_count < FrameBytes) return null;
        if (_held[3] != (byte)(_held[0] + _held[1] + _held[2]) || _held[2] > 1)
        {
            Shift();
            return null;
        }

        _count = 0;
        return _held[1] == channel ? _held[2] == 1 : null;
    }

    private void Shift()
    {
        _held.AsSpan(1).CopyTo(_held);
        _count--;
    }
}
