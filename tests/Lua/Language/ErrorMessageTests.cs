namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Messages with positions, names and levels. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.
/// </summary>
public sealed class ErrorMessageTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Names of the culprit",
            """
            local t, up = {}, nil
            print(pcall(function() return t.x.y end)) print(pcall(function() return up.x end)) print(pcall(function() undefinedglobal() end)) print(pcall(function() t.method() end)) print(pcall(function() t:method() end))
            print(pcall(function() local a = 'x' return a + 1 end)) print(pcall(function() return t .. 'x' end)) print(pcall(function() return #up end)) print(pcall(function() return -{} end)) print(pcall(function() t.a.b = 1 end))
            """,
            """
            false	main.lua:2: attempt to index a nil value (field 'x')
            false	main.lua:2: attempt to index a nil value (upvalue 'up')
            false	main.lua:2: attempt to call a nil value (global 'undefinedglobal')
            false	main.lua:2: attempt to call a nil value (field 'method')
            false	main.lua:2: attempt to call a nil value (method 'method')
            false	main.lua:3: attempt to perform arithmetic on a string value (local 'a')
            false	main.lua:3: attempt to concatenate a table value (upvalue 't')
            false	main.lua:3: attempt to get length of a nil value (upvalue 'up')
            false	main.lua:3: attempt to perform arithmetic on a table value
            false	main.lua:3: attempt to index a nil value (field 'a')
            """,
            Same
        },
        {
            "Operators on wrong types",
            """print(pcall(function() return 1 < 'x' end)) print(pcall(function() return {} < {} end)) print(pcall(function() return nil > 1 end)) print(pcall(function() return 1 & 1.5 end)) print(pcall(function() return 'a' | 1 end)) print(pcall(function() return 2^80 | 1 end))""",
            """
            false	main.lua:1: attempt to compare number with string
            false	main.lua:1: attempt to compare two table values
            false	main.lua:1: attempt to compare number with nil
            false	main.lua:1: number has no integer representation
            false	main.lua:1: attempt to perform bitwise operation on a string value
            false	main.lua:1: number has no integer representation
            """,
            Same
        },
        {
            "Levels of error",
            """
            local function l1() error('one', 1) end local function l2() error('two', 2) end local function l0() error('zero', 0) end
            print(pcall(l1)) print(pcall(function() l2() end)) print(pcall(l0)) print(pcall(error)) print(pcall(error, nil)) print(pcall(error, {1}) == false, type(select(2, pcall(error, {1}))))
            """,
            """
            false	main.lua:1: one
            false	main.lua:2: two
            false	zero
            false	nil
            false	nil
            true	table
            """,
            Same
        },
        {
            "assert",
            """print(pcall(assert, false)) print(pcall(assert, nil, 'msg')) print(pcall(assert, false, {}) == false) print(pcall(assert)) print(assert(1, 2, 3))""",
            """
            false	assertion failed!
            false	msg
            true
            false	bad argument #1 to 'assert' (value expected)
            1	2	3
            """,
            Same
        },
        {
            "Argument errors",
            """print(pcall(string.rep)) print(pcall(string.rep, 'x', {})) print(pcall(('x').rep, 'x', 'y')) print(pcall(function() ('x'):rep({}) end)) print(pcall(function() string.rep() end)) print(pcall(setmetatable, 1, 2)) print(pcall(ipairs))""",
            """
            false	bad argument #1 to 'string.rep' (string expected, got no value)
            false	bad argument #2 to 'string.rep' (number expected, got table)
            false	bad argument #2 to 'string.rep' (number expected, got string)
            false	main.lua:1: bad argument #1 to 'rep' (number expected, got table)
            false	main.lua:1: bad argument #1 to 'rep' (string expected, got no value)
            false	bad argument #1 to 'setmetatable' (table expected, got number)
            false	bad argument #1 to 'ipairs' (value expected)
            """,
            Same
        },
        {
            "Handlers of xpcall",
            """
            print(xpcall(function() error('e', 0) end, function(m) return m .. '!' end)) print(xpcall(function(...) return ... end, print, 1, 2)) print(xpcall(function() error() end, function(m) return m == nil end))
            print(xpcall(function() local x = nil + 1 end, function(m) return (m:gsub('nil', 'NIL')) end)) print(pcall(xpcall)) print(xpcall(error, function(m) error('again') end) == false)
            """,
            """
            false	e!
            true	1	2
            false	true
            false	main.lua:2: attempt to perform arithmetic on a NIL value
            false	bad argument #2 to 'xpcall' (function expected, got no value)
            true
            """,
            Same
        },
        {
            "Nested pcall keeps the inner result",
            """print(pcall(pcall, error, 'x')) print(pcall(pcall)) print(select('#', pcall(function() return nil, nil end)))""",
            """
            true	false	x
            false	bad argument #1 to 'pcall' (value expected)
            3
            """,
            Same
        },
        {
            "Syntax errors name the token and the line",
            """for _, s in ipairs{'x =', 'x = }', 'for i = 1 do end', 'local function end', 'x = "abc', 'x = [[abc', 'return return', 'a.b:c = 1', 'x = 1e', "x = '\\q'", 'goto nowhere', 'f(\n1,\n2', '::a', 'local t = {1, 2', 'x = ~', '\1', 'if x then else elseif', 'x = 0x', 'a = 3 = 4'} do print((select(2, load(s, '=s')))) end""",
            """
            s:1: unexpected symbol near <eof>
            s:1: unexpected symbol near '}'
            s:1: ',' expected near 'do'
            s:1: <name> expected near 'end'
            s:1: unfinished string near <eof>
            s:1: unfinished long string (starting at line 1) near <eof>
            s:1: unexpected symbol near 'return'
            s:1: function arguments expected near '='
            s:1: malformed number near '1e'
            s:1: invalid escape sequence near ''\q'
            s:1: no visible label 'nowhere' for <goto> at line 1
            s:3: ')' expected (to close '(' at line 1) near <eof>
            s:1: '::' expected near <eof>
            s:1: '}' expected near <eof>
            s:1: unexpected symbol near <eof>
            s:1: unexpected symbol near '<\1>'
            s:1: 'end' expected near 'elseif'
            s:1: malformed number near '0x'
            s:1: unexpected symbol near '='
            """,
            Same
        },
        {
            "Stack overflow is caught",
            """local function r() return 1 + r() end local ok, m = pcall(r) print(ok, (m:gsub('\n.*', ''):match('stack overflow')))""",
            """false	stack overflow""",
            Same
        },
        {
            "Errors in the error handler end",
            """print((select(2, xpcall(function() local x = nil .. 'a' end, function() local y = nil .. 'b' end))))""",
            """error in error handling""",
            Same
        },
        {
            "String arithmetic in errors",
            """print(pcall(function() return 'abc' + 1 end)) print(pcall(function() return {} + 'x' end)) print(pcall(function() local a = {} a.b.c.d = 1 end)) print(pcall(function() return math.floor('x') end)) print(pcall(function() return ('x')() end))""",
            """
            false	main.lua:1: attempt to perform arithmetic on a string value
            false	main.lua:1: attempt to perform arithmetic on a table value
            false	main.lua:1: attempt to index a nil value (field 'b')
            false	main.lua:1: bad argument #1 to 'floor' (number expected, got string)
            false	main.lua:1: attempt to call a string value (constant 'x')
            """,
            Same
        },
        {
            "Tracebacks",
            """
            local function f() error('deep') end local function g() f() end
            print(select(2, xpcall(g, debug.traceback))) print(debug.traceback('m', 1)) print(debug.traceback(nil) == nil, type(debug.traceback({})))
            """,
            """
            main.lua:1: deep
            stack traceback:
            	[C]: in function 'error'
            	main.lua:1: in upvalue 'f'
            	main.lua:1: in function <main.lua:1>
            	[C]: in function 'xpcall'
            	main.lua:2: in main chunk
            	[C]: in ?
            m
            stack traceback:
            	main.lua:2: in main chunk
            	[C]: in ?
            false	table
            """,
            Same
        },
        {
            "Tracebacks of tail calls and methods",
            """local o = {} function o:m() return debug.traceback('t') end function o.n() return (o:m()) end local function tail() return o.n() end print(tail())""",
            """
            t
            stack traceback:
            	main.lua:1: in method 'm'
            	main.lua:1: in function <main.lua:1>
            	(...tail calls...)
            	main.lua:1: in main chunk
            	[C]: in ?
            """,
            Same
        },
        {
            "Long tracebacks are cut",
            """local function deep(n) if n == 0 then return (debug.traceback('long')) end return (deep(n - 1)) end local _, lines = deep(40):gsub('\n', '') print(lines, deep(40):match('\n%s*%.%.%.\n') ~= nil)""",
            """23	true""",
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
