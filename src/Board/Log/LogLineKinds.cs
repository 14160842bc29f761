namespace AirHil.Board.Log;

/// <summary>Tells the sorts of log lines apart (reference bench §2.6).</summary>
internal static class LogLineKinds
{
    private static readonly string[] StatusPrefixes =
    [
        "BASEINFO:", "+SOCSQ:", "+CSQ:", "+SOCCELL:", "+SOCREG:", "+CEREG:", "+CPIN:", "+CGATT:", "+PDP:", "+MEM:",
        "+FW:", "+HW:", "+WIFI_FW:", "+CGEV:", "+NETSTAT:", "+NETDRV:", "soc poweron:",
    ];

    /// <summary>The kind of a line.</summary>
    public static LogLineKind Of(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Length > 2 && line[1] == '/' && line[0] is 'D' or 'I' or 'W' or 'E')
        {
            var first = FirstWord(line.AsSpan(2));
            return first.StartsWith("user.", StringComparison.Ordinal)
                || first.Contains(".lua:", StringComparison.Ordinal)
                    ? LogLineKind.User
                    : LogLineKind.Firmware;
        }

        foreach (var prefix in StatusPrefixes)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal)) return LogLineKind.Status;
        }

        return IsPlatform(line) ? LogLineKind.Platform : LogLineKind.Other;
    }

    /// <summary>
    /// Level, tag and text of a script's line. Firmware before July 2025 puts a TAB behind the tag, later firmware a
    /// space (reference bench §2.6).
    /// </summary>
    /// <returns>False where the line is no "I/user.TAG …".</returns>
    public static bool TryReadUser(string line, out char level, out string tag, out string text)
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

    // A C function's name and the line in its file: "self_info 122:model …"; "Uart_BaseInitEx 1049:uart 0 …".
    private static bool IsPlatform(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0) return false;
        foreach (var c in line.AsSpan(0, space))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        }

        var at = space + 1;
        while (at < line.Length && char.IsAsciiDigit(line[at])) at++;
        return at > space + 1 && at < line.Length && line[at] == ':';
    }
}
