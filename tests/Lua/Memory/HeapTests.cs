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
    /// prints 16064. With 32 bits 150 frames have 5,400 bytes; the stack, which doubles, adds 2 to 5 KB.
    /// </summary>
    [Theory]
    [InlineData(false, 15_000, 17_000)]
    [InlineData(true, 7_500, 10_500)]
    public void Frames_that_a_collection_gave_back_are_taken_again(bool isModule, int least, int most)
    {
        var text = Script.Run(
            """
            local function r(n) if n == 0 then return collectgarbage("count") end local x = r(n - 1) return x end
            r(150)
            for _ = 1, 8 do collectgarbage() end
            local low = collectgarbage("count")
            print(math.floor((r(150) - low) * 1024))
            """,
            isModule ? Script.Module : Script.Standard64).Text;
        int.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(least, most);
    }

    /// <summary>
    /// In a heap that is nearly full, cycles for want of memory end every cycle of steps; finalizers are called in
    /// spite of that, but only a few a step: V1112 as a 32-bit program leaves 664 of 3,000 waiting, and 32 where there
    /// is room (lgc.c, luaC_fullgc and runafewfinalizers).
    /// </summary>
    [Theory]
    [InlineData(60, 25, 45)]
    [InlineData(140, 300, 900)]
    public void Finalizers_are_called_a_few_a_step_also_where_memory_is_short(int kilobytes, int least, int most)
    {
        var text = Script.Run(
            $$"""
            local made, gone, most = 0, 0, 0
            local gc = { __gc = function() gone = gone + 1 end }
            local live = {}
            for i = 1, {{kilobytes}} do live[i] = ("x"):rep(1000) .. i end
            for i = 1, 3000 do
              made = made + 1
              setmetatable({}, gc)
              for j = 1, 20 do local s = {j, 2, 3, 4, 5, 6, 7, 8} end
              most = math.max(most, made - gone)
            end
            print(most)
            """,
            Script.Module, prepare: static state => state.TakeHeapBase(14_360)).Text;
        int.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(least, most);
    }

    /// <summary>
    /// What load leaves besides the function: the table of the scanner, with a key for each word and constant. V1112 as
    /// a 32-bit program: 500 and 1,232 bytes.
    /// </summary>
    [Theory]
    [InlineData("return 1", 500)]
    [InlineData(
        "return (function() local b=zbuff.create(8) local o={} local function R(...) o[#o+1]=1 end R(b[9]) " +
        "R(b:len(),1) return 1 end)()",
        1232)]
    public void Loading_a_text_leaves_the_scanner_s_table(string chunk, int bytes)
    {
        var text = Script.Run(
            $$"""
            local c = function() return collectgarbage("count") * 1024 end
            collectgarbage("stop")
            load("{{chunk}}", "=p")
            local a = c()
            load("{{chunk}}", "=p")
            print(math.floor(c() - a))
            """,
            Script.Module).Text;
        int.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(bytes - 24, bytes + 24);
    }

    /// <summary>
    /// The module starts with 157 short strings in a table of 256, so that it doubles behind 98 more, and each time the
    /// old one is given back. V1112 as a 32-bit program: at the same strings.
    /// </summary>
    [Fact]
    public void The_table_of_short_strings_doubles_when_it_is_full()
    {
        var text = Script.Run(
            """
            local t, at = {}, {}
            for i = 1, 400 do t[i] = false end
            local function used() return collectgarbage("count") * 1024 end
            collectgarbage() collectgarbage()
            collectgarbage("stop")
            local last = used()
            for i = 1, 400 do
              t[i] = "zz" .. i
              local now = used()
              if now - last > 900 then at[#at + 1] = i .. ":" .. math.floor((now - last) / 1024) end
              last = now
            end
            print(table.concat(at, " "))
            """,
            Script.Module, prepare: static state => state.TakeHeapBase(14_360)).Text;
        text.ShouldBe("42:1 169:2");
    }
}
