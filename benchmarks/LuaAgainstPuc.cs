using System.Diagnostics;
using System.Text;
using AirHil.Lua;
using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Benchmarks;

/// <summary>The Lua engine against PUC-Rio's `lua5.3` on the same sources, metering and heap count on.</summary>
internal static class LuaAgainstPuc
{
    private static readonly (string Name, string Source)[] Programs =
    [
        ("fib", "local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end for i = 1, 3 do " +
            "fib(30) end"),
        ("loop", "local s = 0 for i = 1, 30000000 do s = s + (i & 7) end"),
        ("floats", "local x = 0.5 for i = 1, 10000000 do x = x * 1.0000001 + 0.25 / x end"),
        ("sieve",
            "for r = 1, 10 do local p = {} for i = 2, 300000 do p[i] = true end for i = 2, 547 do if p[i] then " +
            "for j = i*i, 300000, i do p[j] = false end end end end"),
        ("fields", "local t = {a=1,b=2,c=3} for i = 1, 8000000 do t.a = t.b + t.c; t.b = t.a & 255 end"),
        ("closures", "local n = 0 for i = 1, 3000000 do local f = function(x) n = n + x + i end f(1) end"),
        ("methods",
            "local C = {} C.__index = C function C:inc(k) self.n = self.n + k end local o = setmetatable({n=0}, " +
            "C) for i = 1, 8000000 do o:inc(1) end"),
        ("strings",
            "for r = 1, 20 do local t = {} for i = 1, 20000 do t[#t+1] = 'item' .. i end local s = " +
            "table.concat(t, ',') end"),
        ("patterns",
            "local s = string.rep('key=value; ', 2000) for r = 1, 20 do for k, v in s:gmatch('(%w+)=(%w+)') do " +
            "end s:gsub('%s+', '_') end"),
        ("sort",
            "for r = 1, 5 do local t, x = {}, 42 for i = 1, 50000 do x = (x * 16807) % 2147483647 t[i] = x end " +
            "table.sort(t) table.sort(t, function(a, b) return a > b end) end"),
        ("coroutines",
            "local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) " +
            "end local s = 0 for v in gen(2000000) do s = s + v end"),
        ("trees",
            "local function make(d) if d == 0 then return {} end return {make(d-1), make(d-1)} end local " +
            "function check(t) if t[1] then return 1 + check(t[1]) + check(t[2]) end return 1 end for i = 1, 20 " +
            "do check(make(14)) end"),
    ];

    public static void Run()
    {
        Console.WriteLine();
        var empty = Path.GetTempFileName();
        TimeSpan start;
        try
        {
            start = Timing.Best(5, "lua5.3", empty);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("lua5.3 is not installed: the Lua comparison is left out");
            return;
        }

        Console.WriteLine("| program | lua5.3 | AirHil, 64 bits | ratio | AirHil, 32 bits | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        double logs64 = 0, logs32 = 0;
        foreach (var (name, source) in Programs)
        {
            File.WriteAllText(empty, source);
            var puc = Timing.Best(3, "lua5.3", empty) - start;
            var ours64 = Ours(source, 64);
            var ours32 = Ours(source, 32);
            logs64 += Math.Log(ours64 / puc);
            logs32 += Math.Log(ours32 / puc);
            Console.WriteLine(
                $"| {name} | {Timing.Seconds(puc)} | {Timing.Seconds(ours64)} | {ours64 / puc:0.00} | " +
                $"{Timing.Seconds(ours32)} | {ours32 / puc:0.00} |");
        }

        Console.WriteLine(
            $"| geometric mean | | | {Math.Exp(logs64 / Programs.Length):0.00} | | " +
            $"{Math.Exp(logs32 / Programs.Length):0.00} |");
        File.Delete(empty);
    }

    private static TimeSpan Ours(string source, int bits)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var state = LuaState.Create(
                new LuaOptions
                {
                    Bits = bits,
                    NumberStyle = NumberStyle.Standard,
                    HeapLimit = null,
                    ModuleLibraries = false,
                });
            var chunk = LuaCompiler.Compile(Encoding.UTF8.GetBytes(source), LuaString.FromText("=bench"),
                state.Numbers);
            state.Start(state.Load(chunk));
            var clock = Stopwatch.StartNew();
            RunStatus status;
            while ((status = state.Run(1_000_000)) == RunStatus.Preempted)
            {
            }

            clock.Stop();
            if (status != RunStatus.Finished)
            {
                throw new InvalidOperationException($"the program ended as {status}: {state.Error?.Message}");
            }

            if (clock.Elapsed < best) best = clock.Elapsed;
        }

        return best;
    }
}
