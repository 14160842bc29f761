using System.Text.RegularExpressions;

namespace AirHil.Gherkin;

/// <summary>
/// A choice of tags: <c>@a and not (@b or @c)</c>. "not" binds before "and", "and" before "or". The @ may be left out.
/// </summary>
public sealed partial class TagExpression
{
    private readonly string source;
    private readonly List<Match> tokens;
    private readonly Func<IReadOnlyCollection<string>, bool> isMet;
    private int next;

    private TagExpression(string source)
    {
        this.source = source;
        tokens = [.. Token().Matches(source).Cast<Match>()];
        isMet = ReadOr();
        if (next < tokens.Count) throw Error("'and', 'or' or the end expected");
    }

    /// <exception cref="FormatException">The text is no tag expression; the message points at the place.</exception>
    public static TagExpression Parse(string text) => new(text);

    /// <param name="tags">Without the @.</param>
    public bool Matches(IReadOnlyCollection<string> tags) => isMet(tags);

    public override string ToString() => source;

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
        if (next == tokens.Count || tokens[next].Value is "and" or "or" or ")") throw Error("a tag expected");
        var tag = tokens[next++].Value.TrimStart('@');
        return tags => tags.Contains(tag);
    }

    private bool Take(string word)
    {
        if (next == tokens.Count || tokens[next].Value != word) return false;
        next++;
        return true;
    }

    private FormatException Error(string reason)
    {
        var column = next < tokens.Count ? tokens[next].Index + 1 : source.Length + 1;
        return new FormatException(
            FormattableString.Invariant($"Tag expression '{source}', column {column}: {reason}."));
    }

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Token();
}
