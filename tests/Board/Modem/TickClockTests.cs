using AirHil.Board.Log;
using AirHil.Board.Modem;
using AirHil.Modem;

namespace AirHil.Board.Tests.Modem;

public sealed class TickClockTests
{
    private readonly TickClock _clock = new(new TickTimings());

    [Fact]
    public void A_module_that_was_running_before_is_dated_by_when_it_was_heard()
    {
        Date(100, 5_000_000).ShouldBe((100, null));
        Date(1100, 5_001_000).ShouldBe((1100, null));
    }

    [Fact]
    public void A_start_by_the_rig_happened_when_the_rig_acted()
    {
        _clock.Expect(Ms(1000), Ms(1000));
        Date(1045, 9).ShouldBe((1009, 1000));
        Date(1250, 237).ShouldBe((1237, null));
    }

    [Fact]
    public void A_start_is_not_earlier_than_the_switching_and_not_later_than_its_end()
    {
        _clock.Expect(Ms(1000), Ms(1800));
        Date(1500, 100).ShouldBe((1500, 1400));
        _clock.Forget();
        _clock.Expect(Ms(3000), Ms(3800));
        Date(4500, 100).ShouldBe((3900, 3800));
    }

    [Fact]
    public void Lines_that_were_buffered_while_the_port_was_away_do_not_pull_the_start_late()
    {
        _clock.Expect(Ms(1000), Ms(1000));
        // The port is back 0.7 s later, with what was said since.
        Dates(1700, 16, 235, 237, 244, 300).ShouldBe(
            [(1016, 1000), (1235, null), (1237, null), (1244, null), (1300, null)]);
        Date(1705, 700).ShouldBe((1700, null));
    }

    [Fact]
    public void Without_an_act_the_latest_of_lines_heard_together_tells_how_late_they_came()
    {
        Date(100, 60_000);
        Dates(10_700, 16, 237, 690).ShouldBe([(10_026, 10_010), (10_247, null), (10_700, null)]);
    }

    [Fact]
    public void Without_an_act_a_start_was_when_the_port_went_away()
    {
        Date(100, 60_000);
        _clock.NoteGone(Ms(10_000));
        Dates(10_700, 16, 237, 300).ShouldBe([(10_016, 10_000), (10_237, null), (10_300, null)]);
    }

    [Fact]
    public void A_port_that_was_away_for_longer_tells_nothing_of_a_start()
    {
        Date(100, 60_000);
        _clock.NoteGone(Ms(10_000));
        Date(20_300, 300).ShouldBe((20_300, 20_000));
    }

    [Fact]
    public void A_line_that_came_sooner_moves_the_anchor_to_earlier()
    {
        Date(1000, 0);
        Date(2300, 1000).ShouldBe((2000, null));
        Date(3001, 2010).ShouldBe((3001, null));
        Date(4100, 3000).ShouldBe((3991, null));
    }

    [Fact]
    public void Nothing_happens_after_it_was_heard_and_lines_keep_their_order()
    {
        var chance = new SplitMix64(1);
        _clock.Expect(Ms(0), Ms(0));
        TimeSpan arrival = default, tick = default, last = default;
        for (var i = 0; i < 10_000; i++)
        {
            tick += Ms(chance.Below(50));
            var heard = tick + Ms(chance.Below(20));
            arrival = heard > arrival ? heard : arrival;
            var (at, _) = _clock.Date([Line(tick)], arrival)[0];
            at.ShouldBeLessThanOrEqualTo(arrival);
            at.ShouldBeGreaterThanOrEqualTo(last);
            (at - tick).Duration().ShouldBeLessThan(Ms(20));
            last = at;
        }
    }

    [Fact]
    public void A_crystal_that_is_slow_is_followed()
    {
        // 100 ppm: after 1,000 s the module is 100 ms behind.
        TimeSpan at = default, arrival = default;
        for (var second = 0; second <= 1000; second++)
        {
            arrival = TimeSpan.FromSeconds(second);
            at = _clock.Date([Line(arrival * 0.9999)], arrival)[0].HappenedAt;
        }

        (arrival - at).ShouldBeLessThan(Ms(10));
    }

    [Fact]
    public void A_crystal_that_is_fast_is_followed()
    {
        TimeSpan at = default, arrival = default;
        for (var second = 0; second <= 1000; second++)
        {
            arrival = TimeSpan.FromSeconds(second);
            at = _clock.Date([Line(arrival * 1.0001)], arrival)[0].HappenedAt;
        }

        at.ShouldBe(arrival);
    }

    [Fact]
    public void The_time_from_the_supply_to_tick_zero_is_found_out_without_a_jump()
    {
        _clock.Expect(Ms(0), Ms(0));
        TimeSpan last = default, arrival = default;
        for (var second = 1; second <= 400; second++)
        {
            arrival = TimeSpan.FromSeconds(second) + Ms(300);
            var at = _clock.Date([Line(TimeSpan.FromSeconds(second))], arrival)[0].HappenedAt;
            (at - last).ShouldBeInRange(Ms(1000), Ms(1003));
            last = at;
        }

        last.ShouldBe(arrival);
    }

    [Fact]
    public void A_clock_that_stood_still_in_a_deep_sleep_is_believed()
    {
        Date(1000, 1000);
        for (var i = 0; i < 5; i++) Date(700_000 + i * 1000, 2000 + i * 1000);
        Date(706_000, 8000).ShouldBe((706_000, null));
    }

    [Fact]
    public void A_tick_that_goes_back_is_a_start()
    {
        Date(1000, 60_000);
        Date(2000, 16).ShouldBe((2000, 1984));
    }

    [Fact]
    public void Tasks_that_change_places_by_some_milliseconds_are_no_start()
    {
        Date(1000, 60_000);
        Date(1001, 59_960).ShouldBe((1000, null));
    }

    [Fact]
    public void A_second_banner_is_a_start_and_the_first_is_not()
    {
        Heard(100, (9, false), (237, true)).ShouldAllBe(l => l.Start == null);
        Heard(240, (377, true))[0].Start.ShouldNotBeNull();
    }

    [Fact]
    public void After_a_reset_lines_of_the_start_before_are_still_its_own()
    {
        Date(100, 50_000);
        _clock.Expect(Ms(1000), Ms(1000));
        Date(1010, 50_899).ShouldBe((999, null), within: 1);
        _clock.AwaitsStart.ShouldBeTrue();
        Date(1600, 16).ShouldBe((1016, 1000));
        _clock.AwaitsStart.ShouldBeFalse();
    }

    [Fact]
    public void A_start_that_shows_itself_late_is_known_by_its_tick_even_if_that_goes_on_rising()
    {
        _clock.Expect(Ms(0), Ms(0));
        Date(20, 10);
        _clock.Expect(Ms(500), Ms(500));
        Date(3500, 2900).ShouldBe((3400, 500));
    }

    [Fact]
    public void A_start_is_never_before_the_last_line_of_the_one_before()
    {
        Date(1000, 60_000);
        _clock.Expect(Ms(990), Ms(990));
        Date(1600, 16).ShouldBe((1016, 1000));
    }

    [Theory]
    [InlineData(4_000_000_000)]
    [InlineData(90_000)]
    [InlineData(300)]
    public void One_damaged_tick_changes_nothing(long damaged)
    {
        _clock.Expect(Ms(0), Ms(0));
        for (var t = 100; t < 60_000; t += 100) Date(t + 2, t);
        Date(60_002, damaged).ShouldBe((60_002, null));
        Date(60_102, 60_100).ShouldBe((60_102, null), within: 3);
        Date(60_202, 60_200).ShouldBe((60_202, null), within: 3);
        Date(60_402, 60_300).ShouldBe((60_300, null), within: 3);
    }

    [Fact]
    public void The_first_tick_of_all_may_be_damaged_too()
    {
        Date(1000, 4_000_000_000);
        for (var i = 0; i < 3; i++) Date(2000 + i * 100, 70_000 + i * 100);
        Date(3000, 71_000).ShouldBe((3000, null));
    }

    [Fact]
    public void Forgotten_it_begins_anew()
    {
        Date(1000, 60_000);
        _clock.Forget();
        _clock.Expect(Ms(2000), Ms(2000));
        Date(2030, 9).ShouldBe((2009, 2000));
    }

    [Fact]
    public void Two_starts_in_one_piece_are_both_seen()
    {
        Date(1000, 60_000);
        var dated = Heard(4000, (62_000, false), (9, false), (237, true), (1500, false), (9, false), (237, true));
        dated.Select(d => d.Start is not null).ShouldBe([false, true, false, false, true, false]);
        dated.Select(d => d.HappenedAt).ShouldBe(dated.Select(d => d.HappenedAt).Order());
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private (double At, double? Start) Date(long arrivalMs, long tickMs) => Dates(arrivalMs, tickMs)[0];

    private (double At, double? Start)[] Dates(long arrivalMs, params long[] ticksMs) =>
        [.. Heard(arrivalMs, [.. ticksMs.Select(t => (t, false))]).Select(Of)];

    private DatedLine[] Heard(long arrivalMs, params (long TickMs, bool Banner)[] lines) =>
        _clock.Date([.. lines.Select(l => Line(Ms(l.TickMs), l.Banner))], Ms(arrivalMs));

    private static LogRecord Line(TimeSpan tick, bool isBanner = false) =>
        new((ulong)tick.TotalMilliseconds, 0, isBanner ? "I/main LuatOS@Air780E"u8.ToArray() : default);

    private static (double At, double? Start) Of(DatedLine line) =>
        (line.HappenedAt.TotalMilliseconds, line.Start?.TotalMilliseconds);
}

/// <summary>Comparing dates that the anchor's slow rise may move a little.</summary>
internal static class DateShould
{
    public static void ShouldBe(
        this (double At, double? Start) actual, (double At, double? Start) expected, double within)
    {
        actual.At.ShouldBe(expected.At, within);
        actual.Start.ShouldBe(expected.Start);
    }
}
