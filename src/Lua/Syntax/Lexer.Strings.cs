using System.Globalization;

namespace AirHil.Lua.Syntax;

/// <summary>Quoted and long strings. The buffer keeps quotes and half-read escapes, since messages show them.</summary>
internal sealed partial class Lexer
{
    private const int MaxCodePoint = 0x10FFFF;

    private void SaveAndStep()
    {
        _buffer.Add(_bytes[_at]);
        _at++;
    }

    /// <summary>
    /// Reads "[=*[" or "]=*]" but for its last bracket: the number of '=' where it is one, -1 for a lone bracket,
    /// less where '=' follow without a bracket.
    /// </summary>
    private int ReadLongBracket()
    {
        var bracket = Current;
        var count = 0;
        SaveAndStep();
        for (; Current == '='; count++) SaveAndStep();
        return Current == bracket ? count : -count - 1;
    }

    private Token ReadLongString(int level)
    {
        var line = Line;
        SaveAndStep();
        if (AtNewline) SkipNewline();
        while (true)
        {
            switch (Current)
            {
                case EndOfBytes:
                    throw UnfinishedLong("string", line);
                case ']':
                    if (ReadLongBracket() != level) break;
                    SaveAndStep();
                    var quote = level + 2;
                    return new(TokenKind.String, _names.Intern(_buffer.Span[quote..^quote], out _));
                case '\n' or '\r':
                    _buffer.Add('\n');
                    SkipNewline();
                    break;
                default:
                    SaveAndStep();
                    break;
            }
        }
    }

    private void SkipLongComment(int level)
    {
        var line = Line;
        _at++;
        while (true)
        {
            switch (Current)
            {
                case EndOfBytes:
                    throw UnfinishedLong("comment", line);
                case ']':
                    var closing = ReadLongBracket();
                    _buffer.Clear();
                    if (closing != level) break;
                    _at++;
                    return;
                case '\n' or '\r':
                    SkipNewline();
                    break;
                default:
                    _at++;
                    break;
            }
        }
    }

    private LuaSyntaxException UnfinishedLong(string what, int line) => Error(
        string.Create(CultureInfo.InvariantCulture, $"unfinished long {what} (starting at line {line})"),
        TokenKind.EndOfSource);

    private Token ReadString(int quote)
    {
        SaveAndStep();
        while (Current != quote)
        {
            switch (Current)
            {
                case EndOfBytes:
                    throw Error("unfinished string", TokenKind.EndOfSource);
                case '\n' or '\r':
                    throw Error("unfinished string", TokenKind.String);
                case '\\':
                    ReadEscape();
                    break;
                default:
                    SaveAndStep();
                    break;
            }
        }

        SaveAndStep();
        return new(TokenKind.String, _names.Intern(_buffer.Span[1..^1], out _));
    }

    private void ReadEscape()
    {
        SaveAndStep();
        switch (Current)
        {
            case 'a': Replace('\a'); break;
            case 'b': Replace('\b'); break;
            case 'f': Replace('\f'); break;
            case 'n': Replace('\n'); break;
            case 'r': Replace('\r'); break;
            case 't': Replace('\t'); break;
            case 'v': Replace('\v'); break;
            case '\\' or '"' or '\'': Replace(Current); break;
            case 'x': ReadHexEscape(); break;
            case 'u': ReadUnicodeEscape(); break;
            case '\n' or '\r':
                SkipNewline();
                _buffer.Remove(1);
                _buffer.Add('\n');
                break;
            case 'z':
                _buffer.Remove(1);
                _at++;
                SkipSpaces();
                break;
            case EndOfBytes:
                break;
            default:
                Check(IsDigit(Current), "invalid escape sequence");
                ReadDecimalEscape();
                break;
        }
    }

    /// <summary>Puts a byte in the place of the backslash and the letter after it.</summary>
    private void Replace(int value)
    {
        _at++;
        _buffer.Remove(1);
        _buffer.Add(value);
    }

    private void SkipSpaces()
    {
        while (IsSpace(Current))
        {
            if (AtNewline) SkipNewline();
            else _at++;
        }
    }

    private void ReadDecimalEscape()
    {
        var value = 0;
        var digits = 0;
        for (; digits < 3 && IsDigit(Current); digits++)
        {
            value = (value * 10) + Current - '0';
            SaveAndStep();
        }

        Check(value <= byte.MaxValue, "decimal escape too large");
        _buffer.Remove(digits + 1);
        _buffer.Add(value);
    }

    private void ReadHexEscape()
    {
        var value = StepToHexDigit();
        value = (value << 4) + StepToHexDigit();
        _buffer.Remove(2);
        Replace(value);
    }

    private void ReadUnicodeEscape()
    {
        SaveAndStep();
        Check(Current == '{', "missing '{'");
        var saved = 4;
        var code = StepToHexDigit();
        SaveAndStep();
        while (IsHexDigit(Current))
        {
            saved++;
            code = (code << 4) + HexValue(Current);
            Check(code <= MaxCodePoint, "UTF-8 value too large");
            SaveAndStep();
        }

        Check(Current == '}', "missing '}'");
        _at++;
        _buffer.Remove(saved);
        AddUtf8(code);
    }

    /// <summary>Surrogates are encoded like any other code point, which .NET's encoder would refuse.</summary>
    private void AddUtf8(int code)
    {
        if (code < 0x80)
        {
            _buffer.Add(code);
            return;
        }

        var shift = code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
        var lead = code < 0x800 ? 0xC0 : code < 0x10000 ? 0xE0 : 0xF0;
        for (_buffer.Add(lead | (code >> shift)); shift > 0;)
        {
            shift -= 6;
            _buffer.Add(0x80 | ((code >> shift) & 0x3F));
        }
    }

    private int StepToHexDigit()
    {
        SaveAndStep();
        Check(IsHexDigit(Current), "hexadecimal digit expected");
        return HexValue(Current);
    }

    private static int HexValue(int c) => IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>A bad escape's message shows the string up to and with the byte that spoils it.</summary>
    private void Check(bool condition, string message)
    {
        if (condition) return;
        if (Current != EndOfBytes) SaveAndStep();
        throw Error(message, TokenKind.String);
    }
}
