using System.Text;
using System.Text.RegularExpressions;

namespace AirHil.Gherkin.Expressions;

/// <summary>
/// Reads a Cucumber Expression and writes the regular expression that it means. The grammar is that of
/// cucumber-expressions' ARCHITECTURE.md: parameters <c>{name}</c>, optional text <c>(s)</c>, alternatives
/// <c>a/b</c> between blanks or parameters, and a backslash before <c>( { / \</c> for the character itself.
/// </summary>
internal sealed class CucumberExpression
{
    private readonly string _text;
    private readonly ParameterTypes _types;
    private readonly StringBuilder _pattern = new("^");
    private readonly List<ParameterType> _parameters = [];
    private int _position;

    private CucumberExpression(string text, ParameterTypes types)
    {
        _text = text;
        _types = types;
    }

    /// <exception cref="ExpressionException">The text is no Cucumber Expression.</exception>
    public static (string Pattern, IReadOnlyList<ParameterType> Parameters) Translate(string text, ParameterTypes types)
    {
        var expression = new CucumberExpression(text, types);
        expression.ReadAll();
        return (expression._pattern.Append('$').ToString(), expression._parameters);
    }

    private void ReadAll()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsWhiteSpace(c))
            {
                _pattern.Append(Regex.Escape(c.ToString()));
                _position++;
            }
            else if (c == '{')
            {
                ReadParameter();
            }
            else
            {
                ReadWord();
            }
        }
    }

    private void ReadParameter()
    {
        var end = _text.IndexOf('}', _position);
        if (end < 0) throw Error("the { has no } (write \\{ for the character itself)");
        var name = _text[(_position + 1)..end];
        var type = _types.Find(name) ?? throw Error(
            $"there is no parameter type {{{name}}}; known are " +
            string.Join(", ", _types.All.Select(known => $"{{{known.Name}}}").Order(StringComparer.Ordinal)));
        _parameters.Add(type);
        _pattern.Append(type.Regex);
        _position = end + 1;
    }

    /// <summary>Everything up to a blank or a parameter; a bare / in it makes alternatives.</summary>
    private void ReadWord()
    {
        var alternatives = new List<string>();
        var current = new StringBuilder();
        var hasText = false;
        var start = _position;
        while (_position < _text.Length && !char.IsWhiteSpace(_text[_position]) && _text[_position] != '{')
        {
            var c = _text[_position];
            if (c == '(')
            {
                current.Append(ReadOptional());
            }
            else if (c == '/')
            {
                _position++;
                CloseAlternative();
            }
            else
            {
                current.Append(Regex.Escape(ReadCharacter().ToString()));
                hasText = true;
            }
        }

        if (alternatives.Count == 0)
        {
            _pattern.Append(current);
            return;
        }

        CloseAlternative();
        _pattern.Append("(?:").AppendJoin('|', alternatives).Append(')');

        void CloseAlternative()
        {
            if (!hasText)
            {
                throw Error($"an alternative in '{_text[start.._position]}' has no text (write \\/ for a slash)");
            }

            alternatives.Add(current.ToString());
            current.Clear();
            hasText = false;
        }
    }

    private string ReadOptional()
    {
        var inner = new StringBuilder();
        _position++;
        while (_position < _text.Length && _text[_position] != ')')
        {
            if (_text[_position] is '(' or '{')
            {
                throw Error("optional text in ( ) may hold neither ( nor { (write \\( or \\{ for the character)");
            }

            inner.Append(Regex.Escape(ReadCharacter().ToString()));
        }

        if (_position == _text.Length) throw Error("the ( has no ) (write \\( for the character itself)");
        if (inner.Length == 0) throw Error("optional text in ( ) is empty (write \\( for the character itself)");
        _position++;
        return $"(?:{inner})?";
    }

    private char ReadCharacter()
    {
        if (_text[_position] != '\\') return _text[_position++];
        if (_position + 1 == _text.Length) throw Error("a backslash at the end guards nothing");
        _position += 2;
        return _text[_position - 1];
    }

    private ExpressionException Error(string reason) => new($"in \"{_text}\": {reason}");
}
