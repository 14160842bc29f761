using AirHil.Hunt.Search;
using AirHil.Modem;
using AirHil.Modem.Acts;

namespace AirHil.Hunt.Tests.Search;

public sealed class ScheduleDrawTests
{
    private static readonly ScheduleDraw Draw = new(
        FaultKind.All, [(TimeSpan.FromSeconds(9), "ws.text.in")], [], LimitDrawTests.Met(), TimeSpan.FromSeconds(60));

    [Fact]
    public void Every_schedule_reads_back_from_its_text_and_lies_in_the_run()
    {
        for (var i = 0; i < 500; i++)
        {
            var random = SplitMix64.For(3, $"schedule {i}");
            var drawn = Draw.New(random);
            foreach (var schedule in (FaultSchedule[])[drawn, Draw.Mutate(random, drawn)])
            {
                FaultSchedule.Parse(schedule.ToString()).ShouldBe(schedule);
                schedule.Acts.Count.ShouldBeInRange(1, 6);
                schedule.Acts.ShouldAllBe(act => act.At >= TimeSpan.Zero && act.At <= TimeSpan.FromSeconds(60));
            }
        }
    }

    [Fact]
    public void The_supply_is_cut_between_two_writes_to_flash()
    {
        var cuts = FaultKind.All.Where(kind => kind.Name is "power cut" or "reset" or "coverage").ToArray();
        var draw = new ScheduleDraw(
            cuts, [], [TimeSpan.FromMilliseconds(9_000.3)], LimitDrawTests.Met(), TimeSpan.FromSeconds(60));
        var drawn = Enumerable.Range(0, 200).SelectMany(i => draw.New(SplitMix64.For(3, $"schedule {i}")).Acts)
            .Where(act => act.At == TimeSpan.FromMilliseconds(9_001)).Select(act => act.Act.GetType()).ToHashSet();
        drawn.ShouldBe([typeof(SwitchOff), typeof(PullReset)], ignoreOrder: true);
    }

    [Fact]
    public void The_same_generator_draws_the_same() =>
        Draw.New(SplitMix64.For(5, "x")).ShouldBe(Draw.New(SplitMix64.For(5, "x")));

    [Fact]
    public void Kinds_fit_what_a_run_shows()
    {
        var quiet = FaultKind.All.Where(kind => kind.Fits(new HashSet<string>())).Select(kind => kind.Name);
        quiet.ShouldBe(["coverage", "power cut", "reset", "brown-out", "radio", "clock"]);
        var uart = new HashSet<string> { "uart1.rx" };
        var wired = FaultKind.All.Where(kind => kind.Fits(uart)).Select(kind => kind.Name);
        wired.ShouldContain("split packets");
        wired.ShouldNotContain("tls");
    }
}
