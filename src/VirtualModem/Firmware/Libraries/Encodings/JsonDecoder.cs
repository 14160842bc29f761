using System.Globalization;
using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// JSON text to a Lua value, with the firmware's messages. Two of its habits show: the text ends at its first NUL, and
/// a numeral without a point is read a second time as an integer, which stops at an exponent and saturates (reference
/// §8).
/// </summary>
internal sealed class JsonDecoder(LuaState state, ReadOnlyMemory<byte> text)
{
    private const int DeepestNesting = 1000;

    private int _at;
    private int _depth;
    private Token _token;
    private int _tokenAt;
    private LuaValue _value;
    private string _fault = "";

    private enum Token
    {
        ObjectBegin,
        ObjectEnd,
        ArrayBegin,
        ArrayEnd,
        Colon,
        Comma,
        End,
        Value,
        Fault,
    }

    public LuaValue Decode()
    {
        if (text.Length >= 2 && (text.Span[0] == 0 || text.Span[1] == 0))
        {
            throw new JsonException("JSON parser does not support UTF-16 or UTF-32");
        }

        Advance();
        var result = ReadValue();
        Advance();
        if (_token != Token.End) throw Expected("the end");
        return result;
    }

    private LuaValue ReadValue() => _token switch
    {
        Token.Value => _value,
        Token.ObjectBegin => ReadObject(),
        Token.ArrayBegin => ReadArray(),
        _ => throw Expected("value"),
    };

    private LuaTable ReadObject()
    {
        Descend();
        var table = state.NewTable();
        Advance();
        while (_token != Token.ObjectEnd)
        {
            if (_token != Token.Value || _value.AsString is not { } key) throw Expected("object key string");
            Advance();
            if (_token != Token.Colon) throw Expected("colon");
            Advance();
            table[key] = ReadValue();
            Advance();
            if (_token == Token.ObjectEnd) break;
            if (_token != Token.Comma) throw Expected("comma or object end");
            Advance();
            if (_token == Token.ObjectEnd) throw Expected("object key string");
        }

        _depth--;
        return table;
    }

    private LuaTable ReadArray()
    {
        Descend();
        var table = state.NewTable();
        Advance();
        for (long i = 1; _token != Token.ArrayEnd; i++)
        {
            table[i] = ReadValue();
            Advance();
            if (_token == Token.ArrayEnd) break;
            if (_token != Token.Comma) throw Expected("comma or array end");
            Advance();
            if (_token == Token.ArrayEnd) throw Expected("value");
        }

        _depth--;
        return table;
    }

    private void Descend()
    {
        if (++_depth > DeepestNesting)
        {
            throw new JsonException($"Found too many nested data structures ({_depth}) at character {_at}");
        }
    }

    /// <summary>The byte some places ahead; NUL beyond the end, as in C.</summary>
    private byte Peek(int ahead = 0) => _at + ahead < text.Length ? text.Span[_at + ahead] : (byte)0;

    private void Advance()
    {
        while (Peek() is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') _at++;
        _tokenAt = _at;
        var c = Peek();
        _token = c switch
        {
            (byte)'{' => Token.ObjectBegin,
            (byte)'}' => Token.ObjectEnd,
            (byte)'[' => Token.ArrayBegin,
            (byte)']' => Token.ArrayEnd,
            (byte)':' => Token.Colon,
            (byte)',' => Token.Comma,
            0 => Token.End,
            _ => Token.Value,
        };
        if (_token == Token.End) return;
        if (_token != Token.Value)
        {
            _at++;
            return;
        }

        if (c == '"') ReadString();
        else if (c == '-' || char.IsAsciiDigit((char)c)) ReadNumber();
        else if (Takes("true"u8)) _value = true;
        else if (Takes("false"u8)) _value = false;
        else if (Takes("null"u8)) _value = LightUserdata.Null;
        else Fault("invalid token");
    }

    private bool Takes(ReadOnlySpan<byte> word)
    {
        if (!text.Span[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private void Fault(string what)
    {
        _token = Token.Fault;
        _tokenAt = _at;
        _fault = what;
    }

    private void ReadString()
    {
        _at++;
        var bytes = new List<byte>();
        for (byte c; (c = Peek()) != '"';)
        {
            if (c == 0)
            {
                Fault("unexpected end of string");
                return;
            }

            if (c != '\\')
            {
                bytes.Add(c);
                _at++;
                continue;
            }

            var escape = Peek(1);
            if (escape == 'u')
            {
                if (ReadUnicodeEscape(bytes)) continue;
                Fault("invalid unicode escape code");
                return;
            }

            var index = "\"\\/btnfr".IndexOf((char)escape, StringComparison.Ordinal);
            var meant = index < 0 ? '\0' : "\"\\/\b\t\n\f\r"[index];
            if (meant == 0)
            {
                Fault("invalid escape code");
                return;
            }

            bytes.Add((byte)meant);
            _at += 2;
        }

        _at++;
        _value = state.NewString([.. bytes]);
    }

    private bool ReadUnicodeEscape(List<byte> bytes)
    {
        if (Hex4(2) is not { } point) return false;
        var length = 6;
        if (point is >= 0xD800 and <= 0xDFFF)
        {
            if (point >= 0xDC00 || Peek(6) != '\\' || Peek(7) != 'u') return false;
            if (Hex4(8) is not (>= 0xDC00 and <= 0xDFFF and var low)) return false;
            point = 0x10000 + ((point & 0x3FF) << 10) + (low & 0x3FF);
            length = 12;
        }

        Span<byte> utf8 = stackalloc byte[4];
        bytes.AddRange(utf8[..new Rune(point).EncodeToUtf8(utf8)]);
        _at += length;
        return true;
    }

    private int? Hex4(int ahead)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = (char)Peek(ahead + i);
            if (!char.IsAsciiHexDigit(digit)) return null;
            value = (value << 4) | Convert.ToInt32(digit.ToString(), 16);
        }

        return value;
    }

    private void ReadNumber()
    {
        var sign = Peek() == '-' ? 1 : 0;
        var leading = (char)Peek(sign);
        var next = (char)Peek(sign + 1);
        var length = (leading == '0' && (next is 'x' or 'X' || char.IsAsciiDigit(next)))
            ? 0
            : LuaText.NumeralLength(text.Span[(_at + sign)..]);
        if (length == 0)
        {
            Fault("invalid number");
            return;
        }

        length += sign;
        var numeral = text.Span.Slice(_at, length);
        var integer = numeral.Contains((byte)'.') ? 0 : Integer(sign, out length);
        _value = integer != 0 || numeral.SequenceEqual("0"u8)
            ? LuaValue.Integer(integer) : state.Numbers.Float(FloatOf(numeral));
        _at += length;
    }

    /// <summary>What strtol makes of the digits: it saturates, and what it did not take stays to be read.</summary>
    private long Integer(int sign, out int length)
    {
        length = sign + LuaText.DigitsAt(text.Span, _at + sign);
        var model = state.Numbers;
        Int128 value = 0;
        for (var i = sign; i < length; i++)
        {
            value = Int128.Min((value * 10) + Peek(i) - '0', (Int128)long.MaxValue + 1);
        }

        return (long)Int128.Clamp(sign == 1 ? -value : value, model.MinInteger, model.MaxInteger);
    }

    private double FloatOf(ReadOnlySpan<byte> numeral) => state.Numbers.Bits == 32
        ? float.Parse(numeral, NumberStyles.Float, CultureInfo.InvariantCulture)
        : double.Parse(numeral, NumberStyles.Float, CultureInfo.InvariantCulture);

    private JsonException Expected(string what)
    {
        var found = _token switch
        {
            Token.Fault => _fault,
            Token.ObjectBegin => "T_OBJ_BEGIN",
            Token.ObjectEnd => "T_OBJ_END",
            Token.ArrayBegin => "T_ARR_BEGIN",
            Token.ArrayEnd => "T_ARR_END",
            Token.Colon => "T_COLON",
            Token.Comma => "T_COMMA",
            Token.End => "T_END",
            _ when _value.AsString is not null => "T_STRING",
            _ when _value.IsInteger => "T_INTEGER",
            _ when _value.IsFloat => "T_NUMBER",
            _ when _value.IsBoolean => "T_BOOLEAN",
            _ => "T_NULL",
        };
        return new($"Expected {what} but found {found} at character {_tokenAt + 1}");
    }
}
