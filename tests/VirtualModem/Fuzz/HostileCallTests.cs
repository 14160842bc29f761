using System.Globalization;

using AirHil.Modem;
using AirHil.Tests;

namespace AirHil.VirtualModem.Tests.Fuzz;

/// <summary>Whatever a script calls, the module logs an error or resets, and nothing of ours breaks.</summary>
public sealed class HostileCallTests
{
    private const int ShortRun = 60;

    /// <summary>Programs that share one module, so that its start costs little.</summary>
    private const int Together = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const long MostHostBytes = 1_000_000_000;

    [Fact]
    public void Hostile_calls_break_nothing()
    {
        foreach (var seed in LongRun.Seeds(ShortRun, $"scripts of {Together} programs"))
        {
            // A busy host may be slow for once; a program that hangs does so again.
            if (Try(seed) >= Longest) Try(seed).ShouldBeLessThan(Longest, $"seed {seed} hangs");
        }
    }

    /// <summary>
    /// How long the programs of a seed took together. One that ends the module hides those behind it, so they get a
    /// module of their own.
    /// </summary>
    private static TimeSpan Try(int seed)
    {
        var calls = new HostileCalls(SplitMix64.For((ulong)seed, "hostile calls"));
        var programs = Enumerable.Range(0, Together).Select(_ => calls.Next()).ToArray();
        var began = LongRun.Worked;
        for (var next = 0; next < Together;)
        {
            var script = string.Concat(programs.Skip(next).Select((program, i) => $"print('at', {i})\n{program}"))
                + "while true do rtos.receive(-1) end";
            next += 1 + Last(seed, script);
            GC.GetTotalMemory(forceFullCollection: false).ShouldBeLessThan(MostHostBytes, $"seed {seed}\n{script}");
        }

        return LongRun.Worked - began;
    }

    /// <summary>The number, in the script, of the last program that was begun.</summary>
    private static int Last(int seed, string script)
    {
        const string Mark = "at\t";
        try
        {
            return new FakeBench(script).PowerOn().RunTo(5).Lines
                .Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
                .Max(line => int.Parse(line.AsSpan(Mark.Length), CultureInfo.InvariantCulture));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e}\n{script}", e);
        }
    }
}
