using System.Text;

namespace AirHil.Gherkin.Expressions;

/// <summary>Small operations on the text of regular expressions.</summary>
internal static class RegexText
{
    public static string WithoutAnchors(string pattern) =>
        pattern[(pattern.StartsWith('^') ? 1 : 0)..^(EndsWithAnchor(pattern) ? 1 : 0)];

    /// <summary>True for a trailing <c>$</c> that is not escaped.</summary>
    public static bool EndsWithAnchor(string pattern)
    {
        if (!pattern.EndsWith('$')) return false;
        var backslashes = pattern.AsSpan(0, pattern.Length - 1);
        return (backslashes.Length - backslashes.TrimEnd('\\').Length) % 2 == 0;
    }

    public static bool HasGroup(string pattern) => WithoutGroups(pattern) != pattern;

    /// <summary>Turns groups that capture, named or not, into groups that do not.</summary>
    public static string WithoutGroups(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            result.Append(c);
            if (c == '\\' && i + 1 < pattern.Length) result.Append(pattern[++i]);
            else if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '(' && !inClass) i += OpenGroup(pattern.AsSpan(i + 1), result);
        }

        return result.ToString();
    }

    /// <summary>Writes what follows the parenthesis; returns how many characters that replaces.</summary>
    private static int OpenGroup(ReadOnlySpan<char> rest, StringBuilder result)
    {
        if (!rest.StartsWith("?"))
        {
            result.Append("?:");
            return 0;
        }

        var named = rest.Length > 2 && (rest[1] == '\'' || (rest[1] == '<' && rest[2] is not '=' and not '!'));
        if (!named) return 0;
        var end = rest[2..].IndexOf(rest[1] == '<' ? '>' : '\'');
        if (end < 0) return 0;
        result.Append("?:");
        return end + 3;
    }
}
