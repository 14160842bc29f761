using System.Text;

namespace AirHil.Hunt.Surroundings;

/// <summary>
/// A text that fits a pattern of Lua, with "{n}" where its first number is: "^R,(%d+),(.+)$" is "R,{n},x".
/// </summary>
internal static class PatternLine
{
    private const string Number = "{n}";

    /// <returns>Null: the text is no pattern.</returns>
    public static string? Of(string pattern)
    {
        if (!pattern.Contains('%', StringComparison.Ordinal) && !pattern.Contains('(', StringComparison.Ordinal)
            && !pattern.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        var hasNumber = pattern.Contains("%d", StringComparison.Ordinal)
            || pattern.Contains("0-9", StringComparison.Ordinal);
        var text = new StringBuilder();
        var isCounted = false;
        for (var i = 0; i < pattern.Length;)
        {
            var (kind, one) = Item(pattern, ref i);
            if (kind == Kind.Nothing) continue;
            var repeat = i < pattern.Length ? pattern[i] : ' ';
            var isMany = repeat is '+' or '*' or '-';
            if (isMany || repeat == '?') i++;
            var isNumber = isMany && !isCounted && (kind == Kind.Digit || (kind == Kind.Wide && !hasNumber));
            if (isNumber) (isCounted, one) = (true, Number);
            else if (kind == Kind.Digit && isMany) one = "72";
            else if (kind == Kind.Wide && repeat is '*' or '-') one = "";
            else if (kind == Kind.Space && repeat is '*' or '-') one = "";
            text.Append(one);
        }

        return text.ToString();
    }

    private static (Kind Kind, string One) Item(string pattern, ref int i)
    {
        var c = pattern[i++];
        switch (c)
        {
            case '(' or ')':
            case '^' when i == 1:
            case '$' when i == pattern.Length:
                return (Kind.Nothing, "");
            case '.':
                return (Kind.Wide, "x");
            case '[':
                var end = pattern.IndexOf(']', Math.Min(i + 1, pattern.Length));
                var set = end < 0 ? pattern[i..] : pattern[i..end];
                i = end < 0 ? pattern.Length : end + 1;
                return OfSet(set);
            case '%' when i < pattern.Length:
                c = pattern[i++];
                if (c == 'b' && i + 1 < pattern.Length)
                {
                    var pair = pattern.Substring(i, 2);
                    i += 2;
                    return (Kind.One, pair);
                }

                if (c == 'f')
                {
                    if (i < pattern.Length && pattern[i] == '[') Item(pattern, ref i);
                    return (Kind.Nothing, "");
                }

                return OfClass(c);
            default:
                return (Kind.One, c.ToString());
        }
    }

    private static (Kind Kind, string One) OfClass(char c) => c switch
    {
        'd' => (Kind.Digit, "1"),
        'a' or 'l' => (Kind.One, "a"),
        'w' => (Kind.Wide, "a"),
        'u' or 'x' => (Kind.One, "A"),
        's' => (Kind.Space, " "),
        'p' => (Kind.One, ","),
        'c' => (Kind.One, "\r"),
        >= '1' and <= '9' => (Kind.Nothing, ""),
        'S' or 'D' or 'W' or 'A' or 'P' or 'C' => (Kind.Wide, "x"),
        _ => (Kind.One, c.ToString()),
    };

    private static (Kind Kind, string One) OfSet(string set)
    {
        if (set.StartsWith('^')) return (Kind.Wide, "x");
        if (set.Contains("%d", StringComparison.Ordinal) || set.Contains("0-9", StringComparison.Ordinal))
        {
            return (Kind.Digit, "1");
        }

        return set.Length == 0 ? (Kind.Nothing, "") : set[0] == '%' && set.Length > 1 ? OfClass(set[1])
            : (Kind.One, set[..1]);
    }

    private enum Kind
    {
        Nothing,
        One,
        Digit,
        Space,

        /// <summary>Nearly any character.</summary>
        Wide,
    }
}
