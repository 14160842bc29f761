namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Syntax that nests deeply, chunks that come in pieces, and coroutines where none should be.</summary>
internal static class HostileNesting
{
    private static readonly (string Open, string Middle, string Close)[] Nests =
    [
        ("(", "1", ")"), ("{", "", "}"), ("-", "1", ""), ("not ", "1", ""), ("#", "''", ""), ("a.", "b", ""),
        ("a[", "1", "]"), ("f(", "", ")"), ("function() return ", "1", " end"), ("1 ..", "1", ""), ("2 ^", "2", ""),
        ("1 + (", "1", ")"), ("a and ", "b", ""),
    ];

    private static readonly (string Open, string Close)[] Blocks =
    [
        ("do ", " end"), ("while true do ", " end"), ("if x then ", " end"), ("repeat ", " until x"),
        ("for i = 1, 2 do ", " end"), ("local function f() ", " end"), ("if x then elseif y then ", " end"),
        ("goto l ::l:: do ", " end"),
    ];

    private static readonly string[] Coroutines =
    [
        "local co co = coroutine.wrap(function() return co() end) pcall(co)",
        "setmetatable({}, {__gc = function() coroutine.yield() end}) collectgarbage()",
        "setmetatable({}, {__gc = function(o) setmetatable(o, getmetatable(o)) coroutine.wrap(function() " +
        "error(o) end)() end}) collectgarbage() collectgarbage()",
        "local function r(n) return coroutine.wrap(function() return r(n + 1) end)() end pcall(r, 1)",
        "local co = coroutine.create(function() pcall(coroutine.yield) error({}) end) coroutine.resume(co) " +
        "coroutine.resume(co) debug.traceback(co)",
        "pcall(load, function() return coroutine.yield() end)",
        "load(function() return load(function() error('in the reader') end) end)",
        "local n = 0 load(function() n = n + 1 return n < 5000 and ' local a' .. n .. ' = 1' or nil end)",
        "local n = 0 load(function() n = n + 1 return n < 3000 and '(' or nil end)",
        "local t = setmetatable({}, {}) getmetatable(t).__index = t pcall(function() return t.x end)",
        "local t = setmetatable({}, {__index = function(t, k) return t[k .. 'x'] end}) pcall(function() " +
        "return t.a end)",
        "pcall(table.sort, {3, 1, 2, 5, 4, 9, 8, 7, 6, 0}, function() return true end)",
        "pcall(table.sort, setmetatable({}, {__len = function() return math.maxinteger end}))",
        "debug.sethook(function() error('hook') end, '', 1) for i = 1, 10 do end",
        "xpcall(error, function(e) error(e) end, 'x')",
        "pcall(string.gsub, 'abc', '.', function() coroutine.yield() end)",
    ];

    public static string Next(SplitMix seed)
    {
        var depth = seed.Below(seed.Below(3) == 0 ? 5000 : 230);
        switch (seed.Below(4))
        {
            case 0:
                var (open, middle, close) = Nests[seed.Below(Nests.Length)];
                return $"return {Repeat(open, depth)}{middle}{Repeat(close, depth)}";
            case 1:
                var (begin, end) = Blocks[seed.Below(Blocks.Length)];
                return $"local x, y {Repeat(begin, depth)}{Repeat(end, depth)}";
            case 2:
                var names = string.Join(", ", Enumerable.Range(0, depth).Select(i => $"v{i}"));
                return $"local function f({names}) local {names} = {names} return {names} end return f(f({names}))";
            default:
                return $"{Pick(seed)}\n{Pick(seed)}\npcall(function() {Pick(seed)} end)";
        }
    }

    private static string Pick(SplitMix seed) => Coroutines[seed.Below(Coroutines.Length)];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
