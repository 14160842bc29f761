namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The bits of a scan. A marker ends them; from then on they are ones, until a restart takes it
/// (L:components/tjpgd/tjpgd.c).
/// </summary>
/// <param name="data">What follows the head of the picture.</param>
internal sealed class JpegBits(ReadOnlyMemory<byte> data)
{
    private const byte Escape = 0xFF;
    private const int LongestCode = 16;
    private int _at;
    private uint _word;
    private int _count;
    private byte _marker;

    /// <summary>The value of the next code.</summary>
    /// <exception cref="JpegException">The file ends, or no such code is in the table.</exception>
    public byte Code(JpegCodes codes)
    {
        Prepare(LongestCode);
        var (value, length) = codes.Find((_word >> (_count - LongestCode)) & 0xFFFF);
        if (length == 0) throw new JpegException(JpegError.Broken);
        _count -= length;
        return value;
    }

    /// <summary>A number of that many bits, below zero where its first bit is 0.</summary>
    /// <exception cref="JpegException">The file ends.</exception>
    public int Number(int bits)
    {
        Prepare(bits);
        _count -= bits;
        var value = (int)((_word >> _count) & ((1u << bits) - 1));
        return value >> (bits - 1) == 0 ? value - (1 << bits) + 1 : value;
    }

    /// <summary>Takes a restart marker, which must be the expected one of eight.</summary>
    /// <exception cref="JpegException">The file ends, or something else is there.</exception>
    public void Restart(int expected)
    {
        var marker = _marker == 0 ? (Next() << 8) | Next() : (Escape << 8) | _marker;
        _marker = 0;
        if ((marker & 0xFFD8) != 0xFFD0 || ((marker ^ expected) & 7) != 0) throw new JpegException(JpegError.Broken);
        _count = 0;
    }

    private void Prepare(int bits)
    {
        while (_count < bits)
        {
            _word = (_word << 8) | NextOfScan();
            _count += 8;
        }
    }

    private byte NextOfScan()
    {
        if (_marker != 0) return Escape;
        var value = Next();
        if (value == Escape) _marker = Next(); // A zero behind it stands for the value itself.
        return value;
    }

    private byte Next() => _at < data.Length ? data.Span[_at++] : throw new JpegException(JpegError.Input);
}
