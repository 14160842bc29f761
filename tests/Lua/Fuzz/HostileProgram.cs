using System.Text;

namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Writes programs that nobody would: mutated text, and library calls with any arguments.</summary>
internal sealed class HostileProgram(SplitMix seed)
{
    private static readonly string[] Seeds =
    [
        "local t = {} for i = 1, 100 do t[i] = i * 2 end table.sort(t, function(a, b) return a > b end) return #t",
        "local co = coroutine.wrap(function(...) for i = 1, 10 do coroutine.yield(i, ...) end end) return co(1), co(2)",
        "local s = ('x'):rep(100) return (s:gsub('x', function(c) return c .. '%1' end):find('(x+)%f[%w]'))",
        "local mt = {__index = function(t, k) return k end, __gc = function() error('gc') end} return " +
        "setmetatable({}, mt).x",
        "return pcall(error, setmetatable({}, {__tostring = function() return 'e' end}))",
        "local f = load('local a, b = ... goto l ::l:: return a // b, a << b, a .. b') return pcall(f, 7, 2)",
        "debug.sethook(function(e, l) local i = debug.getinfo(2, 'nSltuf') end, 'crl', 3) for i = 1, 20 do local " +
        "x = i end debug.sethook()",
        "return string.pack('>i4z s2 d', 7, 'abc', 'def', 1.5):byte(1, -1)",
        "local t = setmetatable({}, {__mode = 'k'}) for i = 1, 50 do t[{}] = i end collectgarbage() return next(t)",
        "local function r(n) return n == 0 and 0 or 1 + r(n - 1) end return r(50), xpcall(r, debug.traceback, {})",
        "return string.format('%5.2f %q %-10s %x %g', 3.14159, 'a\\n', 'left', 255, 1e100)",
        "return utf8.char(72, 228, 8364), utf8.codepoint('äö', 1, -1), utf8.len('€uro')",
    ];

    private static readonly string[] Arguments =
    [
        "nil", "true", "false", "0", "1", "-1", "2", "3", "255", "256", "1e9", "-1e9", "2^31", "-2^31", "2^53",
        "1e308 * 10",
        "0/0", "0.5", "-0.0", "math.maxinteger", "math.mininteger", "''", "'a'", "'abc'", "'%'", "'%d'", "'(()'",
        "'[a'", "'%b'",
        "'.-'", "('x'):rep(1000)", "('a?'):rep(50)", "'\\0\\255'", "'10'", "'0x1p4'", "'kv'", "'crl'", "'n'", "'l'",
        "'*t'", "'!%c'",
        "{}", "{1, 2, 3}", "{n = 1e9}", "{[1] = 1, [2^31] = 2}", "t", "t2", "f", "g", "print", "_G", "co", "string",
        "setmetatable",
        "function(...) return ... end", "function() error('e') end", "function() return 1, nil, 3 end",
        "coroutine.yield",
        "i", "i * 1000000", "-i", "select('#')", "tostring(i)", "load", "pcall", "next", "debug.getinfo(1)",
        "coroutine.running()",
    ];

    private static readonly string[] Libraries =
        ["_G", "string", "table", "math", "utf8", "coroutine", "debug", "os", "bit32"];

    /// <summary>A program of any kind; a kind of its own has a file of its own.</summary>
    public byte[] Next() => seed.Below(6) switch
    {
        0 => Mutated(),
        1 => Encoding.Latin1.GetBytes(Calls()),
        2 => Dumped(),
        3 => Encoding.Latin1.GetBytes(HostileFormats.Next(seed)),
        4 => Encoding.Latin1.GetBytes(HostilePatterns.Next(seed)),
        _ => Encoding.Latin1.GetBytes(HostileNesting.Next(seed)),
    };

    /// <summary>A sound program with bytes, words or lines changed, moved or doubled.</summary>
    private byte[] Mutated()
    {
        var text = Encoding.Latin1.GetBytes(Pick(Seeds) + "\n" + Pick(Seeds)).ToList();
        for (var n = seed.Below(8); n >= 0 && text.Count > 1; n--)
        {
            var at = seed.Below(text.Count);
            switch (seed.Below(5))
            {
                case 0:
                    text[at] = (byte)seed.Below(256);
                    break;
                case 1:
                    text.RemoveRange(at, Math.Min(seed.Below(12), text.Count - at));
                    break;
                case 2:
                    text.InsertRange(at, text.GetRange(at, Math.Min(seed.Below(30), text.Count - at)));
                    break;
                case 3:
                    text.InsertRange(at, Encoding.Latin1.GetBytes(" " + Pick(Arguments) + " "));
                    break;
                default:
                    var other = Encoding.Latin1.GetBytes(Pick(Seeds));
                    text.InsertRange(at, other[seed.Below(other.Length)..]);
                    break;
            }
        }

        return [.. text];
    }

    /// <summary>Calls of any library function with any arguments, each protected.</summary>
    private string Calls()
    {
        var text = new StringBuilder(
            "local t, t2 = {1, 2, 3}, setmetatable({}, {__index = function(_, k) return k end, __len = " +
            "function() return 1e9 end,\n" +
            "__call = function(self, ...) return ... end, __gc = function(o) return o.x end, __concat = " +
            "function() return {} end})\n" +
            "local function f(...) return ... end local function g() return coroutine.isyieldable() and " +
            "coroutine.yield(1) end\n" +
            "local co = coroutine.create(g) local names = {}\n");
        for (var n = seed.Below(12); n >= 0; n--)
        {
            text.Append("do local lib, names = ").Append(Pick(Libraries)).Append(", {}\n")
                .Append(
                    "for k, v in pairs(lib) do if type(v) == 'function' and type(k) == 'string' then " +
                    "names[#names + 1] = k end end\n")
                .Append("table.sort(names) local i = ").Append(seed.Below(1000)).Append(" % #names + 1\n")
                .Append(
                    seed.Below(4) == 0 ? "coroutine.resume(coroutine.create(lib[names[i]])" : "pcall(lib[names[i]]");
            for (var a = seed.Below(5); a > 0; a--) text.Append(", ").Append(Pick(Arguments));
            text.Append(") end\n");
        }

        return text.ToString();
    }

    /// <summary>A binary chunk with bytes changed, loaded and called.</summary>
    private byte[] Dumped()
    {
        var text = new StringBuilder("local c = string.dump and string.dump(load([==[" + Pick(Seeds) + "]==]), ")
            .Append(seed.Below(2) == 0 ? "true" : "false").Append(") or '\\27Lua'\n");
        for (var n = seed.Below(4); n >= 0; n--)
        {
            text.Append("do local at = ").Append(seed.Below(100_000))
                .Append(" % #c + 1 if at > 33 then c = c:sub(1, at - 1) .. string.char(")
                .Append(seed.Below(256)).Append(") .. c:sub(at + 1) end end\n");
        }

        return Encoding.Latin1.GetBytes(
            text.Append("local f = load(c) if f then pcall(f, 1, 2) pcall(f) coroutine.wrap(f)() end\n").ToString());
    }

    private string Pick(string[] choices) => choices[seed.Below(choices.Length)];
}
