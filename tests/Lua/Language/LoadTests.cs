namespace AirHil.Lua.Tests.Language;

/// <summary>
/// load, its environment, its modes and binary chunks. Expectations are those of PUC-Rio Lua 5.3.6, built for both
/// widths.
/// </summary>
public sealed class LoadTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Text, pieces and names",
            """print(load('return 1 + 1')()) local parts = {'return ', '4', '2', nil} local i = 0 print(load(function() i = i + 1 return parts[i] end)()) print(type(load('error("x")', '=name'))) print(pcall(load('error("x")', '=name'))) print(pcall(load('error("x")', '@file.lua'))) print(pcall(load('error("x")')))""",
            """
            2
            42
            function
            false	name:1: x
            false	file.lua:1: x
            false	[string "error("x")"]:1: x
            """,
            Same
        },
        {
            "The environment is an upvalue",
            """local env = {y = 5} local f = load('x = y return _ENV', 'c', 't', env) print(f() == env, env.x, x) print((debug.getupvalue(f, 1))) print(load('return _ENV', 'c', 't', nil)())""",
            """
            true	5	nil
            _ENV
            nil
            """,
            Same
        },
        {
            "_ENV as a local",
            """local function f() local _ENV = {print = print, v = 1} w = v + 1 print(v, w) end f() print(w, v) local function g(_ENV) return z end print(g({z = 9}))""",
            """
            1	2
            nil	nil
            9
            """,
            Same
        },
        {
            "Modes and refusals",
            """print(load('return 1', 'c', 'b')) print(load('x ===', '=c')) print(pcall(function() return load(function() return {} end) end)) print(pcall(load, function() error('in reader', 0) end)) print(pcall(load, 1))""",
            """
            nil	attempt to load a text chunk (mode is 'b')
            nil	c:1: syntax error near '=='
            true	nil	main.lua:1: reader function must return a string
            true	nil	in reader
            true	nil	[string "1"]:1: unexpected symbol near '1'
            """,
            Same
        },
        {
            "Dumped functions come back",
            """local function f(a, ...) local t = {a, ...} for i = 1, #t do t[i] = t[i] * 2.5 end return table.unpack(t) end print(load(string.dump(f))(1, 2, 3)) print(load(string.dump(f, true), 'x', 'b')(4)) print(load(string.dump(f), 'c', 't'))""",
            """
            2.5	5.0	7.5
            10.0
            nil	attempt to load a binary chunk (mode is 't')
            """,
            Same
        },
        {
            "Upvalues of a dumped function are new",
            """local n = 10 local function g() n = n + 1 return n end local h = load(string.dump(g)) print(pcall(h)) debug.setupvalue(h, 1, 1) print(h(), n, pcall(string.dump, print))""",
            """
            false	main.lua:1: attempt to perform arithmetic on a table value (upvalue 'n')
            2	10	false	unable to dump given function
            """,
            Same
        },
        {
            "A stripped function has no names and no lines",
            """local f = load(string.dump(load('local a = ... ; return a.b.c', '=s'), true)) print(pcall(f, {})) print(debug.getinfo(f, 'S').short_src, debug.getinfo(f, 'S').source, next(debug.getinfo(f, 'L').activelines)) print(pcall(load(string.dump(load('error("e")'), true))))""",
            """
            false	?:-1: attempt to index a nil value (field 'b')
            ?	=?	nil
            false	e
            """,
            Same
        },
        {
            "Truncated and spoilt chunks are refused",
            """
            local c = string.dump(function(a) local t = {a} return t, 'text', 1.5 end) local ok = 0 for i = 1, #c - 1 do local f, m = load(c:sub(1, i)) if not f and m:find('truncated precompiled chunk') then ok = ok + 1 end end print(ok == #c - 1, load(c:sub(1, 20), '=name'))
            print(load('\27Lua\0')) print(load('\27Lua' .. c:sub(5, 5) .. '\1' .. c:sub(7))) print(load('\27Lux'))
            """,
            """
            true	nil	name: truncated precompiled chunk
            nil	binary string: version mismatch in precompiled chunk
            nil	binary string: format mismatch in precompiled chunk
            nil	binary string: not a precompiled chunk
            """,
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
