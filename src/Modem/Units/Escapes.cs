using System.Buffers;
using System.Globalization;
using System.Text;

namespace AirHil.Modem.Units;

/// <summary>Bytes in step texts: \r \n \t \0 \\ \" \' and \xHH; everything else is UTF-8.</summary>
public static class Escapes
{
    /// <exception cref="FormatException">An escape that is not known; the message shows it.</exception>
    public static byte[] ToBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            i++;
            switch (i < text.Length ? text[i] : ' ')
            {
                case 'r': bytes.Add((byte)'\r'); break;
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case '0': bytes.Add(0); break;
                case '\\' or '"' or '\'': bytes.Add((byte)text[i]); break;
                case 'x' when i + 2 < text.Length
                    && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out var value):
                    bytes.Add(value);
                    i += 2;
                    break;
                default:
                    throw new FormatException(
                        $"'{text}' has an escape that is not known at character {i}; known are \\r \\n \\t \\0 " +
                        $"\\\\ \\\" \\' and \\xHH");
            }
        }

        return [.. bytes];
    }

    /// <summary>
    /// The bytes in single quotes, so that <see cref="ToBytes"/> of what is between them gives them back.
    /// </summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'");
        while (bytes.Length > 0)
        {
            var isWhole = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            _ = (isWhole ? rune.Value : -1) switch
            {
                '\r' => text.Append("\\r"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\\' => text.Append("\\\\"),
                '\'' => text.Append("\\'"),
                >= 0x20 and not 0x7F when !Rune.IsControl(rune) => text.Append(rune.ToString()),
                _ => Hex(text, bytes[..length]),
            };
            bytes = bytes[length..];
        }

        return text.Append('\'').ToString();
    }

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    private static StringBuilder Hex(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}");
        return text;
    }

    public static string ToText(string text) => Encoding.UTF8.GetString(ToBytes(text));

    /// <summary>Only \r and \n, for texts in which other backslashes stand for themselves.</summary>
    public static string LineEnds(string text) =>
        text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    /// <summary>"A5 5A aa" as bytes.</summary>
    /// <exception cref="FormatException">The text is not pairs of hexadecimal digits.</exception>
    public static byte[] FromHex(string text)
    {
        try
        {
            return Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            throw new FormatException($"'{text}' is not bytes in hexadecimal, two digits each");
        }
    }
}
