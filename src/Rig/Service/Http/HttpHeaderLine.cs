namespace AirHil.Rig.Service.Http;

/// <summary>
/// A line of a header that a user gives. One with a line end in it would begin another header, or another answer.
/// </summary>
internal static class HttpHeaderLine
{
    /// <summary>What a line must be, for errors.</summary>
    public const string Rule = "a header is 'Name: value' in one line, without control characters";

    /// <summary>A header has some kilobytes with every server.</summary>
    private const int Longest = 8192;

    /// <summary>RFC 9110 §5.6.2: what a name may have beside letters and digits.</summary>
    private const string Marks = "!#$%&'*+-.^_`|~";

    public static bool IsValid(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line.Length <= Longest
            && line[..colon].All(c => char.IsAsciiLetterOrDigit(c) || Marks.Contains(c, StringComparison.Ordinal))
            && IsValue(line[colon..]);
    }

    /// <summary>Whether a text can be the value of a header.</summary>
    public static bool IsValue(string text) => !text.Any(c => char.IsControl(c) && c != '\t');
}
