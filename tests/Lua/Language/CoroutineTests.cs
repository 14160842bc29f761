namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Yields across everything that may be yielded across. Expectations are those of PUC-Rio Lua 5.3.6, built for both
/// widths.
/// </summary>
public sealed class CoroutineTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Values go in and out",
            """
            local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) local d, e = coroutine.yield(c * 2) return d, e end)
            print(coroutine.resume(co, 1, 2)) print(coroutine.resume(co, 10)) print(coroutine.resume(co, 'x', 'y')) print(coroutine.resume(co)) print(coroutine.status(co))
            """,
            """
            true	3
            true	20
            true	x	y
            false	cannot resume dead coroutine
            dead
            """,
            Same
        },
        {
            "Inside pcall, and an error after the yield",
            """
            local co = coroutine.wrap(function() local ok, e = pcall(function() coroutine.yield(1) error('late', 0) end) coroutine.yield(ok, e) return 'end' end)
            print(co()) print(co()) print(co()) print(pcall(co))
            """,
            """
            1
            false	late
            end
            false	cannot resume dead coroutine
            """,
            Same
        },
        {
            "Inside xpcall with a handler",
            """
            local co = coroutine.wrap(function() return xpcall(function(a) local b = coroutine.yield(a) error(b, 0) end, function(m) return '<' .. m .. '>' end, 'in') end)
            print(co()) print(co('boom'))
            """,
            """
            in
            false	<boom>
            """,
            Same
        },
        {
            "Inside an iterator of a for loop",
            """
            local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
            for i, s in range(3) do io.write(i, ':', s, ' ') end print()
            """,
            """1:1 2:4 3:9 """,
            Same
        },
        {
            "Not inside sort, gsub or a finalizer",
            """
            local function try(f) return (select(2, coroutine.resume(coroutine.create(f)))) end
            print(try(function() table.sort({3, 2, 1}, coroutine.yield) end)) print(try(function() return (string.gsub('a', 'a', coroutine.yield)) end))
            print(pcall(coroutine.yield)) print(coroutine.isyieldable(), coroutine.wrap(coroutine.isyieldable)())
            """,
            """
            attempt to yield across a C-call boundary
            attempt to yield across a C-call boundary
            false	attempt to yield from outside a coroutine
            false	true
            """,
            Same
        },
        {
            "Coroutines in sort and gsub callbacks run of their own",
            """
            local co = coroutine.wrap(function() while true do coroutine.yield('-') end end)
            print((string.gsub('abc', '.', function(c) return c .. co() end)))
            local t = {3, 1, 2} local cmp = coroutine.wrap(function(a, b) while true do a, b = coroutine.yield(a < b) end end) table.sort(t, cmp) print(table.concat(t, ' '))
            """,
            """
            a-b-c-
            1 2 3
            """,
            Same
        },
        {
            "Running, status and the main coroutine",
            """
            print(select(2, coroutine.running())) local co co = coroutine.create(function() print(coroutine.status(co), select(2, coroutine.running())) coroutine.wrap(function() print(coroutine.status(co)) end)() end)
            coroutine.resume(co) print(coroutine.status(co))
            """,
            """
            true
            running	false
            normal
            dead
            """,
            Same
        },
        {
            "Resuming what cannot be resumed",
            """
            print(coroutine.resume(coroutine.running())) local co = coroutine.create(print) coroutine.resume(co) print(coroutine.resume(co))
            local self self = coroutine.create(function() return coroutine.resume(self) end) print(coroutine.resume(self))
            """,
            """
            false	cannot resume non-suspended coroutine

            false	cannot resume dead coroutine
            true	false	cannot resume non-suspended coroutine
            """,
            Same
        },
        {
            "An error kills the coroutine and keeps its traceback",
            """
            local co = coroutine.create(function() local function deep() error('bad') end deep() end)
            print(coroutine.resume(co)) print(coroutine.status(co)) print(debug.traceback(co))
            """,
            """
            false	main.lua:1: bad
            dead
            stack traceback:
            	[C]: in function 'error'
            	main.lua:1: in local 'deep'
            	main.lua:1: in function <main.lua:1>
            """,
            Same
        },
        {
            "wrap passes errors on with a position",
            """local w = coroutine.wrap(function() error('inner') end) print(pcall(w)) local w2 = coroutine.wrap(function() error({}) end) print(type(select(2, pcall(w2))))""",
            """
            false	main.lua:1: inner
            table
            """,
            Same
        },
        {
            "Deep recursion inside a coroutine",
            """
            local function depth(n) if n == 0 then return coroutine.yield('bottom') end return 1 + depth(n - 1) end
            local co = coroutine.wrap(depth) print(co(5000)) print(co(0))
            """,
            """
            bottom
            5000
            """,
            Same
        },
        {
            "Coroutines that resume each other to the limit",
            """local function nest(n) return n == 0 and 'ok' or coroutine.wrap(nest)(n - 1) end print(nest(100)) print(pcall(nest, 250))""",
            """
            ok
            false	main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: main.lua:1: C stack overflow
            """,
            Same
        },
        {
            "table.unpack, select and yields of many values",
            """
            local co = coroutine.wrap(function(...) local n = select('#', ...) while true do n = select('#', coroutine.yield(n)) end end)
            print(co(table.unpack({}, 1, 200)), co(), co(nil, nil))
            """,
            """200	0	2""",
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
