using System.Text;

namespace AirHil.Modem.ShortMessages;

/// <summary>
/// Texts as a message centre sends them: ASCII in the default alphabet, everything else in UCS-2, and in parts where
/// one message cannot hold them (3GPP TS 23.040, 9.2.3.24.1).
/// </summary>
public static class MessageText
{
    private const int MostCodes = 160;
    private const int MostCodesOfPart = 153;
    private const int MostUnits = 70;
    private const int MostUnitsOfPart = 67;

    public static MessageCoding CodingOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isShort = text.All(c => c < 0x80 && GsmAlphabet.CodesOf(c).Length > 0);
        return isShort ? MessageCoding.SevenBit : MessageCoding.Ucs2;
    }

    /// <summary>The text in pieces that one message each can hold.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var coding = CodingOf(text);
        var (most, mostOfPart) = coding == MessageCoding.SevenBit
            ? (MostCodes, MostCodesOfPart)
            : (MostUnits, MostUnitsOfPart);
        if (Size(text, coding) <= most) return [text];
        var parts = new List<string>();
        var part = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var size = Size(rune.ToString(), coding);
            if (used + size > mostOfPart)
            {
                parts.Add(part.ToString());
                part.Clear();
                used = 0;
            }

            part.Append(rune.ToString());
            used += size;
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static int Size(string text, MessageCoding coding) =>
        coding == MessageCoding.SevenBit ? text.Sum(c => GsmAlphabet.CodesOf(c).Length) : text.Length;
}
