using System.Globalization;
using System.Text;

namespace AirHil.Rig.Scenarios;

/// <summary>Text as messages show it: control characters in sight, long text cut.</summary>
public static class TextView
{
    /// <summary>
    /// Escapes \r \n \t, other control characters, those that break a line, and those that turn or hide what is beside
    /// them (Unicode's class Cf); at most <paramref name="limit"/> characters, then "…".
    /// </summary>
    public static string Visible(string text, int limit = 500)
    {
        var built = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var c in text)
        {
            if (built.Length >= limit) return built.Append('…').ToString();
            _ = c switch
            {
                '\r' => built.Append("\\r"),
                '\n' => built.Append("\\n"),
                '\t' => built.Append("\\t"),
                < ' ' or '\x7f' => built.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ when char.IsControl(c) || Steers(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format =>
                    built.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => built.Append(c),
            };
        }

        return built.ToString();
    }

    /// <summary>
    /// Whether a character that is no control breaks the line (U+2028 and U+2029, UAX #14) or says in which direction
    /// others are shown (UAX #9), so that a line shows other words than it has.
    /// </summary>
    public static bool Steers(char c) => c is '\u061C' or '\u200E' or '\u200F'
        or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Bytes as text where they are printable UTF-8, as hex otherwise.</summary>
    public static string Visible(ReadOnlySpan<byte> bytes, int limit = 500)
    {
        var printable = true;
        foreach (var b in bytes)
        {
            printable &= b is >= 0x20 and < 0x7f or (byte)'\r' or (byte)'\n' or (byte)'\t' or >= 0x80;
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (printable && !text.Contains('\uFFFD', StringComparison.Ordinal)) return Visible(text, limit);
        return bytes.Length * 2 <= limit ? Convert.ToHexString(bytes) : Convert.ToHexString(bytes[..(limit / 2)]) + "…";
    }
}
