using AirHil.Hunt.Runs;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Tests.Runs;

public sealed class WorldRunTests
{
    private static readonly HashSet<Cause> Nothing = [];

    [Fact]
    public void A_run_ends_at_the_first_violation_that_is_not_known()
    {
        var schedule = FaultSchedule.Parse("30s drop coverage for 10s");
        var subject = Subject.Create();
        subject = subject with { Properties = [.. subject.Properties, new NeverRestarts()] };
        var first = WorldRun.Do(subject, schedule, Nothing);
        var cause = first.Broken.ShouldHaveSingleItem().Cause;
        first.Length.ShouldBe(Subject.S(70), Subject.S(1));
        var known = new HashSet<Cause> { cause };
        WorldRun.Do(subject, schedule, known).Length.ShouldBe(Subject.S(71));
        WorldRun.Do(Subject.Create(), schedule, known).Length.ShouldBe(first.Length);
    }

    [Fact]
    public void The_same_schedule_goes_the_same_ways()
    {
        var schedule = FaultSchedule.Parse("25s after ws.text.in 20ms drop connection");
        var one = WorldRun.Do(Subject.Create(), schedule, Nothing);
        var two = WorldRun.Do(Subject.Create(), schedule, Nothing);
        two.Pairs.ShouldBe(one.Pairs, ignoreOrder: true);
        WorldRun.Do(Subject.Create(), FaultSchedule.Empty, Nothing).Pairs.Count.ShouldBeLessThan(one.Pairs.Count);
    }
}
