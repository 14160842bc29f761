using System.Text;

namespace AirHil.Lua.Tests.Differential;

/// <summary>
/// Writes a Lua program from decisions: it ends after few instructions, its output is the same in every run, and its
/// expressions mostly have the kinds that their operators want. What it prints through <c>each</c> and
/// <c>following</c> is <c>pairs</c> and <c>next</c> where the order of keys is compared.
/// </summary>
internal sealed partial class ProgramWriter
{
    private const int MaxStatements = 24;

    private readonly Choices _choices;
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, Kind Kind)> _names = [];
    private int _nextName;
    private int _nesting;
    private bool _hasVarargs = true;
    private bool _inCoroutine;

    private ProgramWriter(Choices choices) => _choices = choices;

    private enum Kind
    {
        Number,
        Text,
        Table,
        Function,
        Any,
    }

    public static string Write(uint[] numbers)
    {
        var choices = new Choices(numbers);
        var damage = choices.Next(25);
        var writer = new ProgramWriter(choices);
        writer.Line(
            $"local a, b, t = {writer.Literal()}, {writer.TextLiteral()}, {{{writer.Literal()}, x = " +
            $"{writer.Literal()}}}");
        writer._names.AddRange([("a", Kind.Number), ("b", Kind.Text), ("t", Kind.Table)]);
        for (var i = 0; i < MaxStatements && !choices.Exhausted; i++) writer.TopStatement();
        writer.Line("print(" + string.Join(", ", writer._names.Select(name => "show(" + name.Name + ")")) + ")");
        var text = writer._text.ToString();
        return damage == 24 ? Damaged(text, choices) : text;
    }

    /// <summary>The program with one token lost, doubled or replaced, which mostly gives a syntax error.</summary>
    private static string Damaged(string text, Choices choices)
    {
        var start = choices.Next(text.Length * 7) % text.Length;
        var end = Math.Min(text.Length, start + 1 + choices.Next(6));
        var piece = choices.Next(3) switch
        {
            0 => "",
            1 => text[start..end] + text[start..end],
            _ => choices.Of(
                "end", "(", ")", "'", "\"", "]]", "[[", "--[[", "goto x", "break", "::x::", "::x:: ::x::", "local",
                "=", "==", "...", "0x", "1e", "3..2", "'\\q'", "'\\300'", "'\\u{110000000}'", "'\\xZ'", "~", "$", "\\",
                "then", "do", "until", "return", "function", "nil", "{", "}", "'\n'", "not", "a.b:c", "f{}", "(f)\n(g)",
                "\u00e4", "repeat local z until z", "for", "in", "x,", "<eof>", "&", "#"),
        };
        return text[..start] + piece + text[end..];
    }

    private void Line(string text) => _text.Append(text).Append(_choices.OneIn(12) ? ";\n" : "\n");

    private string NewName() => _choices.OneIn(8) && _names.Count > 0
        ? _names[_choices.Next(_names.Count)].Name
        : "v" + (++_nextName).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Declare(Kind kind)
    {
        var name = NewName();
        Line($"local {name} = {Bounded(kind)}");
        _names.Add((name, kind));
    }

    private string Bounded(Kind kind) => kind == Kind.Text ? $"({Text(2)}):sub(1, 40)" : Expression(kind, 3);

    private string? NameOf(Kind kind)
    {
        var count = 0;
        foreach (var name in _names) count += name.Kind == kind ? 1 : 0;
        if (count == 0) return null;
        var wanted = count - 1 - _choices.Next(count);
        foreach (var name in _names)
        {
            if (name.Kind == kind && wanted-- == 0) return name.Name;
        }

        return null;
    }

    private string AnyName() =>
        _names.Count == 0 || _choices.OneIn(6)
            ? _choices.Of("g1", "g2", "g3", "undefined")
            : _names[_choices.Next(_names.Count)].Name;

    /// <summary>A block of statements in a scope of its own.</summary>
    private void Block(int statements)
    {
        var names = _names.Count;
        _nesting++;
        for (var i = 0; i < statements; i++) Statement();
        _nesting--;
        _names.RemoveRange(names, _names.Count - names);
    }

    /// <summary>A statement of the main function; most errors end only the statement.</summary>
    private void TopStatement()
    {
        if (_choices.OneIn(6))
        {
            Statement();
            return;
        }

        var names = _names.Count;
        var start = _text.Length;
        Line("print(pcall(function(...)");
        Statement();
        if (_names.Count > names && _choices.OneIn(2)) Print();
        Line("end, 'three', 3))");
        if (_names.Count == names) return;

        var declared = _names[^1];
        _names.RemoveRange(names, _names.Count - names);
        if (!_choices.OneIn(2)) return;
        _text.Insert(start, $"local {declared.Name}\n");
        _text.Insert(_text.Length, $"{declared.Name} = {declared.Name} or {SafeValue(declared.Kind)}\n");
        _names.Add(declared);
    }

    private string SafeValue(Kind kind) => kind switch
    {
        Kind.Number => Literal(),
        Kind.Text => TextLiteral(),
        Kind.Table => "{1, 2, x = 3}",
        Kind.Function => "print",
        _ => "nil",
    };

    private void Statement()
    {
        if (_nesting > 3)
        {
            Print();
            return;
        }

        switch (_choices.Next(34))
        {
            case 0 or 1 or 2 or 3 or 4: Print(); break;
            case 5 or 6 or 7 or 8: Protected(); break;
            case 9: Declare(Kind.Number); break;
            case 10: Declare(Kind.Text); break;
            case 11: Declare(Kind.Table); break;
            case 12: Declare(Kind.Any); break;
            case 13 or 14: Assignment(); break;
            case 15: If(); break;
            case 16 or 17: NumericFor(); break;
            case 18 or 19: GenericFor(); break;
            case 20: While(); break;
            case 21: Repeat(); break;
            case 22 or 23: LocalFunction(); break;
            case 24: GotoLoop(); break;
            case 25 or 26: TableWork(); break;
            case 27 or 28: MetaObject(); break;
            case 29 or 30: Coroutine(); break;
            case 31: Closures(); break;
            case 32: LoadChunk(); break;
            default: ErrorObjects(); break;
        }
    }

    private void Print()
    {
        switch (_choices.Next(6))
        {
            case 0 or 1: Line($"print({Any(3)})"); break;
            case 2: Line($"print({Any(2)}, {Any(2)})"); break;
            case 3: Line($"print(show({Any(3)}))"); break;
            case 4: Line($"print({Calls()})"); break;
            default: Line($"print(select('#', {Calls()}))"); break;
        }
    }

    private void Protected()
    {
        if (_choices.OneIn(4))
        {
            Line("print(pcall(function(...)");
            var (names, varargs) = (_names.Count, _hasVarargs);
            _hasVarargs = true;
            Block(1 + _choices.Next(3));
            _hasVarargs = varargs;
            _names.RemoveRange(names, _names.Count - names);
            Line($"return {Any(2)} end, {Any(1)}))");
            return;
        }

        var saved = _hasVarargs;
        _hasVarargs = false;
        Line($"print(pcall(function() return {(_choices.OneIn(2) ? Calls() : Any(3))} end))");
        _hasVarargs = saved;
    }

    private void Assignment()
    {
        switch (_choices.Next(6))
        {
            case 0:
                Line($"{_choices.Of("g1", "g2", "g3")} = {Any(2)}");
                break;
            case 1 when NameOf(Kind.Number) is { } number:
                Line($"{number} = {Number(3)}");
                break;
            case 2 when NameOf(Kind.Text) is { } text:
                Line($"{text} = ({Text(2)}):sub(1, 40)");
                break;
            case 3 or 4 when NameOf(Kind.Table) is { } table:
                Line($"{table}[{Key()}] = {Any(2)}");
                break;
            default:
                Line($"{AnyName()}, g3 = g3, {Number(1)}");
                break;
        }
    }

    private void If()
    {
        Line($"if {Condition(2)} then");
        Block(1 + _choices.Next(2));
        if (_choices.OneIn(3))
        {
            Line($"elseif {Condition(2)} then");
            Block(1);
        }

        if (_choices.OneIn(2))
        {
            Line("else");
            Block(1);
        }

        Line("end");
    }

    private void NumericFor()
    {
        var name = NewName();
        var range = _choices.Of(
            "1, 3", "3, 1, -1", "0, 1, 0.25", "math.maxinteger - 1, math.maxinteger", "1, 0", "1, 3, 0", "1.0, 3",
            "math.mininteger, math.mininteger + 1", "math.mininteger + 1, math.mininteger, -1", "1, 3.9", "3, 1.5, -1",
            "1, 2, math.maxinteger", "-1, -2, math.mininteger", "'1', 2", "1, '2'", "1, {}", "1, 2, nil",
            "0.1, 0.35, 0.1",
            "1, math.huge, math.maxinteger // 2", "1, -math.huge", "1, 0/0", "16777215.0, 16777217.0", "2, 2", "-1, 1",
            "math.maxinteger, math.maxinteger + 1.0", "1, 10, 4");
        if (_choices.OneIn(6)) range = $"1, ({Number(1)}) % 5";

        // A loop up to the last integer of all wraps around and never ends in 5.3; float32 has no 16777217.
        var wraps = range.Contains('m', StringComparison.Ordinal)
            || range.Contains("16777215", StringComparison.Ordinal);
        if (wraps) Line("do local rounds = 0");
        Line($"for {name} = {range} do");
        if (wraps) Line("rounds = rounds + 1 if rounds > 3 then break end");
        _names.Add((name, Kind.Number));
        Line($"print({name})");
        Block(1 + _choices.Next(2));
        if (_choices.OneIn(5)) Line($"if {Condition(1)} then break end");
        _names.RemoveAt(_names.Count - 1);
        Line(wraps ? "end end" : "end");
    }

    private void GenericFor()
    {
        var key = NewName();
        var value = NewName();
        switch (_choices.Next(6))
        {
            case 0 or 1: Line($"for {key}, {value} in each({Table(2)}) do"); break;
            case 2: Line($"for {key}, {value} in ipairs({Table(2)}) do"); break;
            case 3: Line($"for {key}, {value} in ({Subject()}):gmatch({Pattern()}) do"); break;
            case 4: Line($"for {key}, {value} in utf8.codes({Utf8Text()}) do"); break;
            default:
                Line($"for {key}, {value} in function(s, i) i = (i or 0) + 1 if i < 4 then return i, s end end, " +
                    $"{Any(1)} do"); break;
        }

        _names.Add((key, Kind.Any));
        _names.Add((value, Kind.Any));
        Line($"print({key}, show({value}))");
        if (_choices.OneIn(2)) Block(1);
        if (_choices.OneIn(6)) Line("break");
        _names.RemoveRange(_names.Count - 2, 2);
        Line("end");
    }

    private void While()
    {
        var name = "n" + (++_nextName).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Line($"local {name} = 0");
        Line($"while {name} < 3 and ({Condition(1)}) do {name} = {name} + 1");
        _names.Add((name, Kind.Number));
        Block(1 + _choices.Next(2));
        if (_choices.OneIn(4)) Line($"if {Condition(1)} then break end");
        _names.RemoveAt(_names.Count - 1);
        Line("end");
    }

    private void Repeat()
    {
        var name = "n" + (++_nextName).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var inner = NewName();
        Line($"local {name} = 0 repeat {name} = {name} + 1 local {inner} = {Any(2)}");
        _names.Add((name, Kind.Number));
        _names.Add((inner, Kind.Any));
        Block(1);
        Line($"g1 = function() return {inner}, {name} end");
        _names.RemoveRange(_names.Count - 2, 2);
        Line($"until {name} > 2 or {inner} == {Any(1)} print(g1())");
    }

    private void LocalFunction()
    {
        var name = NewName();
        var varargs = _choices.OneIn(2);
        Line($"local function {name}(a, b{(varargs ? ", ..." : "")})");
        var (saved, coroutine, names) = (_hasVarargs, _inCoroutine, _names.Count);
        _hasVarargs = varargs;
        _names.Add(("a", Kind.Any));
        _names.Add(("b", Kind.Any));
        Block(1 + _choices.Next(2));
        Line(_choices.OneIn(5) ? $"return tostring({Plain(1)}) end" : $"return {Any(2)}{(varargs ? ", ..." : "")} end");
        _names.RemoveRange(names, _names.Count - names);
        (_hasVarargs, _inCoroutine) = (saved, coroutine);
        _names.Add((name, Kind.Function));
        Line(_choices.OneIn(2)
            ? $"print(pcall({name}, {Any(1)}, {Any(1)}, {Any(1)}))"
            : $"print(({name}({Any(1)}, {Any(1)})))");
    }

    private void GotoLoop()
    {
        var name = "n" + (++_nextName).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Line($"do local {name} = 0 ::again{name}:: {name} = {name} + 1");
        _names.Add((name, Kind.Number));
        Line($"local c = {Any(1)} local f = function() c = {name} return c end g2 = f");
        Block(1);
        if (_choices.OneIn(2)) Line($"if {Condition(1)} then goto out{name} end");
        Line($"if {name} < 3 then goto again{name} end ::out{name}:: end print(g2())");
        _names.RemoveAt(_names.Count - 1);
    }

    private void Closures()
    {
        Line("do local fs = {}");
        Line($"for i = 1, 3 do local up = {Any(2)} fs[#fs + 1] = function(x) i = i + 1 up = x or up return i, " +
            $"show(up) end");
        Line("fs[#fs + 1] = function() return up, i end end");
        Line($"for i = 1, #fs do print(pcall(fs[i], {Any(1)})) end");
        Line("for i = #fs, 1, -1 do print(pcall(fs[i])) end end");
    }

    private void LoadChunk()
    {
        var saved = _text.Length;
        var (names, varargs) = (_names.Count, _hasVarargs);
        _hasVarargs = true;
        Block(2);
        _hasVarargs = varargs;
        _names.RemoveRange(names, _names.Count - names);
        var inner = _text.ToString(saved, _text.Length - saved);
        _text.Length = saved;
        if (_choices.OneIn(3) && inner.Length > 0) inner = Damaged(inner, _choices);
        var level = new string('=', 3 + _nesting);
        Line($"do local f, m = load([{level}[{inner}]{level}], " +
            $"{_choices.Of("'=c'", "'@file.lua'", "'text\\nmore'", "nil", "('x'):rep(70)")})");
        Line($"print(f and 'ok', m) if f then print(pcall(f, {Any(1)})) end end");
    }

    private void ErrorObjects()
    {
        var value = Any(2);
        Line(_choices.Next(9) switch
        {
            0 => $"print(pcall(error, {value}))",
            1 => $"print(pcall(error, {value}, {_choices.Of("0", "1", "2", "3")}))",
            2 => $"print(pcall(assert, {value}, {Any(1)}))",
            3 => $"print(xpcall(function() return {value} + nil end, function(m) return show(m), {Any(1)} end))",
            4 => $"print(xpcall({value}, function(m) return show(m) end, {Any(1)}))",
            5 => $"print(select(2, pcall(function() local x = {value} x.y.z = 1 end)))",
            6 => $"print(pcall(function() local function f() error({value}, 2) end f() end))",
            7 => $"print(xpcall(function() error({value}) end, function(m) error(m) end))",
            _ => $"print(xpcall(function() error({value}, 0) end, debug.traceback))",
        });
    }
}
