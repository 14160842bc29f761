using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>Source bytes to tokens (llex.c's rules). Strings are in Lexer.Strings.cs.</summary>
internal sealed partial class Lexer
{
    private const int EndOfBytes = -1;

    private readonly SourceText _source;
    private readonly byte[] _bytes;
    private readonly NameTable _names;
    private readonly ByteBuffer _buffer = new();
    private int _at;
    private int _textStart;
    private int _textEnd;

    public Lexer(SourceText source, NameTable names, int start = 0, int line = 1)
    {
        _source = source;
        _bytes = source.Bytes;
        _names = names;
        _at = start;
        Line = line;
    }

    /// <summary>The line that reading has come to, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Where reading has come to: the byte there has been looked at.</summary>
    public int At => _at;

    /// <summary>Where the last token began.</summary>
    public int Start { get; private set; }

    /// <summary>The last token's bytes for messages; meaningful for names, numbers and strings.</summary>
    public ReadOnlySpan<byte> Text => _textEnd > 0 ? _bytes.AsSpan(_textStart.._textEnd) : _buffer.Span;

    private int Current => _at < _bytes.Length ? _bytes[_at] : EndOfBytes;
    private bool AtNewline => Current is '\n' or '\r';

    /// <exception cref="LuaSyntaxException">The bytes are no token.</exception>
    public Token Next()
    {
        _buffer.Clear();
        _textEnd = 0;
        while (true)
        {
            Start = _at;
            var c = Current;
            switch (c)
            {
                case '\n' or '\r':
                    SkipNewline();
                    break;
                case ' ' or '\f' or '\t' or '\v':
                    _at++;
                    break;
                case '-':
                    _at++;
                    if (Current != '-') return new(TokenKind.Minus);
                    _at++;
                    SkipComment();
                    break;
                case '[':
                    var level = ReadLongBracket();
                    if (level >= 0) return ReadLongString(level);
                    if (level != -1) throw Error("invalid long string delimiter", TokenKind.String);
                    return new(TokenKind.LeftBracket);
                case '=':
                    return Choose('=', TokenKind.Equal, TokenKind.Assign);
                case '<':
                    _at++;
                    return Current == '<' ? Take(TokenKind.ShiftLeft)
                        : Current == '=' ? Take(TokenKind.LessEqual) : new(TokenKind.Less);
                case '>':
                    _at++;
                    return Current == '>' ? Take(TokenKind.ShiftRight)
                        : Current == '=' ? Take(TokenKind.GreaterEqual) : new(TokenKind.Greater);
                case '/':
                    return Choose('/', TokenKind.DoubleSlash, TokenKind.Slash);
                case '~':
                    return Choose('=', TokenKind.NotEqual, TokenKind.Tilde);
                case ':':
                    return Choose(':', TokenKind.DoubleColon, TokenKind.Colon);
                case '"' or '\'':
                    return ReadString(c);
                case '.':
                    if (IsDigit(Peek(1))) return ReadNumber();
                    _at++;
                    if (Current != '.') return new(TokenKind.Dot);
                    _at++;
                    return Current == '.' ? Take(TokenKind.Dots) : new(TokenKind.Concat);
                case EndOfBytes:
                    return new(TokenKind.EndOfSource);
                default:
                    if (IsDigit(c)) return ReadNumber();
                    if (IsNameStart(c)) return ReadName();
                    _at++;
                    return new((TokenKind)c);
            }
        }
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';
    private static bool IsHexDigit(int c) => IsDigit(c) || (c | 0x20) is >= 'a' and <= 'f';
    private static bool IsNameStart(int c) => (c | 0x20) is >= 'a' and <= 'z' || c == '_';
    private static bool IsSpace(int c) => c is ' ' or (>= '\t' and <= '\r');

    private int Peek(int offset) => _at + offset < _bytes.Length ? _bytes[_at + offset] : EndOfBytes;

    private Token Take(TokenKind kind)
    {
        _at++;
        return new(kind);
    }

    private Token Choose(char second, TokenKind both, TokenKind single)
    {
        _at++;
        return Current == second ? Take(both) : new(single);
    }

    /// <summary>Any of \n, \r, \r\n and \n\r is one line end.</summary>
    private void SkipNewline()
    {
        var first = Current;
        _at++;
        if (AtNewline && Current != first) _at++;
        Line++;
    }

    private void SkipComment()
    {
        if (Current == '[')
        {
            var level = ReadLongBracket();
            _buffer.Clear();
            if (level >= 0)
            {
                SkipLongComment(level);
                return;
            }
        }

        while (!AtNewline && Current != EndOfBytes) _at++;
    }

    private Token ReadName()
    {
        _textStart = _at;
        do _at++;
        while (IsNameStart(Current) || IsDigit(Current));
        _textEnd = _at;
        var name = _names.Intern(Text, out var kind);
        return new(kind, name);
    }

    /// <summary>Takes whatever could belong to a numeral, then asks whether it is one.</summary>
    private Token ReadNumber()
    {
        _textStart = _at;
        if (Current == '.') _at++;
        var exponent = 'e';
        _at++;
        if (_bytes[_at - 1] == '0' && (Current | 0x20) == 'x')
        {
            exponent = 'p';
            _at++;
        }

        while (true)
        {
            if ((Current | 0x20) == exponent)
            {
                _at++;
                if (Current is '+' or '-') _at++;
            }

            if (!IsHexDigit(Current) && Current != '.') break;
            _at++;
        }

        _textEnd = _at;
        if (!NumberText.TryParse(Text, _source.Model, out var number))
        {
            throw Error("malformed number", TokenKind.Float);
        }

        return new(number.IsInteger ? TokenKind.Integer : TokenKind.Float, number);
    }

    private LuaSyntaxException Error(string message, TokenKind near) =>
        _source.Error(message, Line, TokenText.Near(near, Text));
}
