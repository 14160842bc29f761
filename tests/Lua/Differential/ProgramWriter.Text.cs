using System.Text;

namespace AirHil.Lua.Tests.Differential;

/// <summary>Strings, patterns and formats.</summary>
internal sealed partial class ProgramWriter
{
    private string Text(int depth)
    {
        if (depth <= 0 || _choices.OneIn(4))
        {
            return _choices.Next(3) == 1 ? $"({NameOf(Kind.Text) ?? "'q'"})" : $"({TextLiteral()})";
        }

        var d = depth - 1;
        switch (_choices.Next(16))
        {
            case 0 or 1: return $"({Text(d)} ..{Break()} {Text(d)})";
            case 2: return $"({Number(d)} .. {Text(d)})";
            case 3: return $"tostring({Plain(d)})";
            case 4: return $"({Text(d)}):sub({Number(0)}, {Number(0)})";
            case 5: return $"({Text(d)}):{_choices.Of("upper", "lower", "reverse")}()";
            case 6:
                return $"({Text(d)}):rep({_choices.Of("2", "0", "-1", "3", "2.0", "'2'")}, " +
                    $"{_choices.Of("','", "''", "nil")})";
            case 7 or 8: return $"string.format({Format()})";
            case 9: return $"({Subject()}):gsub({Pattern()}, {Replacement()})";
            case 10: return $"type({Any(d)})";
            case 11: return $"string.char({_choices.Of("65", "0", "255", "256", "-1", "97, 98", Number(d))})";
            case 12: return $"({Subject()}):match({Pattern()})";
            case 13: return $"table.concat({Table(1)}, {_choices.Of("','", "''", "1", "nil")})";
            case 14: return $"({Any(d)} .. {Any(d)})";
            default: return $"(math.type({Number(d)}) or 'no')";
        }
    }

    /// <summary>A value whose text has no address.</summary>
    private string Plain(int depth) => _choices.Next(3) switch
    {
        0 => Number(depth),
        1 => Text(depth),
        _ => Condition(0) == "true" ? "true" : "nil",
    };

    private string TextLiteral() => _choices.Of(
        "'a'", "''", "'abc'", "'hello world'", "'10'", "'0x10'", "' 5 '", "'1e1'", "'x\\0y'", "'\\255\\128'", "'Z'",
        "'aa'",
        "\"q\\\"uote\"", "'tab\\tline\\n'", "[[long\nline]]", "[==[a]]b]==]", "'\\x41\\u{48}\\z   z'", "'\\065'",
        "'ab\\\ncd'",
        "'key=value; k2=v2'", "'3.5'", "'-7'", "'B'", "'_'", "'\\u{20AC}'",
        "'a string of more than forty characters, really'");

    private string NumberText() => _choices.Of(
        "'10'", "'0x10'", "' 5 '", "'1e1'", "'abc'", "''", "'-3'", "'0x1p-2'", "'1e'", "'9223372036854775808'",
        "'2147483648'",
        "'0xffffffffff'", "'inf'", "'nan'", "'1.'", "'.5'", "'.'", "'0x'", "'1 2'", "'--1'", "'+1'", "'- 1'", "'1e400'",
        "'zz'",
        "'7\\0'", "'\\t8\\n'", "'0b1'", "'1_000'", "'0x.p1'", "'0xA.8'", "'-0x8000000000000000'", "'-0'", "'-0.0'",
        "'1e+5'",
        "'1E5'", "'0X1F'", "'-zZ'", "'17'", "'101'", "'00012'", "'9223372036854775807'", "'-9223372036854775808'",
        "'1e39'",
        "'0.1'", "'16777217'", "'123456789012'", "'3.14159265358979'");

    private string Subject() => _choices.OneIn(5) ? Text(1) : _choices.Of(
        "'hello world'", "'a,b,,c'", "'key = value'", "'(a(b)c)'", "'  x  '", "''", "'aaab'", "'12-34_56'",
        "'THE (quick) fox'",
        "'x\\0y\\0'", "'abcabc'", "'[[x]]'", "'%d'", "'a.b.c'", "'\\225\\233'", "'one two  three'");

    private string Pattern()
    {
        if (_choices.OneIn(9)) return _choices.Of(
            "'[a'", "'%'", "'('", "')'", "'%b'", "'%f'", "'(()'", "'%1'", "'[%'", "'[]'", "'[^]'", "'(a)%2'", "'[a-'",
            "'%g('",
            "'^*'", "'[]]'", "'[^]]'", "'a-'", "'()'", "'[%a-z]'", "'$'", "'^'", "'a$b'", "'%bxy'", "'%f[%w]%w+'",
            "'(.)%1'");
        var pattern = new StringBuilder("'");
        if (_choices.OneIn(6)) pattern.Append('^');
        var items = 1 + _choices.Next(4);
        var open = 0;
        for (var i = 0; i < items; i++)
        {
            if (_choices.OneIn(4))
            {
                pattern.Append('(');
                if (_choices.OneIn(4)) pattern.Append(')');
                else open++;
            }

            pattern.Append(_choices.Of(
                ".", "a", "%a", "%d", "%s", "%w", "[abc]", "[^a]", "%p", "[%w_]", "b", "%S", "%x", "%l", "%u", "[a-c]",
                "%c", "[%s,]",
                "%b()", "%f[%a]", " ", "%W", "%.", ",", "-", "x", "[%]]", "[-a]", "%D", "%g", "o", "l", "\\0", "%%"));
            pattern.Append(_choices.Of("", "*", "+", "-", "?", "", ""));
            if (open > 0 && _choices.OneIn(2))
            {
                pattern.Append(')');
                open--;
                if (_choices.OneIn(8)) pattern.Append("%1");
            }
        }

        pattern.Append(')', open);
        if (_choices.OneIn(6)) pattern.Append('$');
        return pattern.Append('\'').ToString();
    }

    private string Replacement() => _choices.Next(9) switch
    {
        0 or 1 => _choices.Of("'<%0>'", "'%1'", "''", "'-'", "'%%'", "'%2'", "'%'", "'%x'", "'%1%1'"),
        2 => "{a = 'A', b = true, c = false, ['1'] = 1, hello = 2.5}",
        3 => "function(a, b) return b and a .. b end",
        4 => "function(...) return select('#', ...) end",
        5 => $"function(x) return {Any(0)} end",
        6 => "string.upper",
        7 => "setmetatable({}, {__index = function(_, k) return #tostring(k) end})",
        _ => Any(0),
    };

    private string Format()
    {
        if (_choices.OneIn(10)) return _choices.Of(
            "'%y', 1", "'%'", "'%10'", "'%d'", "'%0100d', 1", "'%.100f', 1", "'%d %d', 1", "'%s'", "'%5%'",
            "'%#5x|%-#5x', 1, 2",
            "'%-+ #0d', 1", "'%123d', 5", "'%.123d', 5", "'%*d', 1, 2", "'%ld', 1", "'%n', 1", "'%-5c|', 65",
            "'%q', 'a\\n\\0\\r1\"'",
            "'%q', 1/3", "'%q', math.mininteger", "'%q', 1e308 * 10", "'%q', {}", "'%q', 0.1", "'%q', 255",
            "'%10q', 'x'", "'%.3q', 'x'",
            "'%s\\0%s', 1, 2", "'%5s|%-5s|%.2s|', 'abc', 'abc', 'abc'",
            "'%s', setmetatable({}, {__tostring = function() return 'ts' end})",
            "'%.20s', 'x\\0y'", "'%10s', 'x\\0y'", "'%99.99f', 1/3", "'%.0f', 0.5", "'%.3a', 1", "'%i', 3.0",
            "'%i', 3.5", "'%d', '3'", "'%x', -1");
        var spec = new StringBuilder("'%");
        for (var i = _choices.Next(3); i > 0; i--) spec.Append(_choices.Of("-", "+", " ", "#", "0"));
        if (_choices.OneIn(2)) spec.Append(_choices.Of("5", "1", "10", "20", "99"));
        if (_choices.OneIn(3)) spec.Append(_choices.Of(".3", ".0", ".", ".10", ".20", ".1"));
        var conversion = _choices.Of("d", "s", "g", "f", "x", "e", "i", "X", "o", "u", "c", "G", "E", "q", "a", "A");
        var argument =
            conversion is "s" or "q" ? Any(1) : conversion == "c" ? _choices.Of("65", "0", "255", "97.0") : Number(1);
        return $"{spec}{conversion}', {argument}";
    }

    private string PackCall()
    {
        var format = new StringBuilder(_choices.Of("", "<", ">", "=", "!4", "!8", "<!4", ">!2", "!"));
        var arguments = new List<string>();
        var count = 1 + _choices.Next(4);
        for (var i = 0; i < count; i++)
        {
            var option = _choices.Of(
                "b", "B", "h", "H", "i4", "I4", "j", "J", "i1", "i2", "I3", "i5", "i8", "I8", "i7", "i16", "I16", "i",
                "I", "f", "d", "n",
                "s1", "s2", "s", "z", "x", "Xi4", "c3", "c0", "i17", "i0", "Xz", "q", "X", " ", "!3", "s4", "T", "l",
                "L", "c", "!16");
            format.Append(option);
            switch (option[0])
            {
                case 's' or 'z' or 'c':
                    arguments.Add(_choices.Of("'ab'", "'abc'", "''", "'x\\0'", "'abcd'", "1"));
                    break;
                case 'x' or 'X' or '!' or 'q' or ' ': break;
                default:
                    arguments.Add(
                        _choices.OneIn(3)
                            ? Literal()
                            : _choices.Of("1", "-1", "127", "128", "255", "-128", "65535", "1.0", "-2", "0", "300"));
                    break;
            }
        }

        var tail = arguments.Count == 0 ? "" : ", " + string.Join(", ", arguments);
        return _choices.Next(4) switch
        {
            0 => $"string.packsize('{format}')",
            1 => $"hex(string.pack('{format}'{tail}))",
            2 => $"string.unpack('{format}', string.pack('{format}'{tail}))",
            _ => $"string.unpack('{format}', " +
                $"{_choices.Of("('\\x81\\x02\\xff\\x00abc'):rep(4)", "''", "'abc'", "('\\0'):rep(20)",
                    "('\\255'):rep(20)")}, {_choices.Of("1", "2", "-3", "0", "100")})",
        };
    }

    private string Utf8Text() => _choices.Of(
        "'abc'", "'\\u{20AC}x'", "'\\u{7FFFFFFF}'", "'\\xff'", "'a\\x80'", "''", "'\\u{D800}'",
        "'\\xF4\\x90\\x80\\x80'", "'\\xC0\\x80'",
        "'\\u{10FFFF}\\u{7f}'", "'h\\u{e9}llo'", "'\\xE2\\x82'");

    private string Utf8Call() => _choices.Next(5) switch
    {
        0 => $"hex(utf8.char({_choices.Of("65", "0x20AC", "0x7FFFFFFF", "-1", "0x80000000", "", "233, 8364", "0x10FFFF",
            "2047, 2048")}))",
        1 => $"utf8.len({Utf8Text()}, {_choices.Of("1", "2", "-1", "5", "0")}, {_choices.Of("-1", "1", "3", "9")})",
        2 => $"utf8.codepoint({Utf8Text()}, {_choices.Of("1", "2", "-1")}, {_choices.Of("-1", "1", "3", "9")})",
        3 => $"utf8.offset({Utf8Text()}, {_choices.Of("1", "2", "-1", "0", "4", "-2")}, " +
            $"{_choices.Of("1", "2", "3", "nil", "9")})",
        _ => $"utf8.len({Text(1)})",
    };
}
