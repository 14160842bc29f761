namespace AirHil.Lua.Tests.Differential;

/// <summary>Statements over tables, metatables and coroutines.</summary>
internal sealed partial class ProgramWriter
{
    private static readonly string[] Arithmetic =
        ["add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat"];

    private void TableWork()
    {
        var table = NameOf(Kind.Table) ?? "{}";
        Line(_choices.Next(20) switch
        {
            0 => $"print(pcall(table.insert, {table}, {Any(1)}))",
            1 => $"print(pcall(table.insert, {table}, {Number(1)}, {Any(1)}))",
            2 => $"print(pcall(table.remove, {table}))",
            3 => $"print(pcall(table.remove, {table}, {Number(1)}))",
            4 => $"print(pcall(table.concat, {table}, {Text(1)}))",
            5 => $"print(pcall(table.concat, {table}, ',', {Number(1)}, {_choices.Of("3", "2", "#" + table)}))",
            6 => $"print(pcall(table.unpack, {table}, {_choices.Of("1", "-1", "0", "2", "math.maxinteger - 1")}, " +
                $"{_choices.Of("3", "1", "nil", "math.maxinteger", "1e8")}))",
            7 => $"print(show(table.pack({Calls()})))",
            8 => $"print(pcall(table.sort, {table}))",
            9 => $"do local t = {{{Numbers()}}} table.sort(t, function(a, b) return a > b end) " +
                $"print(table.concat(t, ' ')) end",
            10 => $"do local t = {{{Texts()}}} print(pcall(table.sort, t)) print(show(t)) end",
            11 => $"print(pcall(table.sort, {{{Numbers()}}}, function(a, b) return " +
                $"{_choices.Of("true", "a <= b", "nil", "a // 2 < b // 2")} end))",
            12 => $"print(pcall(function() return show(table.move({table}, " +
                $"{_choices.Of("1, 3", "2, 3", "0, 2", "-1, math.maxinteger", "math.mininteger, 0", "3, 1")}, " +
                $"{_choices.Of("2", "1", "5", "math.maxinteger", "math.maxinteger - 1")})) end))",
            13 => $"for i = 1, {_choices.Of("3", "8", "17")} do " +
                $"{table}[{_choices.Of("i", "i * 2", "i .. ''", "i + 0.5", "-i", "i * 1.0", "i * 2^24",
                    "'k' .. i")}] = i end print(#{table}, show({table}))",
            14 => $"for i = {_choices.Of("1, 5", "5, 1, -1", "1, 9, 2")} do {table}[i] = nil end print(#{table}, " +
                $"show({table}))",
            15 => $"print(pcall(following, {table}, {Key()}))",
            16 => $"print(rawlen({table}), rawget({table}, {Key()}), rawequal({table}, {Any(1)}))",
            17 => $"print(pcall(rawset, {table}, {Key()}, {Any(1)}))",
            18 => $"do local o = {{}} local u = {{[o] = {Any(1)}}} " +
                "print(show(u[o]), #u, next(u) == o) u[o] = nil print(next(u)) end",
            _ => $"for k in each({table}) do {table}[k] = {_choices.Of("nil", "1", "k")} end print(show({table}))",
        });
    }

    private string Numbers()
    {
        var items = new string[1 + _choices.Next(12)];
        for (var i = 0; i < items.Length; i++) items[i] = Literal();
        return string.Join(", ", items);
    }

    private string Texts()
    {
        var items = new string[1 + _choices.Next(8)];
        for (var i = 0; i < items.Length; i++) items[i] = TextLiteral();
        return string.Join(", ", items);
    }

    private void MetaObject()
    {
        var name = NewName();
        var events = Metamethods();
        Line($"local {name} = setmetatable({Table(1)}, {{{string.Join(",\n", events)}}})");
        _names.Add((name, Kind.Any));
        Uses(name);
        if (_choices.OneIn(3))
        {
            Line($"print(pcall(function() {name}[{Key()}] = {Any(1)} {name}.z = 1 return rawlen({name}) end))");
        }

        if (_choices.OneIn(4)) Line($"print(pcall(function() for k, v in each({name}) do print(k, v) break end end))");
    }

    private List<string> Metamethods()
    {
        var events = new List<string>();
        foreach (var metamethod in Arithmetic)
        {
            if (_choices.OneIn(4))
            {
                events.Add(
                    $"__{metamethod} = function(a, b) return " +
                    $"{_choices.Of($"'{metamethod}:' .. type(a) .. type(b)", "a", "b", "nil", Any(1))} end");
            }
        }

        if (_choices.OneIn(2))
        {
            events.Add(
                $"__index = " +
                $"{_choices.Of("function(t, k) return k end", "{x = 1, [1] = 'one'}", Any(1),
                    "function(t, k) error(k) end", "string")}");
        }

        if (_choices.OneIn(4))
        {
            events.Add($"__newindex = {_choices.Of("function(t, k, v) rawset(t, k, show(v)) end", "{}", Any(1))}");
        }

        if (_choices.OneIn(3))
        {
            events.Add(
                $"__call = {_choices.Of("function(self, ...) return select('#', ...), ... end", "print", Any(1))}");
        }

        if (_choices.OneIn(3)) events.Add($"__len = function(t) return {Any(1)} end");
        if (_choices.OneIn(4))
        {
            events.Add($"__unm = function(a, b) return {_choices.Of("'unm'", "rawequal(a, b)")} end");
        }

        if (_choices.OneIn(4)) events.Add("__bnot = function(a) return 'bnot' end");
        if (_choices.OneIn(3)) events.Add($"__eq = function(a, b) return {Any(1)} end");
        if (_choices.OneIn(3)) events.Add($"__lt = function(a, b) return {Any(1)} end");
        if (_choices.OneIn(3)) events.Add($"__le = function(a, b) return {Any(1)} end");
        if (_choices.OneIn(4))
        {
            events.Add($"__tostring = function(t) return {_choices.Of("'object'", "1", Any(1))} end");
        }

        if (_choices.OneIn(5)) events.Add($"__name = {_choices.Of("'Named'", "1")}");
        if (_choices.OneIn(5))
        {
            events.Add("__pairs = function(t) return function(_, k) if not k then return 1, 'p' end end, t, nil end");
        }

        if (_choices.OneIn(8)) events.Add($"__metatable = {_choices.Of("'locked'", "false")}");
        return events;
    }

    /// <summary>Operators and calls on an object with metamethods; errors are a part of the output.</summary>
    private void Uses(string name)
    {
        var other = _choices.Of("1", "'s'", name, AnyName(), "{}", "2.5", "nil",
            $"setmetatable({{}}, getmetatable({name}))");
        var uses = 1 + _choices.Next(4);
        for (var i = 0; i < uses; i++)
        {
            var (left, right) = _choices.OneIn(2) ? (other, name) : (name, other);
            var use = _choices.Next(10) switch
            {
                0 or 1 => $"{left} {Operator()} {right}",
                2 => $"{left} {_choices.Of("<", "<=", ">", ">=", "==", "~=")} {right}",
                3 => $"#{name}, -{name}",
                4 => $"~{name}",
                5 => $"{name}({Any(1)})",
                6 => $"{name}.x, {name}[1], {name}[{Key()}]",
                7 => $"tostring({name})",
                8 => $"getmetatable({name}), setmetatable({name}, nil)",
                _ => $"{name}:{_choices.Of("x", "rep", "y")}(2)",
            };
            Line($"print(pcall(function() return {use} end))");
        }
    }

    private void Coroutine()
    {
        var name = NewName();
        var (varargs, coroutine, names) = (_hasVarargs, _inCoroutine, _names.Count);
        Line($"local {name} = coroutine.{_choices.Of("create", "wrap")}(function(a, ...)");
        (_hasVarargs, _inCoroutine) = (true, true);
        _names.Add(("a", Kind.Any));
        var steps = 1 + _choices.Next(3);
        for (var i = 0; i < steps; i++)
        {
            Line(_choices.Next(9) switch
            {
                0 or 1 => $"print(coroutine.yield({Any(2)}))",
                2 => $"a = coroutine.yield({Any(1)}, ...)",
                3 => $"print(pcall(coroutine.yield, {Any(1)}))",
                4 => $"print(pcall(function() local x = coroutine.yield({Any(1)}) return x.y end))",
                5 => $"for i in function(_, k) return coroutine.yield(k) end do print(i) break end",
                6 => "print(setmetatable({}, {__add = function(p, q) return coroutine.yield('meta') end}) + 1)",
                7 => "print(pcall(table.sort, {2, 1}, function() coroutine.yield(1) end))",
                _ => "print(('ab'):gsub('.', function(c) print(coroutine.isyieldable()) end))",
            });
            if (_choices.OneIn(3)) Block(1);
        }

        Line($"return {Any(1)} end)");
        _names.RemoveRange(names, _names.Count - names);
        (_hasVarargs, _inCoroutine) = (varargs, coroutine);
        _names.Add((name, Kind.Any));
        var resumes = 2 + _choices.Next(4);
        Line($"for i = 1, {resumes.ToString(System.Globalization.CultureInfo.InvariantCulture)} do if " +
            $"type({name}) == 'thread' then print(coroutine.status({name}), coroutine.resume({name}, {Any(1)}, i))");
        Line($"else print(pcall({name}, {Any(1)}, i)) end end");
        if (_choices.OneIn(4))
        {
            Line($"print(pcall(coroutine.status, {name}), coroutine.isyieldable(), select(2, coroutine.running()))");
        }

        if (_choices.OneIn(4)) Line($"print(pcall(debug.traceback, {name}, 'tb'))");
    }
}
