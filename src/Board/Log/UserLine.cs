namespace AirHil.Board.Log;

/// <summary>Reads the lines that scripts write to the log (reference bench §2.6).</summary>
internal static class UserLine
{
    /// <summary>
    /// Level, tag and text of a script's line. Firmware before July 2025 puts a TAB behind the tag, later firmware a
    /// space (reference bench §2.6).
    /// </summary>
    /// <returns>False where the line is no "I/user.TAG …".</returns>
    public static bool TryRead(string line, out char level, out string tag, out string text)
    {
        ArgumentNullException.ThrowIfNull(line);
        const string Mark = "/user.";
        (level, tag, text) = (' ', "", "");
        if (line.Length <= 7 || line[0] is not ('D' or 'I' or 'W' or 'E')
            || !line.AsSpan(1).StartsWith(Mark, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = line.AsSpan(1 + Mark.Length);
        var word = FirstWord(rest);
        level = line[0];
        tag = word.ToString();
        text = rest.Length > word.Length ? rest[(word.Length + 1)..].ToString() : "";
        return true;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\t', ' ');
        return end < 0 ? text : text[..end];
    }
}
