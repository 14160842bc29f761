using System.Text;

namespace AirHil.Modem.ShortMessages;

/// <summary>Reads the fields of a transfer PDU one after the other (3GPP TS 23.040, 9.2).</summary>
internal ref struct PduReader(ReadOnlySpan<byte> bytes)
{
    private const string Digits = "0123456789*#abc";
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The place of the next field.</summary>
    public int Offset { get; private set; }

    /// <exception cref="FormatException">The PDU ends before it.</exception>
    public byte Byte() => Offset < _bytes.Length
        ? _bytes[Offset++]
        : throw new FormatException($"the PDU ends after {_bytes.Length} bytes, in the middle of its header");

    /// <summary>A number with "+" before it where it is an international one.</summary>
    public string Address()
    {
        var count = Byte();
        var type = Byte();
        var number = new StringBuilder((type & 0x70) == 0x10 ? "+" : "");
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            var pair = Byte();
            number.Append(DigitOf(pair & 15));
            if ((2 * i) + 1 < count) number.Append(DigitOf(pair >> 4));
        }

        return number.ToString();
    }

    /// <summary>A pair of decimal digits, the low one first.</summary>
    public int Decimal()
    {
        var pair = Byte();
        return (10 * (pair & 15)) + (pair >> 4);
    }

    /// <summary>The rest: the user data with its length and its header.</summary>
    /// <returns>The body: one code a byte in the default alphabet, else the bytes.</returns>
    public byte[] UserData(MessageCoding coding, bool hasHeader, out MessagePart? part)
    {
        var length = Byte();
        var data = _bytes[Offset..];
        var header = hasHeader && data.Length > 0 ? Math.Min(data[0] + 1, data.Length) : 0;
        part = PartOf(data[..header]);
        if (coding != MessageCoding.SevenBit)
        {
            var end = Math.Min(length, data.Length);
            return data[Math.Min(header, end)..end].ToArray();
        }

        var headerCodes = ((header * 8) + 6) / 7;
        return GsmAlphabet.Unpack(
            data[header..], Math.Max(0, length - headerCodes), (headerCodes * 7) - (header * 8));
    }

    private static char DigitOf(int digit) => digit < Digits.Length ? Digits[digit] : '?';

    private static MessagePart? PartOf(ReadOnlySpan<byte> header)
    {
        for (var i = 1; i + 1 < header.Length; i += 2 + header[i + 1])
        {
            if (header[i] == 0 && header[i + 1] == 3 && i + 4 < header.Length && header[i + 3] > 0)
            {
                return new MessagePart(header[i + 2], header[i + 4], header[i + 3]);
            }
        }

        return null;
    }
}
