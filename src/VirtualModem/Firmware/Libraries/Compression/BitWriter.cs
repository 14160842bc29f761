namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>Bytes that are filled from their lowest bit on.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private uint _bits;
    private int _count;

    /// <summary>Whole bytes so far, and the bits behind them: what <see cref="GoBack"/> returns to.</summary>
    public (int Bytes, uint Bits, int Count) Place => (_bytes.Count, _bits, _count);

    public void GoBack((int Bytes, uint Bits, int Count) place)
    {
        _bytes.RemoveRange(place.Bytes, _bytes.Count - place.Bytes);
        (_bits, _count) = (place.Bits, place.Count);
    }

    public void Write(int value, int bits)
    {
        _bits |= (uint)value << _count;
        _count += bits;
        for (; _count >= 8; _count -= 8)
        {
            _bytes.Add((byte)_bits);
            _bits >>= 8;
        }
    }

    /// <summary>Fills the byte that was begun with zeros.</summary>
    public void Align()
    {
        if (_count > 0) Write(0, 8 - _count);
    }

    public byte[] ToArray() => [.. _bytes];
}
