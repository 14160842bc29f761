using System.Buffers;
using System.Globalization;
using System.Text;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Streams;

/// <summary>
/// Text for a terminal without control sequences: what scripts, features and file names bring along is shown and does
/// not steer (ECMA-48: C0, DEL and C1; Unicode: what breaks a line or turns the direction of writing).
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
            if (IsControl(text, i)) plain.Append(Shown(text[i]));
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
            var (length, code) = (0, '\0');
            while (next < text.Length && (length = ControlAt(text, next, out code)) == 0) next++;
            output.Write(text[..next]);
            if (next == text.Length) return;
            output.Write(Encoding.ASCII.GetBytes(Shown(code)));
            text = text[(next + length)..];
        }
    }

    private static string Shown(char c) => c > 0xFF
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
        : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");

    private static bool IsControl(string text, int at) => text[at] switch
    {
        '\t' or '\n' => false,
        // A return alone would let a line be written over.
        '\r' => at + 1 < text.Length && text[at + 1] != '\n',
        var c => char.IsControl(c) || TextView.Steers(c),
    };

    /// <returns>The length of the control character there in bytes; 0: it is another character.</returns>
    private static int ControlAt(ReadOnlySpan<byte> text, int at, out char code)
    {
        code = (char)text[at];
        switch (text[at])
        {
            case (byte)'\t' or (byte)'\n':
                return 0;
            case (byte)'\r':
                return at + 1 < text.Length && text[at + 1] != (byte)'\n' ? 1 : 0;
            case < 0x20 or 0x7F:
                return 1;
            case 0xC2 or 0xD8 or 0xE2 when Rune.DecodeFromUtf8(text[at..], out var rune, out var length)
                == OperationStatus.Done && (Rune.IsControl(rune)
                    || (rune.IsBmp && TextView.Steers((char)rune.Value))):
                code = (char)rune.Value;
                return length;
            default:
                return 0;
        }
    }
}
