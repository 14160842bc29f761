using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Tests.Time;

public sealed class VirtualTimeSchedulerTests : IDisposable
{
    private readonly ActorSystem _system = VirtualSystem.Rent(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _seen = [];

    private IScheduler Clock => _system.Scheduler;

    private VirtualTimeScheduler Time => (VirtualTimeScheduler)_system.Scheduler;

    public void Dispose() => VirtualSystem.Return(_system, clean: false);

    [Fact]
    public void A_timer_sees_the_clock_at_its_own_due_time()
    {
        var actor = Collector(_ => $"{Time.Elapsed.TotalMilliseconds} {Clock.Now:HH:mm:ss.fff}");
        Clock.ScheduleTellOnce(Ms(1500), actor, "x", ActorRefs.NoSender);
        Clock.ScheduleTellOnce(Ms(20), actor, "y", ActorRefs.NoSender);
        Time.AdvanceTo(Ms(10_000));
        _seen.ShouldBe(["20 00:00:00.020", "1500 00:00:01.500"]);
        Time.Elapsed.ShouldBe(Ms(10_000));
    }

    [Fact]
    public void Timers_of_one_time_fire_in_the_order_in_which_they_were_set()
    {
        var actor = Collector(m => $"{m}");
        foreach (var n in Enumerable.Range(0, 20)) Clock.ScheduleTellOnce(Ms(5), actor, n, ActorRefs.NoSender);
        Time.AdvanceTo(Ms(5));
        _seen.ShouldBe(Enumerable.Range(0, 20).Select(n => $"{n}"));
    }

    [Fact]
    public void A_timer_at_the_end_of_an_advance_fires_and_one_behind_it_does_not()
    {
        var actor = Collector(m => $"{m}");
        Clock.ScheduleTellOnce(Ms(100), actor, "at", ActorRefs.NoSender);
        Clock.ScheduleTellOnce(Ms(100) + TimeSpan.FromTicks(1), actor, "behind", ActorRefs.NoSender);
        Time.AdvanceTo(Ms(100));
        _seen.ShouldBe(["at"]);
        Time.PendingTimers.ShouldBe(1);
    }

    [Fact]
    public void Time_moves_only_when_every_mailbox_is_empty()
    {
        // A chain of a hundred messages that a timer sets off ends before the next timer, 1 tick later, fires.
        IActorRef self = ActorRefs.Nobody;
        self = Actor(m =>
        {
            if (m is int n && n > 0) self.Tell(n - 1);
            else _seen.Add($"{m} at {Time.Elapsed.Ticks}");
        });
        Clock.ScheduleTellOnce(TimeSpan.FromTicks(10), self, 100, ActorRefs.NoSender);
        Clock.ScheduleTellOnce(TimeSpan.FromTicks(11), self, "next", ActorRefs.NoSender);
        Time.AdvanceTo(Ms(1));
        _seen.ShouldBe(["0 at 10", "next at 11"]);
    }

    [Fact]
    public void Repeats_do_not_drift_and_stop_when_cancelled()
    {
        using var cancel = new Cancelable(Clock);
        var actor = Collector(_ => $"{Time.Elapsed.TotalMilliseconds}");
        Clock.ScheduleTellRepeatedly(Ms(7), Ms(10), actor, "x", ActorRefs.NoSender, cancel);
        Time.AdvanceTo(Ms(30));
        cancel.Cancel();
        Time.AdvanceTo(Ms(100));
        _seen.ShouldBe(["7", "17", "27"]);
    }

    [Fact]
    public void A_condition_stops_the_clock_where_it_came_true()
    {
        var actor = Collector(m => $"{m}");
        foreach (var n in Enumerable.Range(1, 9)) Clock.ScheduleTellOnce(Ms(n * 10), actor, n, ActorRefs.NoSender);
        Time.AdvanceUntil(() => _seen.Count == 4, Ms(1000)).ShouldBeTrue();
        Time.Elapsed.ShouldBe(Ms(40));
        Time.AdvanceUntil(() => _seen.Count == 40, Ms(1000)).ShouldBeFalse();
        Time.Elapsed.ShouldBe(Ms(1000));
    }

    [Fact]
    public void Actor_timers_and_receive_timeouts_run_on_virtual_time()
    {
        var actor = Actor(
            m => _seen.Add($"{m.GetType().Name} {Time.Elapsed.TotalSeconds}"),
            () => ActorCell.GetCurrentSelfOrNoSender().ShouldNotBe(ActorRefs.NoSender),
            receiveTimeout: TimeSpan.FromMinutes(2));
        actor.Tell("hello");
        Time.AdvanceTo(TimeSpan.FromMinutes(3));
        _seen.ShouldBe(["String 0", "ReceiveTimeout 120"]);
    }

    [Fact]
    public void A_tell_from_a_foreign_thread_fails_the_run_even_into_a_busy_mailbox()
    {
        var actor = Collector(m => $"{m}");
        Time.Drain();
        actor.Tell("own");
        var intruder = new Thread(() => actor.Tell("foreign"));
        intruder.Start();
        intruder.Join();
        Should.Throw<ForeignThreadException>(() => Time.Drain()).Message.ShouldContain("System.String");
    }

    [Fact]
    public void Another_interleaving_is_another_order_and_the_same_again()
    {
        string[] Order(ulong seed)
        {
            var order = new List<string>();
            var system = VirtualSystem.Rent(DateTimeOffset.UnixEpoch, seed);
            var time = (VirtualTimeScheduler)system.Scheduler;
            var actors = Enumerable.Range(0, 16)
                .Select(
                    n => system.ActorOf(Props.Create(() => new Lambda(_ => order.Add($"{n}"), null, null)), $"a{n}"))
                .ToArray();
            time.Drain();
            foreach (var actor in actors) actor.Tell("go");
            time.Drain();
            VirtualSystem.Return(system, clean: false);
            return [.. order];
        }

        Order(0).ShouldBe(Enumerable.Range(0, 16).Select(n => $"{n}"));
        Order(7).ShouldBe(Order(7));
        Order(7).ShouldNotBe(Order(0));
        Order(7).ShouldNotBe(Order(8));
    }

    [Fact]
    public void A_system_that_served_a_run_begins_the_next_at_zero()
    {
        var system = VirtualSystem.Rent(DateTimeOffset.UnixEpoch);
        var time = (VirtualTimeScheduler)system.Scheduler;
        system.Scheduler.ScheduleTellOnce(Ms(50), system.DeadLetters, "x", ActorRefs.NoSender);
        time.AdvanceTo(Ms(20));
        time.Reset(DateTimeOffset.UnixEpoch, 0);
        time.Elapsed.ShouldBe(TimeSpan.Zero);
        time.PendingTimers.ShouldBe(0);
        VirtualSystem.Return(system, clean: false);
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private IActorRef Collector(Func<object, string> text) => Actor(m => _seen.Add(text(m)));

    private IActorRef Actor(Action<object> body, Action? start = null, TimeSpan? receiveTimeout = null) =>
        _system.ActorOf(Props.Create(() => new Lambda(body, start, receiveTimeout)));

    private sealed class Lambda(Action<object> body, Action? start, TimeSpan? receiveTimeout) : UntypedActor
    {
        protected override void PreStart()
        {
            start?.Invoke();
            if (receiveTimeout is { } time) Context.SetReceiveTimeout(time);
        }

        protected override void OnReceive(object message)
        {
            body(message);
            if (message is ReceiveTimeout) Context.SetReceiveTimeout(null);
        }
    }
}
