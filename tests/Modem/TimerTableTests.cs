namespace AirHil.Modem.Tests;

public sealed class TimerTableTests
{
    private readonly TimerTable<Timer> _timers = new();

    private enum Timer
    {
        Open,
        Retry,
        Idle,
    }

    [Fact]
    public void The_earliest_deadline_is_the_next()
    {
        _timers.Next.ShouldBeNull();
        _timers.Set(Timer.Retry, Ms(20));
        _timers.Set(Timer.Idle, Ms(10));
        _timers.Next.ShouldBe(Ms(10));
        _timers.Set(Timer.Idle, Ms(30));
        _timers.Next.ShouldBe(Ms(20));
    }

    [Fact]
    public void A_timer_expires_once_and_not_early()
    {
        _timers.Set(Timer.Open, Ms(10));
        _timers.TryExpire(Timer.Open, Ms(9)).ShouldBeFalse();
        _timers[Timer.Open].ShouldBe(Ms(10));
        _timers.TryExpire(Timer.Idle, Ms(10)).ShouldBeFalse();
        _timers.TryExpire(Timer.Open, Ms(10)).ShouldBeTrue();
        _timers.TryExpire(Timer.Open, Ms(11)).ShouldBeFalse();
        _timers[Timer.Open].ShouldBeNull();
    }

    [Fact]
    public void A_stopped_timer_does_not_expire()
    {
        foreach (var timer in Enum.GetValues<Timer>()) _timers.Set(timer, Ms(10));
        _timers.Stop(Timer.Open);
        _timers.TryExpire(Timer.Open, Ms(10)).ShouldBeFalse();
        _timers.Next.ShouldBe(Ms(10));
        _timers.StopAll();
        _timers.Next.ShouldBeNull();
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
