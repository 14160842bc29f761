namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Upvalues are shared, closed and fresh as the reference has them. Expectations are those of PUC-Rio Lua 5.3.6, built
/// for both widths.
/// </summary>
public sealed class ClosureTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Each turn of a loop has variables of its own",
            """
            local f = {}
            for i = 1, 3 do f[i] = function() i = i + 10 return i end end
            print(f[1](), f[1](), f[2](), f[3]())
            """,
            """11	21	12	13""",
            Same
        },
        {
            "Two closures of one scope share the variable",
            """
            local function pair() local n = 0 return function() n = n + 1 return n end, function() return n end end
            local inc, get = pair()
            inc() inc() print(get(), select(2, pair())())
            """,
            """2	0""",
            Same
        },
        {
            "A while loop with a local makes a new variable each time, a repeat condition sees it",
            """
            local out, n = {}, 0
            while n < 3 do n = n + 1 local x = n out[n] = function() x = x * 2 return x end end
            repeat local last = n n = n - 1 until last == 1
            print(out[1](), out[1](), out[3](), n)
            """,
            """2	4	6	0""",
            Same
        },
        {
            "An inner function reaches variables over two levels",
            """
            local function outer() local a = 1 return function() local b = 10 return function() a = a + b b = b + 1 return a end end end
            local mid = outer() local x, y = mid(), mid()
            print(x(), x(), y())
            """,
            """11	22	32""",
            Same
        },
        {
            "A function made again is the cached one while that lives, and another one after its collection",
            """
            local seen, kept = {}, 0
            for i = 1, 100 do local f = function() return 1 end if not seen[f] then seen[f] = true kept = kept + 1 end end
            local made, last = 0
            for i = 1, 100 do
              local f = function() return 2 end
              if tostring(f) ~= last then made = made + 1 last = tostring(f) end
              f = nil collectgarbage()
            end
            print(kept, made > 1)
            """,
            """1	true""",
            Same
        },
        {
            "A break closes what a closure holds",
            """
            local g
            for i = 1, 5 do local j = i if i == 3 then g = function() j = j + 1 return j end break end end
            print(g(), g())
            """,
            """4	5""",
            Same
        },
        {
            "Upvalues can be read, joined and identified",
            """
            local a, b = 1, 2
            local function fa() return a end
            local function fb() return b end
            print(debug.getupvalue(fa, 1)) print(debug.upvalueid(fa, 1) == debug.upvalueid(fb, 1))
            debug.upvaluejoin(fa, 1, fb, 1)
            print(fa(), debug.upvalueid(fa, 1) == debug.upvalueid(fb, 1), pcall(debug.upvaluejoin, fa, 2, fb, 1))
            """,
            """
            a	1
            false
            2	true	false	bad argument #2 to 'debug.upvaluejoin' (invalid upvalue index)
            """,
            Same
        },
        {
            "A recursive local function is its own upvalue",
            """
            local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
            print(fact(10))
            """,
            """3628800""",
            Same
        },
        {
            "A closure outlives the coroutine that made it",
            """
            local co = coroutine.wrap(function() local v = 5 coroutine.yield(function() v = v + 1 return v end) end)
            local h = co() co() print(h(), h())
            """,
            """6	7""",
            Same
        },
        {
            "A method gets self and arguments are adjusted",
            """
            local o = {n = 2} function o:add(x, y) return self.n, x, y end
            print(o:add(1)) print(o.add({n = 7}, 1, 2, 3))
            """,
            """
            2	1	nil
            7	1	2
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
