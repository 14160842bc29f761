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
    private readonly string text;
    private readonly ParameterTypes types;
    private readonly StringBuilder pattern = new("^");
    private readonly List<ParameterType> parameters = [];
    private int position;

    private CucumberExpression(string text, ParameterTypes types)
    {
        this.text = text;
        this.types = types;
    }

    /// <exception cref="ExpressionException">The text is no Cucumber Expression.</exception>
    public static (string Pattern, IReadOnlyList<ParameterType> Parameters) Translate(string text, ParameterTypes types)
    {
        var expression = new CucumberExpression(text, types);
        expression.ReadAll();
        return (expression.pattern.Append('$').ToString(), expression.parameters);
    }

    private void ReadAll()
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsWhiteSpace(c))
            {
                pattern.Append(Regex.Escape(c.ToString()));
                position++;
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
        var end = text.IndexOf('}', position);
        if (end < 0) throw Error("the { has no } (write \\{ for the character itself)");
        var name = text[(position + 1)..end];
        var type = types.Find(name) ?? throw Error(
            $"there is no parameter type {{{name}}}; known are " +
            string.Join(", ", types.All.Select(known => $"{{{known.Name}}}").Order(StringComparer.Ordinal)));
        parameters.Add(type);
        pattern.Append(type.Regex);
        position = end + 1;
    }

    /// <summary>Everything up to a blank or a parameter; a bare / in it makes alternatives.</summary>
    private void ReadWord()
    {
        var alternatives = new List<string>();
        var current = new StringBuilder();
        var hasText = false;
        var start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && text[position] != '{')
        {
            var c = text[position];
            if (c == '(')
            {
                current.Append(ReadOptional());
            }
            else if (c == '/')
            {
                position++;
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
            pattern.Append(current);
            return;
        }
        CloseAlternative();
        pattern.Append("(?:").AppendJoin('|', alternatives).Append(')');

        void CloseAlternative()
        {
            if (!hasText)
                throw Error($"an alternative in '{text[start..position]}' has no text (write \\/ for a slash)");
            alternatives.Add(current.ToString());
            current.Clear();
            hasText = false;
        }
    }

    private string ReadOptional()
    {
        var inner = new StringBuilder();
        position++;
        while (position < text.Length && text[position] != ')')
        {
            if (text[position] is '(' or '{')
                throw Error("optional text in ( ) may hold neither ( nor { (write \\( or \\{ for the character)");
            inner.Append(Regex.Escape(ReadCharacter().ToString()));
        }
        if (position == text.Length) throw Error("the ( has no ) (write \\( for the character itself)");
        if (inner.Length == 0) throw Error("optional text in ( ) is empty (write \\( for the character itself)");
        position++;
        return $"(?:{inner})?";
    }

    private char ReadCharacter()
    {
        if (text[position] != '\\') return text[position++];
        if (position + 1 == text.Length) throw Error("a backslash at the end guards nothing");
        position += 2;
        return text[position - 1];
    }

    private ExpressionException Error(string reason) => new($"in \"{text}\": {reason}");
}
