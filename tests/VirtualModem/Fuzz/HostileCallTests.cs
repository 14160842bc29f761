using System.Diagnostics;
using System.Globalization;

using AirHil.Modem;

namespace AirHil.VirtualModem.Tests.Fuzz;

/// <summary>
/// Whatever a script calls, the module logs an error or resets, and nothing of ours breaks. AIRHIL_FUZZ_SECONDS makes
/// the run longer, AIRHIL_FUZZ_SEED starts it elsewhere.
/// </summary>
public sealed class HostileCallTests
{
    private const int ShortRun = 8_000;

    /// <summary>Programs that share one module, so that its start costs little.</summary>
    private const int Together = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const long MostHostBytes = 1_000_000_000;

    [Fact]
    public void Hostile_calls_break_nothing()
    {
        var seconds = Number("AIRHIL_FUZZ_SECONDS", 0);
        var seed = Number("AIRHIL_FUZZ_SEED", 1);
        var clock = Stopwatch.StartNew();
        var programs = 0;
        while (seconds > 0 ? clock.Elapsed.TotalSeconds < seconds : programs < ShortRun)
        {
            // A busy host may be slow for once; a program that hangs does so again.
            if (Try(seed) >= Longest) Try(seed).ShouldBeLessThan(Longest, $"seed {seed}\n{Script(seed)}");
            seed++;
            programs += Together;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{programs} programs in {clock.Elapsed.TotalSeconds:F0} s"));
        programs.ShouldBeGreaterThanOrEqualTo(Together);
    }

    private static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
            ? number
            : otherwise;

    private static string Script(long seed)
    {
        var calls = new HostileCalls(SplitMix64.For((ulong)seed, "hostile calls"));
        return string.Concat(Enumerable.Range(0, Together).Select(_ => calls.Next()))
            + "while true do rtos.receive(-1) end";
    }

    /// <summary>How long the programs of a seed took together.</summary>
    private static TimeSpan Try(long seed)
    {
        var script = Script(seed);
        var clock = Stopwatch.StartNew();
        try
        {
            _ = new FakeBench(script).PowerOn().RunTo(5);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e}\n{script}", e);
        }

        GC.GetTotalMemory(forceFullCollection: false).ShouldBeLessThan(MostHostBytes, $"seed {seed}\n{script}");
        return clock.Elapsed;
    }
}
