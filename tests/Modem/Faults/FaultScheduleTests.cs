using AirHil.Modem.Faults;
using CsCheck;

namespace AirHil.Modem.Tests.Faults;

public sealed class FaultScheduleTests
{
    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Lines_are_read_and_remarks_skipped()
    {
        var schedule = FaultSchedule.Parse("# the bad day\n20s drop coverage for 30s\n\n1.5m close with 1001\n");
        schedule.Faults.ShouldBe(
            [
                new ScheduledFault(S(20), new DropCoverage(), S(30)),
                new ScheduledFault(S(90), new CloseWithFrame(1001)),
            ]);
    }

    [Fact]
    public void Moments_come_in_order_and_ends_before_beginnings()
    {
        var schedule = FaultSchedule.Parse("10s black hole for 5s\n15s drop coverage\n12s drop connection");
        schedule.Moments().ShouldBe(
        [
            (S(10), new BlackHole(), true),
            (S(12), new ResetConnections(), true),
            (S(15), new BlackHole(), false),
            (S(15), new DropCoverage(), true),
        ]);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("soon drop coverage")]
    [InlineData("20 drop coverage")]
    public void A_time_and_a_fault_are_expected(string text) =>
        Should.Throw<FormatException>(() => ScheduledFault.Parse(text));

    [Fact]
    public void A_seed_fixes_a_schedule_that_fits_its_duration() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 100_000]).Sample((seed, seconds) =>
    {
        var one = RandomFaults.Generate(seed, S(seconds));
        one.ShouldBe(RandomFaults.Generate(seed, S(seconds)));
        one.Faults.Count.ShouldBeGreaterThan(0);
        one.Faults.Select(f => f.At).ShouldBeInOrder();
        one.Faults.ShouldAllBe(f => f.At >= TimeSpan.Zero && f.At + (f.For ?? TimeSpan.Zero) <= S(seconds));
        one.Faults.ShouldAllBe(f => f.Fault.IsMoment == (f.For == null));
    });

    [Fact]
    public void Different_seeds_give_different_schedules() => Enumerable.Range(0, 100)
        .Select(i => RandomFaults.Generate((ulong)i, TimeSpan.FromHours(1)).ToString()).Distinct().Count()
        .ShouldBe(100);
}
