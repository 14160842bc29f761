using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Coverage;
using AirHil.Lua.Run;
using AirHil.Lua.Tests.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Coverage;

/// <summary>Lines and functions as an lcov file tells them.</summary>
public sealed class CoverageReportTests
{
    private const string Source =
        """
        #!/usr/bin/lua
        local t = {}
        local function add(n)
          for i = 1, n do
            t[#t + 1] = i
          end
          if n > 5 then
            return "many"
          end
          return "few"
        end
        function t.never() return 1 end
        add(2)
        add(3)
        """;

    private static readonly CoveredScript MainScript =
        new("main.lua", "src/main.lua", Encoding.UTF8.GetBytes(Source));

    [Fact]
    public void A_script_is_reported_by_line_and_by_function()
    {
        var report = new CoverageReport();
        Execute(Source, report.Open([MainScript]));

        report.ToLcov().ReplaceLineEndings("\n").ShouldBe(
            """
            TN:
            SF:src/main.lua
            FN:1,main chunk
            FN:3,add:3
            FN:12,never:12
            FNDA:1,main chunk
            FNDA:2,add:3
            FNDA:0,never:12
            FNF:3
            FNH:2
            DA:2,1
            DA:4,7
            DA:5,5
            DA:7,2
            DA:8,0
            DA:10,2
            DA:11,1
            DA:12,1
            DA:13,1
            DA:14,1
            LF:10
            LH:9
            end_of_record

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Engines_and_modules_are_merged()
    {
        var report = new CoverageReport();
        var first = report.Open([MainScript]);
        Execute(Source, first);
        Execute(Source, first);
        Execute(Source, report.Open([MainScript]));

        var lines = report.ToLcov().Split('\n');
        lines.Count(line => line.StartsWith("SF:", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldContain("FNDA:6,add:3");
        lines.ShouldContain("DA:5,15");
        lines.ShouldContain("DA:8,0");
    }

    [Fact]
    public void A_script_that_never_ran_is_reported_with_no_line_executed()
    {
        var report = new CoverageReport();
        report.Open([MainScript, new CoveredScript("bad.lua", "bad.lua", "x = = 1"u8.ToArray())]);

        var lines = report.ToLcov().Split('\n');
        lines.ShouldContain("LF:10");
        lines.ShouldContain("LH:0");
        lines.ShouldNotContain("SF:bad.lua");
    }

    [Fact]
    public void Chunks_that_are_no_file_of_the_module_are_left_out()
    {
        var report = new CoverageReport();
        Execute("load('local x = 1')() load('return 1', '@other.lua')()", report.Open([MainScript]));

        report.ToLcov().Split('\n').Where(line => line.StartsWith("SF:", StringComparison.Ordinal))
            .ShouldBe(["SF:src/main.lua"]);
    }

    [Theory]
    [InlineData("local n = 0 while true do n = n + 1 if n == 9 then break end end", 1)]
    [InlineData("local function loop(n) repeat n = n - 1 until n == 0 end loop(5) loop(3)", 2)]
    [InlineData("local function tail(n) if n > 0 then return tail(n - 1) end end tail(4)", 5)]
    [InlineData("local function inner() coroutine.yield() end local c = coroutine.wrap(inner) c() c()", 1)]
    [InlineData("local function bad() error('x') end pcall(bad) pcall(bad) pcall(bad)", 3)]
    [InlineData("debug.sethook(function() end, 'crl') local function f() end f() f()", 2)]
    public void Calls_are_counted_and_not_the_loops_at_the_start_or_the_slices_between(string source, long calls)
    {
        foreach (var slice in (long[])[1, 1_000_000])
        {
            var coverage = new LineCoverage();
            Execute(source, coverage, slice);

            var chunk = coverage.Chunks.ShouldHaveSingleItem();
            var function = chunk.Children.Length == 0 ? chunk : chunk.Children[^1];
            coverage.Counts(function)[^1].ShouldBe(calls, $"in slices of {slice}");
        }
    }

    [Fact]
    public void Functions_of_one_name_and_line_are_told_apart()
    {
        var report = new CoverageReport();
        Execute("local a = {} a.f = function() end a.f = function() end a.f() return {f = 1}", report.Open(
            [MainScript]));

        var lines = report.ToLcov().Split('\n');
        lines.ShouldContain("FNDA:0,f:1");
        lines.ShouldContain("FNDA:1,f:1.2");
    }

    [Fact]
    public void Coverage_changes_neither_what_is_printed_nor_instructions_nor_heap()
    {
        var source = Source[(Source.IndexOf('\n', StringComparison.Ordinal) + 1)..] +
            "\nprint(#t, add(9), collectgarbage('count'))";
        var without = Script.Run(source, Script.Module);
        var with = Script.Run(source, Script.Module with { Coverage = new LineCoverage() });

        with.Text.ShouldBe(without.Text);
        with.Instructions.ShouldBe(without.Instructions);
        with.HeapUsed.ShouldBe(without.HeapUsed);
    }

    private static void Execute(string source, LineCoverage coverage, long slice = 1_000_000)
    {
        var state = LuaEngine.Create(Script.Standard64 with { Coverage = coverage });
        state.Start(state.Load(LuaCompiler.CompileFile(
            Encoding.UTF8.GetBytes(source), LuaString.FromText("@main.lua"), state.Numbers)));
        RunStatus status;
        do status = state.Run(slice);
        while (status == RunStatus.Preempted);
        status.ShouldBe(RunStatus.Finished, state.Error?.Message);
    }
}
