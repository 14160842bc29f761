using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class FaultEndsTests
{
    /// <param name="scheduledAt">When the second fault is scheduled, in seconds: before the first begins, or while it
    /// acts.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public async Task Between_a_fault_and_one_that_begins_at_its_end_is_no_gap(int scheduledAt)
    {
        await using var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText("sys = require('sys') sys.run()"));
        await bench.ApplyPower();
        bench.Schedule(ScheduledAct.Parse("20s drop coverage for 10s"));
        await bench.RunFor(TimeSpan.FromSeconds(scheduledAt));
        bench.Schedule(ScheduledAct.Parse("30s drop coverage for 10s"));
        await bench.RunFor(TimeSpan.FromSeconds(60));
        bench.Events.OfType<CoverageChanged>().Select(e => (e.At.TotalSeconds, e.IsCovered))
            .ShouldBe([(20, false), (40, true)]);
        bench.Events.Count(e => e is FaultBegan).ShouldBe(2);
        bench.Events.Count(e => e is FaultEnded).ShouldBe(2);
    }
}
