using System.Text.RegularExpressions;
using Reqnroll;

namespace AirHil.Gherkin.Expressions;

/// <summary>The text of a step attribute, ready to be matched. Immutable, so scenarios may share it.</summary>
public sealed partial class StepExpression
{
    private readonly Regex _regex;
    private readonly string _prefix;

    private StepExpression(string source, Regex regex, IReadOnlyList<ParameterType>? parameters)
    {
        Source = source;
        _prefix = parameters is null ? "" : PrefixOf(source);
        _regex = regex;
        Parameters = parameters;
    }

    /// <summary>As written in the attribute.</summary>
    public string Source { get; }

    /// <summary>The parameters of a Cucumber Expression in order; null for a regular expression.</summary>
    public IReadOnlyList<ParameterType>? Parameters { get; }

    /// <summary>
    /// <c>^…$</c> is a regular expression, everything else a Cucumber Expression. A text that looks like a regular
    /// expression without the anchors is refused: the two runners would not agree on what it is.
    /// </summary>
    /// <exception cref="ExpressionException">The text can be read neither way.</exception>
    public static StepExpression Parse(string source, ExpressionType type, ParameterTypes types)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(types);
        if (source.Length == 0) throw new ExpressionException("the expression is empty");
        var anchors = (source.StartsWith('^') ? 1 : 0) + (RegexText.EndsWithAnchor(source) ? 1 : 0);
        if (type == ExpressionType.RegularExpression || (type == ExpressionType.Unspecified && anchors > 0))
        {
            if (anchors < 2) throw NotAnchored(source);
            return new StepExpression(source, Compile(source, source), null);
        }

        if (type == ExpressionType.Unspecified && RegexLook().IsMatch(source)) throw NotAnchored(source);
        var (pattern, parameters) = CucumberExpression.Translate(source, types);
        return new StepExpression(source, Compile(pattern, source), parameters);
    }

    /// <summary>The values in a step text that fits, else null.</summary>
    public string[]? Match(string text)
    {
        if (!text.StartsWith(_prefix, StringComparison.Ordinal)) return null;
        var match = _regex.Match(text);
        if (!match.Success) return null;
        var values = new List<string>(match.Groups.Count - 1);
        for (var i = 1; i < match.Groups.Count; i++)
        {
            if (match.Groups[i].Success) values.Add(match.Groups[i].Value);
        }

        return [.. values];
    }

    /// <summary>Text at the start that means itself; it tells most steps apart without a regular expression.</summary>
    private static string PrefixOf(string source)
    {
        var special = source.AsSpan().IndexOfAny("{(/\\");
        if (special < 0) return source;
        return source[special] == '{' ? source[..special] : source[..(source.LastIndexOf(' ', special) + 1)];
    }

    private static Regex Compile(string pattern, string source)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            throw new ExpressionException($"in \"{source}\": {error.Message}");
        }
    }

    private static ExpressionException NotAnchored(string source)
    {
        var inner = source.TrimStart('^');
        if (RegexText.EndsWithAnchor(inner)) inner = inner[..^1];
        return new ExpressionException(
            $"\"{source}\" looks like a regular expression; write \"^{inner}$\", or a Cucumber Expression such as " +
            "\"I wait {int} s\"");
    }

    /// <summary>A class such as \d, a dot, bracket or group with a count, or a group that holds such.</summary>
    [GeneratedRegex(
        @"(?<!\\)(?:\\\\)*\\[a-zA-Z.]|\.[*+?]|\][*+?{]|\)[*+?]|\((?:\?[:<=!]|[^)\\]*[|*+])",
        RegexOptions.CultureInvariant)]
    private static partial Regex RegexLook();
}
