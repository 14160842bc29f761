using System.Text.RegularExpressions;

namespace AirHil.Rig.Peers;

/// <summary>
/// Which parameters a script can read, as far as its text tells. A mistyped name would leave the script at its own
/// value, and nobody would hear of it.
/// </summary>
internal static partial class ParameterUse
{
    private const int MostNames = 12;

    /// <summary>Why the script cannot read one of the parameters; null: it may read them all.</summary>
    public static string? WhyUnread(string script, IEnumerable<string> given)
    {
        // What a comment says of a parameter reads none.
        script = Comments().Replace(script, part => part.Groups["comment"].Success ? " " : part.Value);
        // Where the table goes elsewhere, anybody may read anything of it.
        if (TableItself().IsMatch(script)) return null;
        var unread = given.FirstOrDefault(name => !Has(script, name));
        if (unread is null) return null;
        string[] read =
        [
            .. Names().Matches(script)
                .Select(m => m.Groups["name"].Value + (m.Groups["many"].Success ? " N" : ""))
                .Distinct(StringComparer.Ordinal),
        ];
        var names = read.Length == 0 ? "it reads none by name"
            : $"it reads {string.Join(", ", read.Take(MostNames).Select(name => $"'{name}'"))}"
                + (read.Length > MostNames ? " and others" : "");
        return $"it never reads the parameter '{unread}'; {names}";
    }

    /// <summary>Whether the text has the name, or what is before its first digit: "register" of "register 7".</summary>
    private static bool Has(string script, string name)
    {
        var stem = name.IndexOfAny([.. "0123456789"]) is > 0 and var digit ? name[..digit] : null;
        return IsWord(script, name, "(?![A-Za-z0-9_])") || (stem is not null && IsWord(script, stem.TrimEnd(), ""));
    }

    private static bool IsWord(string script, string text, string end) =>
        Regex.IsMatch(script, "(?<![A-Za-z0-9_])" + Regex.Escape(text) + end, RegexOptions.CultureInvariant);

    /// <summary>The table as a value, not a field of it.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9_.])parameters(?![A-Za-z0-9_:]|\s*[.\[])")]
    private static partial Regex TableItself();

    [GeneratedRegex(
        """(?<![A-Za-z0-9_.])(?:parameters\s*(?:\.\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)|\[\s*(["'])(?<name>[^"'\n]*)\1)|"""
        + """(?<many>numbered)\s*\(?\s*(["'])(?<name>[^"'\n]*)\2)""")]
    private static partial Regex Names();

    /// <summary>Comments, and texts, in which no comment begins.</summary>
    [GeneratedRegex(
        """(?<comment>--\[(?<level>=*)\[.*?(?:\]\k<level>\]|\z)|--[^\n]*)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|"""
        + """\[(?<text>=*)\[.*?(?:\]\k<text>\]|\z)""",
        RegexOptions.Singleline)]
    private static partial Regex Comments();
}
