namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>strtoll as the firmware's C library has it.</summary>
internal static class IntegerText
{
    private const int Hexadecimal = 16;

    /// <summary>
    /// The integer at the start of a text, after white space and a sign; 0 where there is none. What is too large
    /// becomes the largest one of its sign.
    /// </summary>
    /// <param name="text">Bytes; they end at the first zero.</param>
    /// <param name="numberBase">How many digits there are. 0: by the text's 0x or 0. No number is checked.</param>
    public static long Parse(ReadOnlySpan<byte> text, int numberBase)
    {
        var rest = text.TrimStart(" \t\n\v\f\r"u8);
        var isNegative = !rest.IsEmpty && rest[0] == '-';
        if (!rest.IsEmpty && rest[0] is (byte)'-' or (byte)'+') rest = rest[1..];
        if (numberBase is 0 or Hexadecimal && rest.Length > 1 && rest[0] == '0' && (rest[1] | 0x20) == 'x')
        {
            rest = rest[2..];
            numberBase = Hexadecimal;
        }

        if (numberBase == 0) numberBase = !rest.IsEmpty && rest[0] == '0' ? 8 : 10;
        var limit = isNegative ? 1UL << 63 : long.MaxValue;
        var amount = 0UL;
        foreach (var letter in rest)
        {
            var digit = DigitOf(letter);
            if (digit < 0 || digit >= numberBase) break;
            if (amount > (limit - (uint)digit) / (ulong)numberBase)
            {
                amount = limit;
                break;
            }

            amount = (amount * (ulong)numberBase) + (uint)digit;
        }

        return unchecked(isNegative ? -(long)amount : (long)amount);
    }

    private static int DigitOf(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'Z' => letter - 'A' + 10,
        _ => -1,
    };
}
