using System.Globalization;
using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.Tests;

namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Programs that mean harm: nothing but Lua errors may come of them.</summary>
public sealed class HostileInputTests
{
    private const int ShortRun = 12_000;
    private const long Budget = 300_000;
    private const long Slice = 20_000;
    private const long HeapLimit = 262_136;

    /// <summary>No program of this budget takes a second; this much, and again, is a hang.</summary>
    private static readonly TimeSpan LongestProgram = TimeSpan.FromSeconds(10);

    /// <summary>Host memory for one call, tables and strings of the limit's size many times over.</summary>
    private const long MostHostBytes = 1_000_000_000;

    private int _started;

    [Fact]
    public void Hostile_programs_end_in_Lua_errors_within_their_limits()
    {
        var all = 0;
        foreach (var seed in LongRun.Seeds(ShortRun, "programs"))
        {
            all++;
            if (Try(seed) >= LongestProgram) Try(seed).ShouldBeLessThan(LongestProgram, $"seed {seed} hangs");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_started} of them had no mistake of syntax");
        _started.ShouldBeGreaterThan(all / 10);
    }

    /// <summary>How long the program of a seed took.</summary>
    private TimeSpan Try(long seed)
    {
        var random = new SplitMix((ulong)seed);
        var source = new HostileProgram(random).Next();
        var isModule = random.Below(2) == 0;
        var options = new LuaOptions
        {
            Bits = random.Below(2) == 0 ? 32 : 64,
            ModuleLibraries = isModule,
            HeapLimit = HeapLimit,
            NumberStyle = isModule ? NumberStyle.Module : NumberStyle.Standard,
        };
        var began = LongRun.Worked;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Run(seed, options, source);
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException(Report(seed, options, source, e.ToString()), e);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBeLessThan(MostHostBytes, Report(seed, options, source, "too much host memory"));
        return LongRun.Worked - began;
    }

    private void Run(long seed, LuaOptions options, byte[] source)
    {
        var state = LuaEngine.Create(options);
        state.Printer = _ => { };
        LuaFunction chunk;
        try
        {
            chunk = state.Load(LuaCompiler.Compile(source, LuaString.FromText("=fuzz"), state.Numbers));
        }
        catch (LuaSyntaxException)
        {
            return;
        }

        _started++;
        state.Start(chunk);
        for (var used = 0L; used < Budget; used += Slice)
        {
            var status = state.Run(Slice);
            state.HeapUsed.ShouldBeLessThanOrEqualTo(HeapLimit,
                Report(seed, options, source, "more heap than the limit"));
            if (status is RunStatus.Finished or RunStatus.Failed) return;
        }
    }

    private static string Report(long seed, LuaOptions options, byte[] source, string what) =>
        $"seed {seed.ToString(CultureInfo.InvariantCulture)}, {options}: {what}\n{Encoding.Latin1.GetString(source)}";
}
