namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Operators, indexing, calls and comparison through metatables. Expectations are those of PUC-Rio Lua 5.3.6, built for
/// both widths.
/// </summary>
public sealed class MetamethodTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Every arithmetic and bitwise operator",
            """
            local log = {} local mt = {}
            for _, n in ipairs{'add','sub','mul','div','mod','pow','idiv','band','bor','bxor','shl','shr','concat','unm','bnot','len'} do
              mt['__' .. n] = function(a, b) return n end end
            local t = setmetatable({}, mt)
            print(t + 1, 1 - t, t * t, t / 2, 2 % t, t ^ 2, t // 1, t & 1, 1 | t, t ~ t, t << 1, 1 >> t, t .. 'x', -t, ~t, #t)
            """,
            """add	sub	mul	div	mod	pow	idiv	band	bor	bxor	shl	shr	concat	unm	bnot	len""",
            Same
        },
        {
            "__index chains over tables and functions",
            """
            local base = {x = 1} local mid = setmetatable({y = 2}, {__index = base})
            local top = setmetatable({}, {__index = function(t, k) return mid[k] or k .. '?' end})
            print(top.x, top.y, top.z, rawget(top, 'x'))
            """,
            """1	2	z?	nil""",
            Same
        },
        {
            "__newindex to a table, to a function and past rawset",
            """
            local store = {} local t = setmetatable({}, {__newindex = store}) t.a = 1 print(rawget(t, 'a'), store.a)
            local u = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end}) u.a = 4 u.a = 5 print(u.a)
            """,
            """
            nil	1
            5
            """,
            Same
        },
        {
            "__eq is asked for tables only and once, its result is a boolean",
            """
            local n = 0 local mt = {__eq = function() n = n + 1 return 'yes' end}
            local a, b = setmetatable({}, mt), setmetatable({}, mt)
            print(a == b, a ~= b, a == a, a == 1, n, rawequal(a, b))
            """,
            """true	false	true	false	2	false""",
            Same
        },
        {
            "__lt and __le, and __le made of __lt",
            """
            local mt = {__lt = function(a, b) return a.v < b.v end}
            local function v(n) return setmetatable({v = n}, mt) end
            print(v(1) < v(2), v(1) > v(2), v(1) <= v(2), v(2) >= v(3), pcall(function() return v(1) < 1 end))
            """,
            """true	false	true	false	false	main.lua:1: attempt to index a number value (local 'b')""",
            Same
        },
        {
            "__call chains its arguments",
            """
            local c = setmetatable({}, {__call = function(self, ...) return select('#', ...), ... end})
            print(c(1, nil, 3)) print(pcall(c, 'x')) print(pcall(setmetatable({}, {__call = 5})))
            """,
            """
            3	1	nil	3
            true	1	x
            false	attempt to call a table value
            """,
            Same
        },
        {
            "__concat takes the right operand first",
            """
            local mt = {__concat = function(a, b) return (type(a) == 'table' and 'T' or a) .. '|' .. (type(b) == 'table' and 'T' or b) end}
            local t = setmetatable({}, mt) print(1 .. 2 .. t, t .. 1 .. 2, 'a' .. t .. 'b' .. t)
            """,
            """12|T	T|12	aT|b|T""",
            Same
        },
        {
            "__tostring, __name, __metatable, __pairs, __len",
            """
            print(tostring(setmetatable({}, {__tostring = function() return 'me' end})), (tostring(setmetatable({}, {__name = 'N'})):gsub('0?x?%x+$', '')))
            print(pcall(tostring, setmetatable({}, {__tostring = function() return 1 == 1 end})))
            print(getmetatable(setmetatable({}, {__metatable = 'locked'})), pcall(setmetatable, setmetatable({}, {__metatable = 1}), {}))
            for k, v in pairs(setmetatable({}, {__pairs = function(t) return function(_, k) if not k then return 1, 'one' end end, t, nil end})) do print(k, v) end
            """,
            """
            me	N: 
            false	'__tostring' must return a string
            locked	false	cannot change a protected metatable
            1	one
            """,
            Same
        },
        {
            "A metamethod may yield",
            """
            local t = setmetatable({}, {__index = function(_, k) return coroutine.yield(k) end, __add = function(a, b) return coroutine.yield('add') end,
              __lt = function() return coroutine.yield('lt') end, __concat = function() return coroutine.yield('cat') end})
            local co = coroutine.wrap(function() local r = t.x + t local s = t < t return r, s, t .. 'x', 'x' .. t end)
            print(co()) print(co(t)) print(co(5)) print(co(nil)) print(co('c1')) print(co('c2'))
            """,
            """
            x
            add
            lt
            cat
            cat
            5	false	c1	c2
            """,
            Same
        },
        {
            "ipairs and table functions respect metamethods",
            """
            local t = setmetatable({}, {__index = function(_, i) if i <= 3 then return i * i end end, __len = function() return 3 end})
            for i, v in ipairs(t) do io.write(i, '=', v, ' ') end print(table.concat(t, ','), table.unpack(t))
            """,
            """1=1 2=4 3=9 1,4,9	1	4	9""",
            Same
        },
        {
            "Loops of __index end",
            """local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a}) print(pcall(function() return a.x end))""",
            """false	main.lua:1: '__index' chain too long; possible loop""",
            Same
        },
        {
            "Integer keys are normalised, NaN and nil are refused",
            """local t = {} t[1.0] = 'a' t[2^1] = 'b' print(#t, next(t), t[1], pcall(rawset, t, 0/0, 1)) print(pcall(function() t[nil] = 1 end)) print(t[nil], t[0/0])""",
            """
            2	1	a	false	table index is NaN
            false	main.lua:1: table index is nil
            nil	nil
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
