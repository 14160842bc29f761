using System.Text;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// Base64 as the firmware has it: encoding pads; decoding skips line ends and trailing blanks, refuses anything else
/// that is no digit, and drops a last group of fewer than four characters (reference §8).
/// </summary>
internal static class Base64
{
    private const byte NoDigit = 255;
    private const byte Padding = 64;

    public static byte[] Encode(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));

    /// <summary>The bytes, or null where the text is not Base64.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var digits = new List<byte>();
        var paddings = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var blanks = i;
            while (i < text.Length && text[i] == ' ') i++;
            blanks = i - blanks;
            if (i == text.Length) break;
            if (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')) continue;
            var digit = DigitOf(text[i]);
            if (blanks > 0 || digit == NoDigit) return null;
            if (digit == Padding && ++paddings > 2) return null;
            if (digit < Padding && paddings > 0) return null;
            digits.Add(digit);
        }

        var bytes = new List<byte>();
        var kept = 3;
        for (var i = 0; i + 4 <= digits.Count; i += 4)
        {
            var group = 0;
            foreach (var digit in digits[i..(i + 4)])
            {
                if (digit == Padding) kept--;
                group = (group << 6) | (digit & 63);
            }

            for (var k = 0; k < kept; k++) bytes.Add((byte)(group >> (16 - (8 * k))));
        }

        return [.. bytes];
    }

    private static byte DigitOf(byte c) => (char)c switch
    {
        >= 'A' and <= 'Z' => (byte)(c - 'A'),
        >= 'a' and <= 'z' => (byte)(c - 'a' + 26),
        >= '0' and <= '9' => (byte)(c - '0' + 52),
        '+' => 62,
        '/' => 63,
        '=' => Padding,
        _ => NoDigit,
    };
}
