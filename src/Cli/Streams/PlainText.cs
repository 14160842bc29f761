using System.Globalization;
using System.Text;

namespace AirHil.Cli.Streams;

/// <summary>
/// Text for a terminal without control sequences: what scripts, features and file names bring along is shown and does
/// not steer (ECMA-48: C0, DEL and C1).
/// </summary>
internal static class PlainText
{
    /// <summary>The text, with "\x1B" in the place of an escape and so on; tabs and line ends stay.</summary>
    public static string Of(string text)
    {
        var first = 0;
        while (first < text.Length && !IsControl(text, first)) first++;
        if (first == text.Length) return text;
        var plain = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (IsControl(text, i)) plain.Append(CultureInfo.InvariantCulture, $"\\x{(int)text[i]:X2}");
            else plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The same for bytes of a log; those that are no UTF-8 stay as they are.</summary>
    public static void Write(Stream output, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var next = 0;
            while (next < text.Length && !IsControl(text, next)) next++;
            output.Write(text[..next]);
            if (next == text.Length) return;
            // C1 in UTF-8 is C2 and the code itself.
            if (text[next] == 0xC2) next++;
            output.Write(Encoding.ASCII.GetBytes($"\\x{text[next]:X2}"));
            text = text[(next + 1)..];
        }
    }

    private static bool IsControl(string text, int at) => text[at] switch
    {
        '\t' or '\n' => false,
        // A return alone would let a line be written over.
        '\r' => at + 1 < text.Length && text[at + 1] != '\n',
        var c => char.IsControl(c),
    };

    private static bool IsControl(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        (byte)'\t' or (byte)'\n' => false,
        (byte)'\r' => at + 1 < text.Length && text[at + 1] != (byte)'\n',
        < 0x20 or 0x7F => true,
        0xC2 => at + 1 < text.Length && text[at + 1] is >= 0x80 and < 0xA0,
        _ => false,
    };
}
