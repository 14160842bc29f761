using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Runs;

public sealed class ScriptTrailTests
{
    private static readonly HashSet<ulong> Nothing = [];

    [Fact]
    public async Task The_same_run_goes_the_same_ways_and_another_has_others()
    {
        var one = await Places(TimeSpan.FromSeconds(5));
        (await Places(TimeSpan.FromSeconds(5))).ShouldBe(one);
        var longer = (await Places(TimeSpan.FromSeconds(20))).Except(one).ToArray();
        longer.ShouldNotBeEmpty();
        longer.Length.ShouldBeLessThan(one.Count);
    }

    [Fact]
    public async Task What_is_known_is_left_out()
    {
        var one = await Places(TimeSpan.FromSeconds(5));
        (await Places(TimeSpan.FromSeconds(5), one.ToHashSet())).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<ulong>> Places(TimeSpan time, IReadOnlySet<ulong>? known = null)
    {
        var trail = new ScriptTrail();
        await using var bench = new Bench(new BenchOptions { Target = new VirtualTarget().Counting(trail) });
        bench.Firmware(FirmwareSource.FromText(
            """
            sys = require("sys")
            local ticks = 0
            sys.timerLoopStart(function()
              ticks = ticks + 1
              if ticks == 10 then log.info("ten") end
            end, 1000)
            sys.run()
            """));
        await bench.ApplyPower();
        await bench.RunFor(time);
        return trail.Places(known ?? Nothing);
    }
}
