using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Rig.Service.Json;

namespace AirHil.Rig.Properties;

/// <summary>
/// A text with fields: "R,{no},{*}", or JSON with names as values: {"no": no, "kind": "report", "rest": *}. A JSON text
/// may have more members. A bare word is the member of that name of any JSON text.
/// </summary>
internal sealed partial class TextPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly List<(string Member, string? Field, string? Value)>? _members;
    private readonly Regex? _text;

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
            (_text, Fields) = ReadText(source);
        }
    }

    /// <summary>Names of its fields, in the order in which they come.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <exception cref="FormatException">It is no pattern; the message says what was expected.</exception>
    public static TextPattern Parse(string source) => new(source);

    /// <summary>The values of the fields, in their order; null: the text does not fit.</summary>
    public string[]? Match(string text) => _text is not null ? MatchText(text) : MatchJson(text);

    /// <summary>Numbers that are equal get one form: "07" and 7.0 are 7.</summary>
    public static string Plain(string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : value;

    private string[]? MatchText(string text)
    {
        var match = _text!.Match(text);
        if (!match.Success) return null;
        var values = new string[Fields.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Plain(match.Groups[i + 1].Value);
        return values;
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

    private static (Regex, string[]) ReadText(string source)
    {
        var fields = new List<string>();
        var built = new StringBuilder("^");
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '{')
            {
                built.Append(Regex.Escape(source[i].ToString()));
                continue;
            }

            var end = source.IndexOf('}', i);
            var name = end < 0 ? "" : source[(i + 1)..end];
            if (name == "*") built.Append(".*?");
            else if (Word().IsMatch(name))
            {
                fields.Add(name);
                built.Append("(.*?)");
            }
            else throw new FormatException($"'{source}': a field is {{name}} or {{*}}");
            i = end;
        }

        return (new Regex(built.Append('$').ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, Limit),
            [.. fields]);
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
