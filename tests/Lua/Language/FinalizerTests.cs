namespace AirHil.Lua.Tests.Language;

/// <summary>
/// __gc, its order and resurrection. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.
/// </summary>
public sealed class FinalizerTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Latest first",
            """for i = 1, 4 do setmetatable({}, {__gc = function() io.write(i, ' ') end}) end collectgarbage() print()""",
            """4 3 2 1 """,
            Same
        },
        {
            "Only a metatable that had __gc when it was set counts",
            """local ran = {} local mt = {} setmetatable({}, mt) mt.__gc = function() ran[#ran + 1] = 'late' end setmetatable({}, {__gc = true}) collectgarbage() print(#ran)""",
            """0""",
            Same
        },
        {
            "A finalizer may bring its object back, once",
            """local back, n = nil, 0 local mt = {__gc = function(o) back = o n = n + 1 end} setmetatable({v = 7}, mt) collectgarbage() print(back.v, n) back = nil collectgarbage() print(back, n)""",
            """
            7	1
            nil	1
            """,
            Same
        },
        {
            "Set again, it is called again",
            """local n = 0 local mt mt = {__gc = function(o) n = n + 1 if n < 3 then setmetatable(o, mt) end end} setmetatable({}, mt) for i = 1, 5 do collectgarbage() end print(n)""",
            """3""",
            Same
        },
        {
            "Weak values go before the finalizer, weak keys after",
            """
            local wv, wk = setmetatable({}, {__mode = 'v'}), setmetatable({}, {__mode = 'k'})
            do local o = setmetatable({}, {__gc = function(o) print(wv[1], wk[o]) end}) wv[1] = o wk[o] = 'still' end collectgarbage() print(next(wk) ~= nil) collectgarbage() print(next(wk) ~= nil)
            """,
            """
            nil	still
            true
            false
            """,
            Same
        },
        {
            "Its error is raised by collectgarbage",
            """setmetatable({}, {__gc = function() error('no') end}) print(pcall(collectgarbage)) setmetatable({}, {__gc = function() error({}) end}) print(pcall(collectgarbage))""",
            """
            false	error in __gc metamethod (main.lua:1: no)
            false	error in __gc metamethod (no message)
            """,
            Same
        },
        {
            "Upvalues of a dead coroutine live one cycle longer",
            """
            local done = false do local co = coroutine.create(function(me) local held = {me} setmetatable(held, {__gc = function() done = true end}) local function f() return held end coroutine.yield(f) end) coroutine.resume(co, co) end
            collectgarbage() print(done) collectgarbage() print(done)
            """,
            """
            false
            true
            """,
            Same
        },
        {
            "The switchboard",
            """collectgarbage('stop') print(collectgarbage('isrunning')) collectgarbage('restart') print(collectgarbage('isrunning'), collectgarbage('step') ~= nil, collectgarbage('setpause', 150), collectgarbage('setpause', 200), pcall(collectgarbage, 'nonsense'))""",
            """
            false
            true	true	200	150	false	bad argument #1 to 'collectgarbage' (invalid option 'nonsense')
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
