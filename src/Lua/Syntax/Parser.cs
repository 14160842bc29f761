using System.Globalization;

using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>
/// Tokens to a tree, by recursive descent. After the first error every token is <see cref="TokenKind.Failed"/>, which
/// no rule accepts, so that all rules end and what has been read stays in the tree.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxLevels = 200;

    private readonly SourceText _source;
    private readonly Lexer _lexer;
    private readonly TokenTrail _trail = new();
    private Token _token;
    private Token _ahead;
    private readonly NameTable _names = new();
    private bool _lookedAhead;
    private int _index = -1;
    private LuaSyntaxException? _failure;
    private int _lastToken = int.MaxValue;

    /// <summary>The host's own call is one of the reference's C levels.</summary>
    private int _level = 1;

    private bool _isVararg = true;
    private int _functionLine;

    public Parser(SourceText source)
    {
        _source = source;
        _lexer = new Lexer(source, _names);
    }

    private bool AtBlockEnd =>
        _token.Kind is TokenKind.End or TokenKind.EndOfSource or TokenKind.Else or TokenKind.ElseIf or TokenKind.Failed;

    private int Line => _trail.Line(_index);

    public SyntaxTree Parse()
    {
        Advance();
        var block = Block();
        Check(TokenKind.EndOfSource);
        return new SyntaxTree(_source, new FunctionBody([], true, block), _trail, _failure, _lastToken, _names.Seen);
    }

    private void Advance()
    {
        if (_failure is not null) return;
        _index++;
        if (_lookedAhead)
        {
            _token = _ahead;
            _lookedAhead = false;
            return;
        }

        _token = Read();
    }

    private Token Read()
    {
        try
        {
            var token = _lexer.Next();
            _trail.Add(_lexer.Line, _lexer.Start);
            return token;
        }
        catch (LuaSyntaxException error)
        {
            Fail(error, _trail.Count - 1);
            return _token;
        }
    }

    private TokenKind LookAhead()
    {
        _ahead = Read();
        if (_failure is not null) return TokenKind.Failed;
        _lookedAhead = true;
        _trail.LookedAhead(_index);
        return _ahead.Kind;
    }

    private void Fail(LuaSyntaxException error, int lastToken)
    {
        _failure = error;
        _lastToken = lastToken;
        _token = new(TokenKind.Failed);
    }

    private void Fail(string message)
    {
        if (_failure is not null) return;
        var near = _token.Kind == 0 ? null : TokenText.Near(_token.Kind, _lexer.Text);
        Fail(_source.Error(message, Line, near), _index);
    }

    private void Expected(string what) => Fail(what + " expected");

    private bool Accept(TokenKind kind)
    {
        if (_token.Kind != kind) return false;
        Advance();
        return true;
    }

    private void Check(TokenKind kind)
    {
        if (_token.Kind != kind) Expected(TokenText.Of(kind));
    }

    private void Expect(TokenKind kind)
    {
        Check(kind);
        Advance();
    }

    /// <summary>The token that closes what <paramref name="open"/> began at a line.</summary>
    private void Close(TokenKind kind, TokenKind open, int line)
    {
        if (Accept(kind)) return;
        if (line == Line) Expected(TokenText.Of(kind));
        else
        {
            Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{TokenText.Of(kind)} expected (to close {TokenText.Of(open)} at line {line})"));
        }
    }

    private LuaString Name()
    {
        Check(TokenKind.Name);
        var name = _token.Value.AsString ?? LuaString.Empty;
        Advance();
        return name;
    }

    private void Enter()
    {
        _level++;
        CheckLevels(_level);
    }

    private void Leave() => _level--;

    private void CheckLevels(int levels)
    {
        if (levels > MaxLevels) Fail(Limits.Message("C levels", MaxLevels, _functionLine));
    }
}
