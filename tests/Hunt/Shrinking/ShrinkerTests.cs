using AirHil.Hunt.Shrinking;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;

namespace AirHil.Hunt.Tests.Shrinking;

public sealed class ShrinkerTests
{
    [Fact]
    public void What_is_not_needed_goes_and_the_rest_gets_round()
    {
        var found = FaultSchedule.Parse(
            """
            12.345s drop connection
            13.017s after ws.text.in 37ms black hole for 17.3s
            41.271s drop coverage for 33.21s
            """);
        var shrinker = new Shrinker(schedule => schedule.Acts.Any(act => act.Act is BeginFault
        {
            Fault: DropCoverage, For: { TotalSeconds: >= 7 },
        } && act.At.TotalSeconds is > 40 and < 49));
        shrinker.Shrink(found).ToString().ShouldBe("45s drop coverage for 10s");
        shrinker.Runs.ShouldBeInRange(10, 60);
    }

    [Theory]
    [InlineData("9s slow link 2.7s 1000B/s", "0s slow link 500ms 1000B/s")]
    [InlineData("9s network clock 67h behind", "0s network clock 500ms behind")]
    [InlineData("9s interrupt link 900ms every 10s for 1m", "0s interrupt link 500ms every 10s for 10ms")]
    [InlineData("9s fade -80 -8 20 to -125 -18 -8 over 30s", "0s fade -80 -8 20 to -125 -18 -8 over 500ms")]
    public void A_duration_in_a_fault_gets_shorter(string found, string shrunk)
    {
        var shrinker = new Shrinker(schedule =>
            schedule.Acts is [{ Act: BeginFault { Fault.Extent.TotalMilliseconds: > 200 } }]);
        shrinker.Shrink(FaultSchedule.Parse(found)).ToString().ShouldBe(shrunk);
    }

    [Theory]
    [InlineData("9s fail dns of a.example 4 times for 30s", "0s fail dns for 10ms")]
    [InlineData("9s drop connection at a.example 4 times for 30s", "0s drop connection")]
    public void A_limit_that_is_not_needed_goes(string found, string shrunk) =>
        new Shrinker(schedule => schedule.Acts.Count == 1).Shrink(FaultSchedule.Parse(found)).ToString()
            .ShouldBe(shrunk);

    [Fact]
    public void A_limit_that_is_needed_stays_and_a_count_gets_less()
    {
        var shrinker = new Shrinker(schedule => schedule.Acts is
        [
        { Act: BeginFault { Fault.Limits: { Host: "a.example", Times: > 1 } } },
        ]);
        shrinker.Shrink(FaultSchedule.Parse("9s service down at a.example 5 times for 30s")).ToString()
            .ShouldBe("0s service down at a.example 2 times for 10ms");
    }

    [Fact]
    public void Two_faults_that_are_needed_stay()
    {
        var found = FaultSchedule.Parse("10s drop connection\n11s reset\n12s drop coverage for 1m");
        var shrinker = new Shrinker(schedule => schedule.Acts.Count(act => act.Act is PullReset
            or BeginFault { Fault: ResetConnections }) == 2);
        shrinker.Shrink(found).Acts.Select(act => act.Act.ToString()).ShouldBe(["drop connection", "reset"], true);
    }

    [Fact]
    public void What_is_left_is_in_the_order_of_its_times_and_a_long_duration_gets_round()
    {
        var shrinker = new Shrinker(schedule => schedule.Acts is [_, _] acts
            && acts.Any(act => act is { At.TotalSeconds: > 10, Act: BeginFault { For.TotalSeconds: > 40.5 } })
            && acts.Any(act => act.Act is PullReset));
        shrinker.Shrink(FaultSchedule.Parse("12s black hole for 41.941s\n13s reset")).ToString()
            .ShouldBe("0s reset\n60s black hole for 41s");
    }

    [Fact]
    public void An_anchor_stays_where_it_is_needed_and_its_delay_gets_shorter()
    {
        var found = FaultSchedule.Parse("9.3s after ws.text.in 37ms reset");
        var shrunk = new Shrinker(schedule => schedule.Acts is [{ Behind: not null }]).Shrink(found);
        shrunk.ToString().ShouldBe("0s after ws.text.in 0s reset");
    }

    [Fact]
    public void A_delay_that_is_needed_gets_no_longer()
    {
        var found = FaultSchedule.Parse("9.3s after ws.text.in 37ms reset");
        var shrinker = new Shrinker(schedule => schedule.Acts is [{ Behind.Delay.TotalMilliseconds: > 20 }]);
        var shrunk = shrinker.Shrink(found);
        shrunk.ToString().ShouldBe("0s after ws.text.in 30ms reset");
    }
}
