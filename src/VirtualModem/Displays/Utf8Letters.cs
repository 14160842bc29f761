namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The numbers of a text's characters as u8g2 reads UTF-8: 16 bits each, nothing is checked, and a zero byte ends it.
/// </summary>
internal static class Utf8Letters
{
    public static IReadOnlyList<int> Of(ReadOnlySpan<byte> text)
    {
        var letters = new List<int>();
        var (more, letter) = (0, 0);
        foreach (var b in text)
        {
            if (b == 0) break;
            if (more > 0)
            {
                letter = ((letter << 6) | (b & 0x3F)) & 0xFFFF;
                more--;
                // The two highest numbers mean "not whole yet" and "the end" to it.
                if (more == 0 && letter == 0xFFFF) break;
                if (more == 0 && letter != 0xFFFE) letters.Add(letter);
            }
            else if (b < 0xC0)
            {
                letters.Add(b);
            }
            else
            {
                (more, letter) = b switch
                {
                    >= 0xFC => (5, b & 1),
                    >= 0xF8 => (4, b & 3),
                    >= 0xF0 => (3, b & 7),
                    >= 0xE0 => (2, b & 15),
                    _ => (1, b & 31),
                };
            }
        }

        return letters;
    }
}
