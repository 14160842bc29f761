using AirHil.Rig.Time;
using AirHil.Rig.World;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// Hosts a world on the wall clock: its mailbox is the only way into the world from other threads, and its timer paces
/// the clock. When a world fails, whoever advances it gets the failure and its actor ends; others go on.
/// </summary>
public class WorldActor : UntypedActor
{
    private static readonly WorldMessage.Due Due = new();
    private readonly Queue<WorldMessage.Deliver> _delivered = new();
    private readonly WallClock _clock;
    private readonly WallTimer _timer;
    private Loop? _loop;
    private WorldMessage.Advance? _goal;
    private TimeSpan _armedAt = TimeSpan.MaxValue;
    private TimeSpan _lastAt;

    /// <param name="clock">The clock that the world keeps to.</param>
    internal WorldActor(WallClock clock)
    {
        var self = Self;
        (_clock, _timer) = (clock, new WallTimer(() => self.Tell(Due)));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorldMessage.Host host:
                _loop = host.Loop;
                break;
            case WorldMessage.Advance goal:
                _goal = _goal is null
                    ? goal
                    : throw new InvalidOperationException("a world is advanced by one at a time");
                break;
            case WorldMessage.Deliver delivered:
                _delivered.Enqueue(delivered);
                break;
            case WorldMessage.Due:
                _armedAt = TimeSpan.MaxValue;
                break;
            default:
                Unhandled(message);
                return;
        }

        // Between two advances the world belongs to its bench, and what is delivered waits.
        if (_loop is not null && _goal is not null) Drive(_loop, _goal);
    }

    protected override void PostStop()
    {
        _timer.Dispose();
        _goal?.Done.TrySetException(new ObjectDisposedException(nameof(WorldActor), "the world has been stopped"));
    }

    private void Drive(Loop loop, WorldMessage.Advance goal)
    {
        try
        {
            loop.Enter();
            while (_delivered.TryDequeue(out var delivered)) Take(loop, delivered);
            var now = _clock.Now < goal.Until ? _clock.Now : goal.Until;
            var holds = loop.Advance(goal.Condition, now);
            if (holds || now >= goal.Until)
            {
                _goal = null;
                goal.Done.TrySetResult(holds);
            }
            else
            {
                Arm(loop.NextDue is { } due && due < goal.Until ? due : goal.Until);
            }
        }
        catch (Exception problem)
        {
            goal.Done.TrySetException(problem);
            throw;
        }
    }

    /// <summary>However late this actor is, what has a time sees that time, as a timer does.</summary>
    private void Take(Loop loop, WorldMessage.Deliver delivered)
    {
        var now = _clock.Now;
        if (delivered.At is not { } at) at = now;
        else at = _lastAt = at > _lastAt ? at : _lastAt;
        if (at > now)
        {
            loop.At(at, _ => loop.Post(delivered.To, delivered.Message));
            return;
        }

        loop.CatchUp(at);
        loop.Post(delivered.To, delivered.Message);
        loop.Settle();
    }

    private void Arm(TimeSpan due)
    {
        if (due == _armedAt) return;
        _armedAt = due;
        _timer.Set(_clock.Until(due));
    }
}
