using AirHil.Lua.Run;

using CsCheck;

namespace AirHil.Lua.Tests.Run;

public sealed class PreemptionTests
{
    /// <summary>
    /// Calls of every kind: metamethods, iterators, callbacks of natives, protected calls, nested coroutines,
    /// finalizers.
    /// </summary>
    private const string Program = """
        local mt = {}
        mt.__index = function(t, k) return k * 2 end
        mt.__add = function(a, b) return setmetatable({v = (a.v or 0) + (b.v or 0)}, mt) end
        mt.__concat = function(a, b) return "c" end
        mt.__lt = function(a, b) return a.v < b.v end
        mt.__eq = function(a, b) return a.v == b.v end
        mt.__len = function() return 7 end
        mt.__call = function(self, x) return x + 1 end
        local a, b = setmetatable({v = 1}, mt), setmetatable({v = 2}, mt)
        print((a + b).v, a[21], a .. "x" .. b, a < b, a <= b, a == b, #a, a(4))
        local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
        local sum = 0
        for i in gen(10) do for j in gen(3) do sum = sum + i * j end end
        print(sum)
        print(pcall(function() local ok, e = pcall(error, "in") error(e .. "out", 0) end))
        local t = {5, 3, 9, 1, 7}
        table.sort(t, function(x, y) return x > y end)
        print(table.concat(t, ","), (string.gsub("hello", "l", function(c) return c:upper() end)))
        print(xpcall(function() local x; return x.y end, function(m) return "H " .. m end))
        local order = {}
        setmetatable({}, {__gc = function() order[#order + 1] = "gc" end})
        collectgarbage()
        for k, v in pairs({10, 20, x = 1}) do order[#order + 1] = tostring(k) .. tostring(v) end
        print(table.concat(order, " "))
        local co = coroutine.create(function(...)
            local ok, v = pcall(function() return coroutine.yield(1) + 1 end)
            error(v)
        end)
        print(coroutine.resume(co)) print(coroutine.resume(co, 41)) print(coroutine.status(co))
        """;

    [Fact]
    public void The_program_prints_what_the_reference_implementation_prints() =>
        Script.Run(Program).Text.ShouldBe("""
            3	42	c	true	true	false	7	5
            330
            false	inout
            9,7,5,3,1	heLLo
            false	H main.lua:19: attempt to index a nil value (local 'x')
            gc 110 220 x1
            true	1
            false	42
            dead
            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Slices_change_neither_the_output_nor_the_count(long slice)
    {
        var whole = Script.Run(Program);
        var sliced = Script.Run(Program, slice: slice);
        sliced.Text.ShouldBe(whole.Text);
        sliced.Instructions.ShouldBe(whole.Instructions);
        sliced.HeapUsed.ShouldBe(whole.HeapUsed);
    }

    [Fact]
    public void Any_sequence_of_slices_gives_the_same_output_and_count()
    {
        var whole = Script.Run(Program, Script.Module);
        Gen.Int[1, 60].Array[1, 40].Sample(
            slices =>
            {
                var state = LuaEngine.Create(Script.Module);
                var lines = new List<string>();
                state.Printer = texts => lines.Add(string.Join('\t', texts.Select(text => text.ToString())));
                state.Start(state.Load(Script.Compile(state, Program)));
                for (var i = 0; state.Run(slices[i % slices.Length]) == RunStatus.Preempted; i++)
                {
                }

                return string.Join('\n', lines) == whole.Text && state.InstructionCount == whole.Instructions;
            },
            iter: 50);
    }

    [Fact]
    public void An_endless_loop_stops_at_the_budget()
    {
        var state = LuaEngine.Create(Script.Standard64);
        state.Start(state.Load(Script.Compile(state, "while true do end")));
        state.Run(1000).ShouldBe(RunStatus.Preempted);
        state.InstructionCount.ShouldBe(1000);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public void No_charge_makes_a_budget_larger(long instructions)
    {
        var state = LuaEngine.Create(Script.Standard64);
        for (var i = 0; i < 3; i++) state.Charge(instructions);
        state.BudgetLeft.ShouldBeInRange(-1L << 42, -1);
    }

    [Theory]
    [InlineData("table.concat({1, 2, 3}, 'x', 9, math.mininteger)")]
    [InlineData("table.concat({1, 2, 3}, 'x', math.maxinteger, -7)")]
    [InlineData("table.unpack({1, 2, 3}, 9, math.mininteger)")]
    [InlineData("table.move({1, 2, 3}, 9, math.mininteger, 1)")]
    [InlineData("string.rep('x', math.mininteger)")]
    public void Work_on_nothing_costs_nothing(string call) =>
        Script.Run(call).Instructions.ShouldBeInRange(1, 49);

    [Fact]
    public void A_routine_suspends_the_engine_until_the_host_resumes_it()
    {
        var state = LuaEngine.Create(Script.Standard64);
        var lines = new List<string>();
        state.Printer = texts => lines.Add(string.Join('\t', texts.Select(text => text.ToString())));
        state.Globals["wait"] = new NativeFunction("wait", static (in LuaCall call) => call.Continue(Wait));
        state.Start(state.Load(Script.Compile(
            state, "local co = coroutine.wrap(function() print(wait()) print(pcall(wait)) end) co()")));
        state.Run(10_000).ShouldBe(RunStatus.Suspended);
        state.Run(10_000).ShouldBe(RunStatus.Suspended);
        state.Resume(7, 8);
        state.Run(10_000).ShouldBe(RunStatus.Suspended);
        state.ResumeWithError("no");
        state.Run(10_000).ShouldBe(RunStatus.Finished);
        lines.ShouldBe(["7\t8", "false\tno"]);
    }

    private static IEnumerator<NativeStep> Wait(NativeFrame frame)
    {
        yield return NativeStep.Suspend;
        frame.Return(frame.Results);
    }
}
