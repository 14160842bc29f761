using AirHil.Lua.Run;
using AirHil.Lua.Tests.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Memory;

/// <summary>
/// Bytes and iterations against a build of PUC-Rio 5.3.6 with LUA_32BITS (32-bit pointers, doubles aligned to 8, the
/// libraries open, 14,360 bytes counted as used before the program, as on the module: reference §1.3). The figures
/// are that build's.
/// </summary>
public sealed class HeapAgainstReferenceTests
{
    private const int UsedAtStart = 14_360;

    private static readonly LuaOptions Plain32 = new()
    {
        Bits = 32,
        NumberStyle = NumberStyle.Standard,
        HeapLimit = null,
        ModuleLibraries = false,
    };

    /// <summary>Name, bytes that the program keeps in the reference, source.</summary>
    public static TheoryData<string, int, string> Programs => new()
    {
        {
            "Tables of arrays", 29311,
            """
            local t = {} for i = 1, 100 do t[i] = {} for j = 1, 20 do t[i][j] = i * j end end
            KEEP = t
            """
        },
        {
            "Closures with upvalues of their own", 31661,
            """
            local t = {} for i = 1, 500 do local a, b = i, i * 2 t[i] = function() a = a + b return a end end
            KEEP = t
            """
        },
        {
            "Suspended coroutines", 25949,
            """
            local t = {} for i = 1, 50 do t[i] = coroutine.create(function(a)
            local b = a coroutine.yield(b) return b end)
            coroutine.resume(t[i], i) end
            KEEP = t
            """
        },
        {
            "Coroutines suspended deep in calls", 42717,
            """
            local t = {} local function rec(n) if n == 0 then coroutine.yield() else rec(n - 1) end return n end
            for i = 1, 20 do t[i] = coroutine.wrap(rec) t[i](30) end
            KEEP = t
            """
        },
        {
            "Equal strings made a thousand times", 8002,
            """
            local t = {} for i = 1, 1000 do t[i] = 'value ' .. i % 10 end
            KEEP = t
            """
        },
        {
            "Functions of loaded chunks", 56657,
            """
            local t = {} for i = 1, 100 do
            t[i] = load('local a, b = ... local function f(x) return x + a + ' .. i .. ' end ' ..
            'return f(b) + f(1), "text' .. i .. '"') end
            KEEP = t
            """
        },
        {
            "A linked list", 107561,
            """
            local l for i = 1, 1500 do l = {next = l, value = i} end
            KEEP = l
            """
        },
        {
            "Tables of both parts", 28761,
            """
            local t = {} for i = 1, 200 do t[i] = {i, i + 1, i + 2, key = i, [i + 0.5] = true, [-i] = false} end
            KEEP = t
            """
        },
        {
            "Objects of a class", 61093,
            """
            local Class = {} Class.__index = Class
            function Class.new(n) return setmetatable({name = 'object' .. n, list = {n}}, Class) end
            local t = {} for i = 1, 300 do t['key' .. i] = Class.new(i) end
            KEEP = t
            """
        },
        {
            "Records", 46471,
            """
            local t = {} for i = 1, 300 do t[i] = {id = i, name = 'n' .. i, value = i / 2} end
            KEEP = t
            """
        },
        {
            "Closures that share an upvalue", 47811,
            """
            local t = {} local n = 0 for i = 1, 1000 do t[i] = function() n = n + i return n end end
            KEEP = t
            """
        },
    };

    /// <summary>Name, iterations until "not enough memory" in the reference, source.</summary>
    public static TheoryData<string, int, string> Leaks => new()
    {
        {
            "Strings in an array", 4571,
            """
            local t, n = {}, 0
            local ok, m = pcall(function() while true do n = n + 1 t[n] = 'item number ' .. n end end)
            t = nil print(n, m)
            """
        },
        {
            "A linked list", 2206,
            """
            local l, n = nil, 0
            local ok, m = pcall(function() while true do n = n + 1 l = {next = l, id = n, text = 'event'} end end)
            l = nil print(n, m)
            """
        },
        {
            "Subscriptions", 5237,
            """
            local subs, n = {}, 0
            local function subscribe(topic, f)
            subs[topic] = subs[topic] or {} local list = subs[topic] list[#list + 1] = f end
            local ok, m = pcall(function() while true do n = n + 1 local k = n
            subscribe('topic' .. n % 7, function(x) return k + x end) end end)
            subs = nil print(n, m)
            """
        },
        {
            "Suspended coroutines", 462,
            """
            local cos, n = {}, 0
            local ok, m = pcall(function() while true do n = n + 1
            local co = coroutine.create(function(a)
            coroutine.yield(a) end)
            coroutine.resume(co, n) cos[co] = n end end)
            cos = nil print(n, m)
            """
        },
        {
            "One string that grows", 6530,
            """
            local s, n = '', 0
            local ok, m = pcall(function() while true do n = n + 1 s = s .. 'received line ' .. n .. '\n' end end)
            s = nil print(n, m)
            """
        },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Kept_objects_count_within_five_percent_of_the_reference(string name, int expected, string source)
    {
        var outcome = Script.Run($"""
            local f = load([==[{source}]==], '=p')
            collectgarbage() collectgarbage()
            local before = collectgarbage('count') * 1024
            f() f = nil
            collectgarbage() collectgarbage()
            print(string.format('%d', collectgarbage('count') * 1024 - before))
            """, Plain32);
        ShouldBeNear(name, outcome, expected);
    }

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_leak_ends_within_five_percent_of_the_reference(string name, int expected, string source)
    {
        var outcome = Script.Run(
            source, Plain32 with { HeapLimit = 262_136 }, prepare: static state => state.TakeHeapBase(UsedAtStart));
        outcome.Text.ShouldEndWith("\tnot enough memory");
        ShouldBeNear(name, outcome, expected);
    }

    private static void ShouldBeNear(string name, ScriptOutcome outcome, int expected)
    {
        outcome.Error.ShouldBeNull();
        var figure = double.Parse(outcome.Text.Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);
        (figure / expected).ShouldBeInRange(0.95, 1.05, $"{name}: {figure} for {expected}");
    }
}
