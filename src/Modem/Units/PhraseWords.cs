using System.Globalization;

namespace AirHil.Modem.Units;

/// <summary>The parts of a phrase.</summary>
internal static class PhraseWords
{
    /// <summary>The first word and the rest.</summary>
    public static (string Word, string Behind) First(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].TrimStart());
    }

    /// <summary>
    /// A text in quotes of either kind at the beginning, its escapes resolved, and the rest. A quote within it that
    /// neither ends the phrase nor has a space behind it needs no escape.
    /// </summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static (byte[] Bytes, string Behind) Quoted(string text)
    {
        if (text.Length == 0 || text[0] is not ('\'' or '"'))
        {
            throw new FormatException($"a text in quotes is expected here, got: {text}");
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == text[0] && (i + 1 == text.Length || text[i + 1] == ' '))
            {
                return (Escapes.ToBytes(text[1..i]), text[(i + 1)..].TrimStart());
            }
        }

        throw new FormatException($"the text in quotes does not end: {text}");
    }

    /// <summary>A number that may be negative.</summary>
    /// <exception cref="FormatException">It is no such number.</exception>
    public static int Signed(string text, int least, int most, string what) =>
        int.TryParse(
            text, least < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' is not {what}; expected {least} to {most}"));

    /// <exception cref="FormatException">It is no such number.</exception>
    public static int Number(string text, int least, int most, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"'{text}' is not {what} from {least} to {most}"));
}
