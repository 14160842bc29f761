using AirHil.Lua.Tests.Run;

namespace AirHil.Lua.Tests.Memory;

public sealed class HeapTests
{
    [Fact]
    public void Weak_values_and_keys_are_cleared_by_a_collection() =>
        Script.Run("""
            local v = setmetatable({}, {__mode = "v"})
            local k = setmetatable({}, {__mode = "k"})
            local kept = {}
            v[1], v[2], v.s = {}, kept, "string"
            k[{}] = 1; k[kept] = 2
            do local key = {} k[key] = {key} end
            collectgarbage()
            local n = 0
            for _ in pairs(k) do n = n + 1 end
            print(v[1], v[2] == kept, v.s, n)
            """).Text.ShouldBe("nil\ttrue\tstring\t1");

    [Fact]
    public void Finalizers_run_in_reverse_order_and_their_errors_are_raised() =>
        Script.Run("""
            for i = 1, 3 do setmetatable({}, {__gc = function() print(i) end}) end
            collectgarbage()
            setmetatable({}, {__gc = function() error("bad", 0) end})
            print(pcall(collectgarbage))
            """).Lines.ShouldBe(["3", "2", "1", "false\terror in __gc metamethod (bad)"]);

    [Fact]
    public void Finalizers_run_on_their_own_as_a_program_goes_on() =>
        Script.Run("""
            local done = false
            setmetatable({}, {__gc = function() done = true end})
            local n = 0
            repeat local t = {} n = n + 1 until done or n > 1e6
            print(done)
            """).Text.ShouldBe("true");

    [Fact]
    public void A_full_heap_is_an_error_that_a_script_can_catch()
    {
        long[]? notice = null;
        var outcome = Script.Run(
            """
            print(pcall(function() local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end end))
            print(pcall(string.rep, "x", 1 << 30))
            local s = "x"
            print(pcall(function() while true do s = s .. s end end))
            print(#s < 262136)
            """,
            Script.Module,
            prepare: state => state.OnAllocationFailed = (total, used, asked) => notice = [total, used, asked]);
        outcome.Lines.ShouldBe([
            "false\tnot enough memory", "false\tnot enough memory for buffer allocation", "false\tnot enough memory",
            "true",
        ]);
        notice.ShouldNotBeNull()[0].ShouldBe(262_136);
    }

    [Fact]
    public void Garbage_does_not_fill_the_heap()
    {
        var outcome = Script.Run("for i = 1, 100000 do local s = ('x'):rep(100) .. i end print('ok')", Script.Module);
        outcome.Text.ShouldBe("ok");
        outcome.HeapUsed.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Unbounded_recursion_on_the_module_ends_in_a_memory_error() =>
        Script.Value("pcall(function() local function f() return 1 + f() end return f() end)", Script.Module)
            .ShouldBe("false\tnot enough memory");

    [Fact]
    public void What_the_host_references_stays_alive()
    {
        var state = LuaEngine.Create(Script.Standard64);
        var table = state.NewTable();
        var weak = state.NewTable();
        var metatable = state.NewTable();
        metatable["__mode"] = "v";
        weak.Metatable = metatable;
        state.Globals["weak"] = weak;
        weak[1] = table;
        var reference = state.Reference(table);
        state.Collect();
        weak[1].AsTable.ShouldBeSameAs(table);
        state.Dereference(reference).AsTable.ShouldBeSameAs(table);
        state.Release(reference);
        state.Collect();
        weak[1].IsNil.ShouldBeTrue();
    }

    [Fact]
    public void A_collection_counts_what_is_reachable_whatever_was_made_before()
    {
        var first = Script.Run("collectgarbage() print(1)");
        var second = Script.Run("for i = 1, 1000 do local t = {i} end collectgarbage() print(1)");
        (second.HeapUsed - first.HeapUsed).ShouldBeLessThan(2_000);
    }

    /// <summary>
    /// A collection takes stack and frames from a coroutine, so that the next deep call has to take them again: lua5.3
    /// prints 16064.
    /// </summary>
    [Fact]
    public void Frames_that_a_collection_gave_back_are_counted_again()
    {
        var text = Script.Run("""
            local function r(n) if n == 0 then return collectgarbage("count") end local x = r(n - 1) return x end
            r(150)
            for _ = 1, 8 do collectgarbage() end
            local low = collectgarbage("count")
            print(math.floor((r(150) - low) * 1024))
            """).Text;
        int.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(15_000, 17_000);
    }
}
