using AirHil.Rig.World;

namespace AirHil.Rig.Tests.World;

public sealed class LoopTests
{
    private readonly Loop _loop = new();
    private readonly List<string> _seen = [];

    [Fact]
    public void A_timer_sees_the_clock_at_its_own_due_time()
    {
        foreach (var ms in (double[])[1500, 20]) _loop.At(Ms(ms), now => _seen.Add($"{now.TotalMilliseconds}"));
        _loop.Advance(null, Ms(10_000)).ShouldBeFalse();
        _seen.ShouldBe(["20", "1500"]);
        _loop.Now.ShouldBe(Ms(10_000));
    }

    [Fact]
    public void Timers_of_one_time_fire_in_the_order_in_which_they_were_set()
    {
        foreach (var n in Enumerable.Range(0, 20)) _loop.At(Ms(5), _ => _seen.Add($"{n}"));
        _loop.Advance(null, Ms(5));
        _seen.ShouldBe(Enumerable.Range(0, 20).Select(n => $"{n}"));
    }

    [Fact]
    public void A_timer_at_the_end_of_an_advance_fires_and_one_behind_it_does_not()
    {
        _loop.At(Ms(100), _ => _seen.Add("at"));
        _loop.At(Ms(100) + TimeSpan.FromTicks(1), _ => _seen.Add("behind"));
        _loop.Advance(null, Ms(100));
        _seen.ShouldBe(["at"]);
        _loop.NextDue.ShouldBe(Ms(100) + TimeSpan.FromTicks(1));
    }

    [Fact]
    public void Time_moves_only_when_no_message_waits()
    {
        // A chain of a hundred messages that a timer sets off ends before the next timer, a tick later, fires.
        var chain = new Receiver();
        chain.Received = (message, now) =>
        {
            if (message is int n && n > 0) _loop.Post(chain, n - 1);
            else _seen.Add($"{message} at {now.Ticks}");
        };
        _loop.At(TimeSpan.FromTicks(10), _ => _loop.Post(chain, 100));
        _loop.At(TimeSpan.FromTicks(11), _ => _loop.Post(chain, "next"));
        _loop.Advance(null, Ms(1));
        _seen.ShouldBe(["0 at 10", "next at 11"]);
    }

    [Fact]
    public void A_condition_stops_the_clock_where_it_came_true()
    {
        foreach (var n in Enumerable.Range(1, 9)) _loop.At(Ms(n * 10), _ => _seen.Add($"{n}"));
        _loop.Advance(() => _seen.Count == 4, Ms(1000)).ShouldBeTrue();
        _loop.Now.ShouldBe(Ms(40));
        _loop.Advance(() => _seen.Count == 40, Ms(1000)).ShouldBeFalse();
        _loop.Now.ShouldBe(Ms(1000));
    }

    [Fact]
    public void What_is_to_be_at_a_time_that_is_over_is_done_now()
    {
        _loop.Advance(null, Ms(10));
        _loop.At(Ms(3), now => _seen.Add($"{now.TotalMilliseconds}"));
        _loop.Advance(null, Ms(10));
        _seen.ShouldBe(["10"]);
    }

    [Fact]
    public void A_message_of_a_foreign_thread_is_refused_with_the_way_to_go()
    {
        var receiver = new Receiver();
        Exception? refusal = null;
        var intruder = new Thread(() => refusal = Record.Exception(() => _loop.Post(receiver, "foreign")));
        intruder.Start();
        intruder.Join();
        refusal.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("the world's actor");
        receiver.Inbox.ShouldBeEmpty();
    }

    [Fact]
    public void Another_interleaving_is_another_order_and_the_same_again()
    {
        static string[] Order(ulong seed)
        {
            var order = new List<string>();
            var loop = new Loop(seed);
            foreach (var n in Enumerable.Range(0, 16))
            {
                loop.Post(new Receiver { Received = (_, _) => order.Add($"{n}") }, "go");
            }

            loop.Settle();
            return [.. order];
        }

        Order(0).ShouldBe(Enumerable.Range(0, 16).Select(n => $"{n}"));
        Order(7).ShouldBe(Order(7));
        Order(7).ShouldNotBe(Order(0));
        Order(7).ShouldNotBe(Order(8));
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private sealed class Receiver : IReceiver
    {
        public Action<object, TimeSpan> Received { get; set; } = (_, _) => { };

        public Queue<object> Inbox { get; } = new();

        public void Receive(object message, TimeSpan now) => Received(message, now);
    }
}
