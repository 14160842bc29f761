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
    private bool _isIncomplete;
    private int _lastToken = int.MaxValue;

    /// <summary>The host's own call is one of the reference's C levels.</summary>
    private int _level = 1;

    private bool _isVararg = true;
    private int _functionLine;

    private readonly bool _isBeginning;

    /// <param name="source">What is parsed.</param>
    /// <param name="isBeginning">
    /// More may follow: a token at the end is not known, and to come to it is the last failure.
    /// </param>
    public Parser(SourceText source, bool isBeginning = false)
    {
        _source = source;
        _isBeginning = isBeginning;
        _lexer = new Lexer(source, _names);
    }

    /// <summary>The last token was read with a look at what is not there yet.</summary>
    private bool NeedsMore => _isBeginning && _lexer.At >= _source.Bytes.Length;

    private bool AtBlockEnd =>
        _token.Kind is TokenKind.End or TokenKind.EndOfSource or TokenKind.Else or TokenKind.ElseIf or TokenKind.Failed;

    private int Line => _trail.Line(_index);

    public SyntaxTree Parse()
    {
        Advance();
        var block = Block();
        Check(TokenKind.EndOfSource);
        return new SyntaxTree(_source, new FunctionBody([], true, block), _trail, _failure, _lastToken, _names.Seen)
        {
            IsIncomplete = _isIncomplete,
        };
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
            if (NeedsMore) throw new LuaSyntaxException("more is needed", Line);
            _trail.Add(_lexer.Line, _lexer.Start);
            return token;
        }
        catch (LuaSyntaxException error)
        {
            _isIncomplete = NeedsMore;
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
