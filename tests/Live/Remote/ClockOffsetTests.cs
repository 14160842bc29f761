using AirHil.Live.Remote;
using AirHil.Modem;

namespace AirHil.Live.Tests.Remote;

public sealed class ClockOffsetTests
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(-1_234);

    [Fact]
    public void The_least_delay_counts_however_much_the_others_vary()
    {
        var offset = new ClockOffset();
        var random = new SplitMix64(4);
        var stamp = TimeSpan.FromSeconds(2_000);
        for (var i = 0; i < 60; i++, stamp += TimeSpan.FromSeconds(1))
        {
            offset.Add(stamp, stamp + Apart + Ms(2 + (random.NextDouble() * 300)));
        }

        (offset.Convert(stamp, stamp) - (stamp + Apart)).ShouldBeInRange(Ms(2), Ms(70));
    }

    [Fact]
    public void Drift_is_followed_so_slowly_that_distances_stay()
    {
        var offset = new ClockOffset();
        TimeSpan? last = null;
        for (var s = 0; s < 600; s++)
        {
            // 100 ppm, the most that a computer's clock may be off
            var stamp = TimeSpan.FromSeconds(s);
            var arrival = stamp + Apart + Ms(1) + (stamp * 1e-4);
            offset.Add(stamp, arrival);
            var converted = offset.Convert(stamp, arrival);
            (converted - arrival).Duration().ShouldBeLessThan(Ms(5));
            var distance = converted - (last ?? converted - TimeSpan.FromSeconds(1));
            (distance - TimeSpan.FromSeconds(1)).Duration().ShouldBeLessThan(Ms(1.01));
            last = converted;
        }
    }

    [Fact]
    public void Nothing_is_dated_later_than_now()
    {
        var offset = new ClockOffset();
        offset.Add(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        offset.Convert(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)).ShouldBe(TimeSpan.FromSeconds(6));
        offset.Convert(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6)).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_host_that_slept_is_followed_at_once()
    {
        var offset = new ClockOffset();
        for (var s = 0; s < 40; s++) offset.Add(TimeSpan.FromSeconds(s), TimeSpan.FromSeconds(s));
        for (var s = 40; s < 80; s++) offset.Add(TimeSpan.FromSeconds(s), TimeSpan.FromSeconds(s + 100));
        offset.Convert(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(1_000)).ShouldBe(TimeSpan.FromSeconds(180));
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
}
