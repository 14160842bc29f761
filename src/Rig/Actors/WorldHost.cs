using AirHil.Rig.Time;
using AirHil.Rig.World;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>A world's actor as its bench sees it.</summary>
internal sealed class WorldHost(WallClock clock) : IOutside, IAsyncDisposable
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _actor = ActorRefs.Nobody;
    private Loop? _loop;

    public WallClock Clock { get; } = clock;

    /// <summary>From now on the actor can drive that world.</summary>
    public void Start(Loop loop)
    {
        _loop = loop;
        _actor = ActorHost.Start(() => new HostedWorld(Clock, _stopped));
        _actor.Tell(new WorldMessage.Host(loop));
    }

    /// <summary>
    /// Lets time pass until the condition holds (null: never) or the world's time is then. Nobody else may touch the
    /// world meanwhile; the condition is asked by the world's actor.
    /// </summary>
    /// <exception cref="RunFailedException">A machine broke, now or earlier.</exception>
    /// <exception cref="ObjectDisposedException">The world has been stopped.</exception>
    public async ValueTask<bool> Advance(Func<bool>? condition, TimeSpan until)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _actor.Tell(new WorldMessage.Advance(condition, until, done));
        if (await Task.WhenAny(done.Task, _stopped.Task).ConfigureAwait(false) != done.Task && !done.Task.IsCompleted)
        {
            // It failed earlier, and says why again.
            _loop!.Enter();
            _loop.Settle();
            throw new ObjectDisposedException(nameof(WorldActor), "the world has been stopped");
        }

        return await done.Task.ConfigureAwait(false);
    }

    public void Deliver(IReceiver to, object message) => _actor.Tell(new WorldMessage.Deliver(to, message));

    /// <inheritdoc cref="Deliver(IReceiver, object)"/>
    /// <param name="at">When it shall come, behind all that has such a time already.</param>
    public void Deliver(IReceiver to, object message, TimeSpan at) =>
        _actor.Tell(new WorldMessage.Deliver(to, message, at));

    /// <summary>The actor ends, and the world is its bench's again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_actor.IsNobody()) return;
        // A world that is slower than its clock is behind ever further, and would look at no message for minutes.
        _loop!.Stop();
        ActorHost.Stop(_actor);
        await _stopped.Task.ConfigureAwait(false);
    }

    private sealed class HostedWorld(WallClock clock, TaskCompletionSource stopped) : WorldActor(clock)
    {
        protected override void PostStop()
        {
            base.PostStop();
            stopped.TrySetResult();
        }
    }
}
