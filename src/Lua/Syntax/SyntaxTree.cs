using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>
/// A parsed chunk. Where the source has an error the tree holds all that is before it: the reference compiles while
/// it parses, so an error of meaning further up (a goto without its label, too many locals) is reported first.
/// </summary>
internal sealed class SyntaxTree(
    SourceText source,
    FunctionBody main,
    TokenTrail trail,
    LuaSyntaxException? failure,
    int lastToken,
    IEnumerable<LuaString> names)
{
    public SourceText Source { get; } = source;
    public FunctionBody Main { get; } = main;
    public TokenTrail Trail { get; } = trail;
    public LuaSyntaxException? Failure { get; } = failure;

    /// <summary>Whether the <see cref="Failure"/> is the end of a source of which more may follow.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>The names, keywords and strings of the source.</summary>
    public IEnumerable<LuaString> Names { get; } = names;

    /// <summary>
    /// The number of the last token that could be read and looked at; where there is a <see cref="Failure"/> it could
    /// not be taken.
    /// </summary>
    public int LastToken { get; } = lastToken;

    /// <summary>The text of a token for a "near" clause, read again from the source; null for a NUL byte.</summary>
    public string? Near(int token)
    {
        var lexer = new Lexer(Source, new NameTable(), Trail.Offset(token));
        var kind = lexer.Next().Kind;
        return kind == 0 ? null : TokenText.Near(kind, lexer.Text);
    }

    /// <summary>Parses what a chunk begins with.</summary>
    public static SyntaxTree ParseBeginning(ReadOnlySpan<byte> source, LuaString chunkName, NumberModel model) =>
        new Parser(new SourceText(source.ToArray(), chunkName, model), isBeginning: true).Parse();

    /// <summary>Parses; errors are in <see cref="Failure"/>.</summary>
    public static SyntaxTree Parse(ReadOnlySpan<byte> source, LuaString chunkName, NumberModel model) =>
        new Parser(new SourceText(source.ToArray(), chunkName, model)).Parse();
}
