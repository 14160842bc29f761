using System.Text.RegularExpressions;

namespace AirHil.Gherkin.Plan;

/// <summary>
/// A choice of tags: <c>@a and not (@b or @c)</c>. "not" binds before "and", "and" before "or". The @ may be left out.
/// </summary>
public sealed partial class TagExpression
{
    private const int Deepest = 100;
    private const int MostShown = 80;
    private readonly string _source;
    private readonly List<Match> _tokens;
    private readonly Func<IReadOnlyCollection<string>, bool> _isMet;
    private int _next;
    private int _depth;

    private TagExpression(string source)
    {
        _source = source;
        _tokens = [.. Token().Matches(source).Cast<Match>()];
        _isMet = ReadOr();
        if (_next < _tokens.Count) throw Error("'and', 'or' or the end expected");
    }

    /// <exception cref="FormatException">The text is no tag expression; the message points at the place.</exception>
    public static TagExpression Parse(string text) => new(text);

    /// <param name="tags">Without the @.</param>
    public bool Matches(IReadOnlyCollection<string> tags) => _isMet(tags);

    public override string ToString() => _source;

    private Func<IReadOnlyCollection<string>, bool> ReadOr()
    {
        var left = ReadAnd();
        while (Take("or"))
        {
            var (first, second) = (left, ReadAnd());
            left = tags => first(tags) || second(tags);
        }

        return left;
    }

    private Func<IReadOnlyCollection<string>, bool> ReadAnd()
    {
        var left = ReadNot();
        while (Take("and"))
        {
            var (first, second) = (left, ReadNot());
            left = tags => first(tags) && second(tags);
        }

        return left;
    }

    private Func<IReadOnlyCollection<string>, bool> ReadNot()
    {
        if (++_depth > Deepest) throw Error($"more than {Deepest} levels of 'not' and '('");
        var read = ReadOperand();
        _depth--;
        return read;
    }

    private Func<IReadOnlyCollection<string>, bool> ReadOperand()
    {
        if (Take("not"))
        {
            var inner = ReadNot();
            return tags => !inner(tags);
        }

        if (Take("("))
        {
            var inner = ReadOr();
            return Take(")") ? inner : throw Error("')' expected");
        }

        if (_next == _tokens.Count || _tokens[_next].Value is "and" or "or" or ")") throw Error("a tag expected");
        var tag = _tokens[_next++].Value.TrimStart('@');
        return tags => tags.Contains(tag);
    }

    private bool Take(string word)
    {
        if (_next == _tokens.Count || _tokens[_next].Value != word) return false;
        _next++;
        return true;
    }

    private FormatException Error(string reason)
    {
        var column = _next < _tokens.Count ? _tokens[_next].Index + 1 : _source.Length + 1;
        return new FormatException(
            FormattableString.Invariant($"Tag expression '{Shown(_source)}', column {column}: {reason}."));
    }

    private static string Shown(string source) => source.Length <= MostShown ? source : source[..MostShown] + "…";

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Token();
}
