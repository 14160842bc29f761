using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using CsCheck;

namespace AirHil.Modem.Tests.Acts;

public sealed class FaultScheduleTests
{
    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Lines_are_read_and_remarks_skipped()
    {
        var schedule = FaultSchedule.Parse("# the bad day\n20s drop coverage for 30s\n\n1.5m close with 1001\n");
        schedule.Acts.ShouldBe(
            [
                new ScheduledAct(S(20), new BeginFault(new DropCoverage(), S(30))),
                new ScheduledAct(S(90), new BeginFault(new CloseWithFrame(1001))),
            ]);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("soon drop coverage")]
    [InlineData("20 drop coverage")]
    public void A_time_and_a_fault_are_expected(string text) =>
        Should.Throw<FormatException>(() => ScheduledAct.Parse(text));

    [Fact]
    public void A_seed_fixes_a_schedule_that_fits_its_duration() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 100_000]).Sample((seed, seconds) =>
    {
        var one = RandomFaults.Generate(seed, S(seconds));
        one.ShouldBe(RandomFaults.Generate(seed, S(seconds)));
        one.Acts.Count.ShouldBeGreaterThan(0);
        one.Acts.Select(a => a.At).ShouldBeInOrder();
        var begun = one.Acts.Select(a => (a.At, Act: (BeginFault)a.Act)).ToArray();
        begun.ShouldAllBe(b => b.At >= TimeSpan.Zero && b.At + (b.Act.For ?? TimeSpan.Zero) <= S(seconds));
        begun.ShouldAllBe(b => b.Act.Fault.IsMoment == (b.Act.For == null));
    });

    [Fact]
    public void Different_seeds_give_different_schedules() => Enumerable.Range(0, 100)
        .Select(i => RandomFaults.Generate((ulong)i, TimeSpan.FromHours(1)).ToString()).Distinct().Count()
        .ShouldBe(100);

    [Fact]
    public void Generated_schedules_read_back_from_their_text() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 86_400]).Sample((seed, seconds) =>
    {
        var schedule = RandomFaults.Generate(seed, TimeSpan.FromSeconds(seconds));
        FaultSchedule.Parse(schedule.ToString()).ShouldBe(schedule);
    });
}
