using System.Globalization;
using System.Text;

namespace AirHil.Live.Remote;

/// <summary>
/// Text from the other end as it may be shown on a terminal: one line, no control characters, not long.
/// </summary>
internal static class Printable
{
    public static string Of(string text, int most = 300)
    {
        var shown = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= most) return shown.Append('…').ToString();
            // Format characters turn the direction of writing, or cannot be seen.
            var isShown = !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;
            shown.Append(isShown ? rune.ToString() : " ");
        }

        return shown.ToString();
    }
}
