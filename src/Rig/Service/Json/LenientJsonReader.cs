using System.Globalization;
using System.Text;

namespace AirHil.Rig.Service.Json;

/// <summary>
/// Reads JSON as AirTun's parser does: also single quotes, names without quotes, comments and a comma too many
/// (reference §9; how far the leniency goes is inferred). Numbers stay as written.
/// </summary>
internal ref struct LenientJsonReader
{
    private const int DepthLimit = 64;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private LenientJsonReader(ReadOnlySpan<char> text) => _text = text;

    private readonly char Here => _at < _text.Length ? _text[_at] : '\0';

    /// <returns>False where the text is no JSON.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out JsonValue value)
    {
        var reader = new LenientJsonReader(text);
        if (!reader.Value(0, out value)) return false;
        reader.SkipSpace();
        return reader._at == text.Length;
    }

    private bool Value(int depth, out JsonValue value)
    {
        SkipSpace();
        value = null!;
        if (depth > DepthLimit) return false;
        switch (Here)
        {
            case '{':
                return Map(depth, out value);
            case '[':
                return Array(depth, out value);
            case '"' or '\'':
                if (!Quoted(out var text)) return false;
                value = new JsonValue.Text(text);
                return true;
            default:
                return Literal(out value);
        }
    }

    private bool Map(int depth, out JsonValue value)
    {
        var map = new JsonValue.Map();
        value = map;
        _at++;
        while (true)
        {
            SkipSpace();
            if (Take('}')) return true;
            if (!Name(out var name)) return false;
            SkipSpace();
            if (!Take(':') || !Value(depth + 1, out var item)) return false;
            map.Set(name, item);
            SkipSpace();
            if (!Take(',') && Here != '}') return false;
        }
    }

    private bool Array(int depth, out JsonValue value)
    {
        var items = new List<JsonValue>();
        value = new JsonValue.Array(items);
        _at++;
        while (true)
        {
            SkipSpace();
            if (Take(']')) return true;
            if (!Value(depth + 1, out var item)) return false;
            items.Add(item);
            SkipSpace();
            if (!Take(',') && Here != ']') return false;
        }
    }

    private bool Name(out string name)
    {
        if (Here is '"' or '\'') return Quoted(out name);
        var start = _at;
        while (char.IsLetterOrDigit(Here) || Here is '_' or '$' or '-' or '.') _at++;
        name = _text[start.._at].ToString();
        return _at > start;
    }

    private bool Literal(out JsonValue value)
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Here) || Here is '+' or '-' or '.') _at++;
        var word = _text[start.._at];
        value = new JsonValue.Literal(word.SequenceEqual("undefined") ? "null" : word.ToString());
        return word is "true" or "false" or "null" or "undefined" || IsNumber(word);
    }

    private static bool IsNumber(ReadOnlySpan<char> word) =>
        word.Length > 0 && (char.IsAsciiDigit(word[^1]) || word[^1] == '.')
        && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private bool Quoted(out string text)
    {
        var quote = _text[_at++];
        var result = new StringBuilder();
        text = "";
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == quote)
            {
                text = result.ToString();
                return true;
            }

            if (c != '\\')
            {
                result.Append(c);
                continue;
            }

            if (!Escape(result)) return false;
        }

        return false;
    }

    private bool Escape(StringBuilder result)
    {
        if (_at >= _text.Length) return false;
        var c = _text[_at++];
        if (c == 'u')
        {
            if (_at + 4 > _text.Length) return false;
            if (!ushort.TryParse(_text.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var code))
            {
                return false;
            }

            result.Append((char)code);
            _at += 4;
            return true;
        }

        var plain = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' =>
            '\f',
            '"' or '\'' or '\\' or '/' => c,
            _ => '\0'
        };
        if (plain == '\0') return false;
        result.Append(plain);
        return true;
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (_text[_at..].StartsWith("//", StringComparison.Ordinal))
            {
                while (_at < _text.Length && _text[_at] != '\n') _at++;
            }
            else if (_text[_at..].StartsWith("/*", StringComparison.Ordinal))
            {
                var end = _text[(_at + 2)..].IndexOf("*/", StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : _at + end + 4;
            }
            else
            {
                return;
            }
        }
    }
}
