
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Tests;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Fuzz;

/// <summary>
/// Whatever a script hoards or prints, a module takes at most 300 MB of the host at any virtual moment, and what leaves
/// it in a virtual second is bounded. In a long run a virtual second may also take 5 s of the host's time at most.
/// </summary>
public sealed class HoardingTests
{
    private const int ShortRun = 15;
    private const long MostHostBytes = 300_000_000;
    private const long MostLeavingBytes = 60_000_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void No_script_takes_more_memory_than_a_module_may()
    {
        var most = 0L;
        foreach (var seed in LongRun.Seeds(ShortRun, "scripts"))
        {
            var script = new HoardingScripts(SplitMix64.For((ulong)seed, "hoards")).Next();
            most = Math.Max(most, Run(script, LongRun.IsTimed));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{most / 1_000_000} MB at most");
    }

    [Fact]
    public void No_act_alone_takes_more()
    {
        // All of them take minutes, so they are run where fuzzers run for a time.
        var alone = HoardingScripts.Alone().Where((_, index) => LongRun.IsTimed || index % 4 == 0);
        foreach (var script in alone) Run(script, false);
    }

    /// <summary>The most bytes of the host that were in use in addition.</summary>
    private static long Run(string script, bool isTimed)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var modem = new VirtualAir780E(TestImage.FromMain(script), new ModemParameters(), 1);
        modem.Handle(new ModemCommand.ApplyPower(), TimeSpan.Zero);
        var (most, leaving, second) = (0L, 0L, TimeSpan.Zero);
        var began = LongRun.Worked;
        while (true)
        {
            while (modem.TryTake(out var output)) leaving += BytesOf(output);
            if (modem.NextTimeout is not { } next || next > Each) return most;
            if (next >= second + TimeSpan.FromSeconds(1))
            {
                leaving.ShouldBeLessThan(MostLeavingBytes, script);
                if (isTimed) (LongRun.Worked - began).ShouldBeLessThan(Longest, script);
                (leaving, second) = (0, next);
                began = LongRun.Worked;
            }

            modem.HandleTimeout(next);
            var used = GC.GetTotalMemory(forceFullCollection: false) - before;
            if (used > MostHostBytes) used = GC.GetTotalMemory(forceFullCollection: true) - before;
            used.ShouldBeLessThan(MostHostBytes, script);
            most = Math.Max(most, used);
        }
    }

    private static long BytesOf(ModemOutput output) => 100 + output switch
    {
        ModemReport.LogLine line => line.Bytes.Length,
        ModemReport.UartReceived received => received.Bytes.Length,
        ModemReport.Noticed noticed => noticed.Text.Length,
        _ => 0,
    };
}
