using AirHil.Rig.Actors;
using Akka.Actor;

namespace AirHil.Rig.Tests.Actors;

[Trait("Clock", "wall")]
public sealed class WorldDispatcherTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_actor_has_a_thread_of_its_own_which_takes_its_messages_in_their_order()
    {
        var (one, other) = (new Heard(), new Heard());
        var (first, second) = (Start(one), Start(other));
        using var go = new ManualResetEventSlim();
        first.Tell(go);
        for (var i = 0; i < 1000; i++)
        {
            first.Tell(i);
            second.Tell(i);
        }

        // The first one waits meanwhile.
        var free = await other.Last.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        one.Last.Task.IsCompleted.ShouldBeFalse();
        go.Set();
        var blocked = await one.Last.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        blocked.ShouldNotBe(free);
        one.Numbers.ShouldBe(Enumerable.Range(0, 1000));
        other.Numbers.ShouldBe(Enumerable.Range(0, 1000));

        ActorHost.Stop(first);
        ActorHost.Stop(second);
        blocked.Join(Limit).ShouldBeTrue("the thread ends with its actor");
        free.Join(Limit).ShouldBeTrue("the thread ends with its actor");
    }

    private static IActorRef Start(Heard heard) => ActorHost.Start(() => new Listener(heard));

    private sealed class Heard
    {
        public List<int> Numbers { get; } = [];

        /// <summary>The thread that took the last number.</summary>
        public TaskCompletionSource<Thread> Last { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Listener(Heard heard) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is ManualResetEventSlim go) go.Wait(Limit);
            if (message is not int number) return;
            heard.Numbers.Add(number);
            if (number == 999) heard.Last.SetResult(Thread.CurrentThread);
        }
    }
}
