namespace AirHil.Lua.Tests.Differential;

/// <summary>Expressions of each kind, up to a depth.</summary>
internal sealed partial class ProgramWriter
{
    private string Expression(Kind kind, int depth) => kind switch
    {
        Kind.Number => Number(depth),
        Kind.Text => Text(depth),
        Kind.Table => Table(depth),
        Kind.Function => NameOf(Kind.Function) ?? "print",
        _ => Any(depth),
    };

    private string Any(int depth)
    {
        switch (_choices.Next(15))
        {
            case 0 or 1 or 2 or 3: return Number(depth);
            case 4 or 5 or 6: return Text(depth);
            case 7: return Condition(depth);
            case 8: return Table(depth);
            case 9: return _choices.Of("nil", "true", "false");
            case 10 or 11: return AnyName();
            case 12: return depth <= 0 ? "g1" : $"({Any(depth - 1)} {_choices.Of("and", "or")} {Any(depth - 1)})";
            case 13: return _hasVarargs ? _choices.Of("...", "(...)", "select(2, ...)") : "nil";
            default:
                if (depth <= 0) return AnyName();
                return _choices.Next(4) switch
                {
                    0 => $"({Any(depth - 1)})",
                    1 => $"({AnyName()})[{Key()}]",
                    2 => $"{AnyName()}.{_choices.Of("x", "y", "n", "len")}",
                    _ => $"({Number(depth - 1)} {Operator()}{Break()} {Any(depth - 1)})",
                };
        }
    }

    private string Break() => _choices.OneIn(14) ? "\n" : "";

    private string Operator() =>
        _choices.Of("+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>", "..");

    private string Number(int depth)
    {
        if (depth <= 0 || _choices.OneIn(4))
        {
            return _choices.Next(3) == 1 ? NameOf(Kind.Number) ?? Literal() : Literal();
        }

        var d = depth - 1;
        switch (_choices.Next(22))
        {
            case 0 or 1 or 2 or 3:
                return $"({Number(d)} {_choices.Of("+", "-", "*", "/", "//", "%")}{Break()} {Number(d)})";
            case 4: return $"({Number(d)} {_choices.Of("&", "|", "~", "<<", ">>")} {Number(d)})";
            case 5: return $"({Number(1)} ^ {_choices.Of("2", "0.5", "-1", "3", "0", "10", Literal())})";
            case 6: return $"(-{Number(d)})";
            case 7: return $"(~{Number(d)})";
            case 8:
                return $"#{_choices.Of(TextLiteral(), NameOf(Kind.Text) ?? "''", NameOf(Kind.Table) ?? "{}",
                    $"({Table(d)})")}";
            case 9: return $"math.{_choices.Of("floor", "ceil", "abs", "sqrt", "tointeger", "type")}({Number(d)})";
            case 10: return $"math.{_choices.Of("max", "min", "ult", "modf")}({Number(d)}, {Number(d)})";
            case 11: return $"({Condition(d)} and {Number(d)} or {Number(d)})";
            case 12: return $"tonumber({NumberText()})";
            case 13: return $"tonumber({NumberText()}, {_choices.Of("10", "16", "2", "36", "8", "1", "37")})";
            case 14: return $"({NumberText()} {_choices.Of("+", "*", "//", "|", "-", "%", "<<")} {Number(d)})";
            case 15: return $"(({Text(d)}):byte({_choices.Of("1", "-1", "2", "")}) or 0)";
            case 16: return $"select({_choices.Of("'#'", "1", "-1", "2")}, {Number(d)}, {Number(d)})";
            case 17 when _choices.OneIn(2): return $"({Number(d)} | 0)";

            // Which argument of fmod and of the shifts of bit32 is checked first is the C compiler's choice.
            case 17: return $"math.fmod({Number(d)}, {Literal()})";
            case 18: return $"({Number(d)} + 0.0)";
            case 19:
                return $"bit32.{_choices.Of("band", "bor", "bxor", "lshift", "rshift", "arshift", "lrotate",
                    "extract")}({Number(d)}, {_choices.Of("1", "4", "31", "-2", "32")})";
            case 20: return $"({NameOf(Kind.Table) ?? "{1}"})[{Key()}]";
            default: return $"({Number(d)} {Operator()} {Any(d)})";
        }
    }

    private string Literal() => _choices.Next(3) switch
    {
        0 => _choices.Of("1", "0", "2", "3", "-1", "7", "10", "255", "100", "-5", "64"),
        1 => _choices.Of("0.5", "1.0", "-0.0", "0.1", "3.75", "1e3", "2.5", "-1.5", "1e15", "1e16", "123456.789",
            "1e-5", "3.0"),
        _ => _choices.Of(
            "math.maxinteger", "math.mininteger", "2147483647", "2147483648", "-2147483648", "0x7fffffff", "0xffffffff",
            "0xdeadbeefcafe", "9007199254740993", "9223372036854775807", "9223372036854775808", "1e308", "1e38", "1e39",
            "math.huge", "-math.huge", "(0/0)", "5e-324", "1e-45", "2^53", "2^24", "16777217", "0x1p4", "0x.8p1",
            "0xA.8",
            "3e-2", ".5", "5.", "1e100", "0x7fffffffffffffff", "0xffffffffffffffff", "2^31", "2^63", "-2^63", "2^-149",
            "math.pi", "4294967296", "1/3", "0x1.8p-3", "123456789", "1234567.0", "99999999999999", "1e14", "1e7"),
    };

    private string Condition(int depth)
    {
        if (depth <= 0) return _choices.Of("true", "false", "g1", "nil", AnyName());
        var d = depth - 1;
        return _choices.Next(9) switch
        {
            0 or 1 or 2 => $"({Number(d)} {_choices.Of("<", "<=", ">", ">=", "==", "~=")}{Break()} {Number(d)})",
            3 => $"({Text(d)} {_choices.Of("<", "<=", ">", ">=", "==", "~=")} {Text(d)})",
            4 => $"({Any(d)} {_choices.Of("==", "~=")} {Any(d)})",
            5 => $"not {Any(d)}",
            6 => $"({Condition(d)} {_choices.Of("and", "or")} {Condition(d)})",
            7 => $"({Any(d)} {_choices.Of("<", "<=")} {Any(d)})",
            _ => $"rawequal({Any(d)}, {Any(d)})",
        };
    }

    private string Key() => _choices.Next(5) switch
    {
        0 => _choices.Of("1", "2", "3", "4", "0", "-1", "5", "8"),
        1 => _choices.Of("'x'", "'y'", "'n'", "'key'", "'a long key of more than forty characters, kept apart'", "''"),
        2 => _choices.Of("1.0", "1.5", "2^53", "-0.0", "2^24 + 1", "1e300", "true", "false", "math.huge", "1e10",
            "0.1"),
        3 => _choices.Of("math.maxinteger", "math.mininteger", "nil", "0/0", "'1'", "2^31", "2^63"),
        _ => _choices.OneIn(2) ? Text(1) : Number(1),
    };

    private string Table(int depth)
    {
        if (depth <= 1 && NameOf(Kind.Table) is { } name && _choices.Next(3) != 0) return name;
        var count = _choices.Next(6);
        var fields = new List<string>();
        for (var i = 0; i < count; i++)
        {
            fields.Add(_choices.Next(5) switch
            {
                0 or 1 => Any(Math.Min(depth - 1, 1)),
                2 => $"{_choices.Of("x", "y", "n", "key", "name", "z")} = {Any(Math.Min(depth - 1, 1))}",
                3 => $"[{_choices.Of("1", "2", "3", "4", "'k'", "1.5", "-1", "10", "true", "2^40")}] = " +
                    $"{Any(Math.Min(depth - 1, 1))}",
                _ => Literal(),
            });
        }

        if (_choices.OneIn(10))
        {
            fields.Add(_choices.Of("nil, nil, 3", "nil", "1, nil, 3, nil", "table.unpack({1, 2, nil, 4}, 1, 4)"));
        }

        return "{" + string.Join(_choices.Of(", ", "; ", ",\n"), fields) +
            (_choices.OneIn(8) && count > 0 ? ",}" : "}");
    }

    /// <summary>An expression that may give several values, mostly a library call.</summary>
    private string Calls()
    {
        switch (_choices.Next(16))
        {
            case 0:
                return $"string.find({Subject()}, {Pattern()}, {_choices.Of("1", "2", "-3", "nil", "50")}, " +
                    $"{_choices.Of("nil", "false", "true")})";
            case 1: return $"string.match({Subject()}, {Pattern()})";
            case 2:
                return $"string.gsub({Subject()}, {Pattern()}, {Replacement()}, " +
                    $"{_choices.Of("nil", "1", "2", "0", "-1")})";
            case 3 or 4: return $"string.format({Format()})";
            case 5: return PackCall();
            case 6: return $"table.unpack({Table(2)})";
            case 7:
                return $"math.{_choices.Of("modf", "frexp", "floor", "tointeger", "type", "abs", "ceil")}({Any(2)})";
            case 8: return $"string.byte({Text(1)}, {_choices.Of("1, -1", "2, 3", "-2", "0", "1, 0")})";
            case 9:
                return $"select({_choices.Of("1", "-1", "'#'", "2", "0", "-5", "'x'")}, {Any(1)}, {Any(1)}, {Any(1)})";
            case 10: return Utf8Call();
            case 11 when NameOf(Kind.Function) is { } function: return $"{function}({Any(1)}, {Any(1)})";
            case 12:
                return $"{_choices.Of("tostring", "type", "tonumber", "rawlen", "following", "ipairs", "getmetatable",
                    "math.type", "#", "string.len", "string.upper", "coroutine.status", "error", "unknown", "g1",
                    "g2.x", "('x').y")}({Any(1)})";
            case 13: return $"tostring({Any(2)}), {Any(1)}";
            case 14:
                return $"string.{_choices.Of("rep", "sub", "reverse", "lower", "char", "len")}({Any(1)}, " +
                    $"{_choices.Of("1", "2", "-1", "'3'", "1.5", "math.mininteger")}, " +
                    $"{_choices.Of("','", "nil", "2", "-2")})";
            default: return _hasVarargs ? $"{Any(1)}, ..." : $"({Any(1)}), {Any(1)}";
        }
    }
}
