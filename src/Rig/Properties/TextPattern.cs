using System.Globalization;
using System.Text.RegularExpressions;
using AirHil.Rig.Service.Json;

namespace AirHil.Rig.Properties;

/// <summary>
/// A text with fields: "R,{no},{*}", or JSON with names as values: {"no": no, "kind": "report", "rest": *}. A JSON text
/// may have more members. A bare word is the member of that name of any JSON text.
/// </summary>
internal sealed partial class TextPattern
{
    private readonly List<(string Member, string? Field, string? Value)>? _members;
    private readonly List<string>? _literals;
    private readonly List<string?>? _gaps;

    private TextPattern(string source)
    {
        if (Word().IsMatch(source))
        {
            Fields = [source];
            _members = [(source, source, null)];
        }
        else if (JsonStart().IsMatch(source))
        {
            _members = ReadMembers(source);
            Fields = [.. _members.Select(m => m.Field).OfType<string>()];
        }
        else
        {
            (_literals, _gaps) = ReadText(source);
            Fields = [.. _gaps.OfType<string>()];
        }
    }

    /// <summary>Names of its fields, in the order in which they come.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <exception cref="FormatException">It is no pattern; the message says what was expected.</exception>
    public static TextPattern Parse(string source) => new(source);

    /// <summary>The values of the fields, in their order; null: the text does not fit.</summary>
    public string[]? Match(string text) => _literals is not null ? MatchText(text) : MatchJson(text);

    /// <summary>Numbers that are equal get one form: "07" and 7.0 are 7.</summary>
    public static string Plain(string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : value;

    /// <summary>
    /// Each field is as short as it can be, so the first place of each literal text is the right one: the time grows
    /// with the text's length only. A line end behind the pattern is no part of a field.
    /// </summary>
    private string[]? MatchText(string text)
    {
        var line = text.AsSpan();
        if (line.EndsWith("\n")) line = line[..^1];
        if (line.EndsWith("\r")) line = line[..^1];
        return (line.Length < text.Length ? MatchText(line) : null) ?? MatchText(text.AsSpan());
    }

    private string[]? MatchText(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(_literals![0], StringComparison.Ordinal)) return null;
        var values = new string[Fields.Count];
        var (at, next) = (_literals[0].Length, 0);
        for (var gap = 0; gap < _gaps!.Count; gap++)
        {
            var behind = _literals[gap + 1];
            var length = gap == _gaps.Count - 1
                ? text[at..].EndsWith(behind, StringComparison.Ordinal) ? text.Length - behind.Length - at : -1
                : text[at..].IndexOf(behind, StringComparison.Ordinal);
            if (length < 0) return null;
            if (_gaps[gap] is not null) values[next++] = Plain(text.Slice(at, length).ToString());
            at += length + behind.Length;
        }

        return at == text.Length ? values : null;
    }

    private string[]? MatchJson(string text)
    {
        if (!LenientJsonReader.TryRead(text, out var value) || value is not JsonValue.Map map) return null;
        var values = new string[Fields.Count];
        var next = 0;
        foreach (var (member, field, wanted) in _members!)
        {
            var found = map[member] switch
            {
                JsonValue.Literal literal => literal.Value,
                JsonValue.Text said => said.Value,
                null => null,
                _ => "",
            };
            if (found is null) return null;
            found = Plain(found);
            if (wanted is not null && found != wanted) return null;
            if (field is not null) values[next++] = found;
        }

        return values;
    }

    /// <summary>The literal texts, and the fields between them; null: any text.</summary>
    private static (List<string> Literals, List<string?> Gaps) ReadText(string source)
    {
        var gaps = new List<string?>();
        var literals = new List<string>();
        var at = 0;
        for (var start = source.IndexOf('{'); start >= 0; start = source.IndexOf('{', at))
        {
            var end = source.IndexOf('}', start);
            var name = end < 0 ? "" : source[(start + 1)..end];
            if (name != "*" && !Word().IsMatch(name))
            {
                throw new FormatException($"'{source}': a field is {{name}} or {{*}}");
            }

            literals.Add(source[at..start]);
            gaps.Add(name == "*" ? null : name);
            at = end + 1;
        }

        literals.Add(source[at..]);
        return (literals, gaps);
    }

    private static List<(string, string?, string?)> ReadMembers(string source)
    {
        var members = new List<(string, string?, string?)>();
        var inner = source.Trim();
        if (!inner.EndsWith('}')) throw NoPattern(source);
        inner = inner[1..^1];
        while (inner.Trim().Length > 0)
        {
            var match = Member().Match(inner);
            if (!match.Success) throw NoPattern(source);
            inner = inner[match.Length..];
            var value = match.Groups["value"].Value;
            members.Add(value[0] switch
            {
                '*' => (match.Groups["name"].Value, null, null),
                '"' or '\'' => (match.Groups["name"].Value, null, Plain(value[1..^1])),
                _ when char.IsAsciiDigit(value[0]) || value[0] == '-' =>
                    (match.Groups["name"].Value, null, Plain(value)),
                _ when value is "true" or "false" or "null" => (match.Groups["name"].Value, null, value),
                _ => (match.Groups["name"].Value, value.Trim('{', '}'), null),
            });
        }

        return members.Count > 0 ? members : throw NoPattern(source);
    }

    private static FormatException NoPattern(string source) => new(
        $"'{source}' is no pattern of JSON; write it as {{\"no\": no, \"kind\": \"report\", \"rest\": *}}, without " +
        "objects or lists in it");

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Word();

    [GeneratedRegex("^\\s*\\{\\s*[\"']")]
    private static partial Regex JsonStart();

    [GeneratedRegex(
        "^\\s*([\"'])(?<name>[^\"']+)\\1\\s*:\\s*" +
        "(?<value>\"[^\"]*\"|'[^']*'|-?[0-9.]+|\\*|\\{?[A-Za-z_][A-Za-z0-9_]*\\}?)\\s*(,|$)")]
    private static partial Regex Member();
}
