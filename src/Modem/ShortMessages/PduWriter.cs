using System.Buffers.Binary;

namespace AirHil.Modem.ShortMessages;

/// <summary>Writes the fields of a transfer PDU (3GPP TS 23.040, 9.2).</summary>
internal sealed class PduWriter
{
    private const byte International = 0x91;
    private const byte Unknown = 0x81;
    private readonly List<byte> _bytes = [];

    public byte[] Written => [.. _bytes];

    public void Byte(int value) => _bytes.Add((byte)value);

    /// <param name="number">Digits, with "+" before them where it is an international one.</param>
    public void Address(string number)
    {
        var digits = number.StartsWith('+') ? number[1..] : number;
        Byte(digits.Length);
        Byte(digits.Length < number.Length ? International : Unknown);
        for (var i = 0; i < digits.Length; i += 2)
        {
            Byte(DigitOf(digits[i]) | ((i + 1 < digits.Length ? DigitOf(digits[i + 1]) : 15) << 4));
        }
    }

    /// <summary>Local time with its distance from UTC in quarter hours.</summary>
    public void Time(DateTimeOffset time)
    {
        foreach (var value in (int[])[time.Year % 100, time.Month, time.Day, time.Hour, time.Minute, time.Second])
        {
            Decimal(value);
        }

        var quarters = (int)(time.Offset.TotalMinutes / 15);
        Decimal(Math.Abs(quarters), quarters < 0 ? 8 : 0);
    }

    /// <summary>The length of the user data and the data, with a header where it is a part of a longer text.</summary>
    public void UserData(string text, MessageCoding coding, MessagePart? part)
    {
        byte[] header = part is null ? [] : [5, 0, 3, (byte)part.Reference, (byte)part.Of, (byte)part.Number];
        if (coding == MessageCoding.SevenBit)
        {
            // A character that the alphabet lacks is sent as a question mark.
            byte[] codes = [.. text.SelectMany(c => GsmAlphabet.CodesOf(c) is { Length: > 0 } known ? known : [0x3F])];
            var headerCodes = ((header.Length * 8) + 6) / 7;
            Byte(headerCodes + codes.Length);
            _bytes.AddRange(header);
            _bytes.AddRange(GsmAlphabet.Pack(codes, (headerCodes * 7) - (header.Length * 8)));
            return;
        }

        Byte(header.Length + (2 * text.Length));
        _bytes.AddRange(header);
        var unit = new byte[2];
        foreach (var c in text)
        {
            BinaryPrimitives.WriteUInt16BigEndian(unit, c);
            _bytes.AddRange(unit);
        }
    }

    private void Decimal(int value, int flag = 0) => Byte((value / 10) | flag | ((value % 10) << 4));

    private static int DigitOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        '*' => 10,
        '#' => 11,
        _ => throw new FormatException($"'{digit}' is no digit of a telephone number"),
    };
}
