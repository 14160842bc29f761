using System.Collections.Concurrent;
using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>Something of a world that takes messages, one at a time.</summary>
internal interface IReceiver
{
    Queue<object> Inbox { get; }

    void Receive(object message, TimeSpan now);
}

/// <summary>
/// A world's clock, timers and messages, on the thread that drives it. The clock jumps from timer to timer, only when
/// no message waits, and a timer due at t sees the clock at t. On the wall clock it is the same loop, held back.
/// </summary>
internal sealed class Loop(WallClock? wall, ulong interleaving, Action check) : IDisposable
{
    private readonly List<IReceiver> _ready = [];
    private readonly Queue<IReceiver> _fifo = new();
    private readonly PriorityQueue<IReceiver, (TimeSpan Due, long Order)> _timers = new();
    private readonly ConcurrentQueue<Action> _outside = new();
    // Without spinning: a world mostly waits, and many wait beside it.
    private readonly ManualResetEventSlim _rung = new(false, spinCount: 0);
    private readonly SplitMix64? _chance = interleaving == 0 ? null : SplitMix64.For(interleaving, "interleaving");
    private int _owner = Environment.CurrentManagedThreadId;
    private long _order;
    private volatile bool _ended;

    /// <summary>The message of a timer.</summary>
    public static object Wake { get; } = new();

    public WallClock? Wall => wall;

    /// <summary>What machines see; on the wall clock it may lag behind <see cref="Now"/>.</summary>
    public TimeSpan MachinesNow { get; private set; }

    /// <summary>The run's time.</summary>
    public TimeSpan Now => wall?.Now is { } now && now > MachinesNow ? now : MachinesNow;

    /// <summary>How many messages have been worked off; the same in every run that is repeated exactly.</summary>
    public long Steps { get; private set; }

    /// <summary>The calling thread is the one that drives the world from now on.</summary>
    public void Enter() => _owner = Environment.CurrentManagedThreadId;

    /// <exception cref="InvalidOperationException">Another thread than the world's: the run could not be
    /// repeated.</exception>
    public void Post(IReceiver to, object message)
    {
        if (_owner != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException($"a foreign thread posts {message.GetType().Name}");
        }

        to.Inbox.Enqueue(message);
        if (to.Inbox.Count == 1) Ready(to);
    }

    /// <summary>Posts <see cref="Wake"/> at that time.</summary>
    public void At(TimeSpan due, IReceiver receiver) =>
        _timers.Enqueue(receiver, (due > MachinesNow ? due : MachinesNow, _order++));

    /// <summary>Has something done by the thread that drives the world. Any thread may call it.</summary>
    public void FromOutside(Action act)
    {
        if (_ended) return;
        _outside.Enqueue(act);
        _rung.Set();
    }

    /// <summary>Works off all messages; time does not pass.</summary>
    public void Settle()
    {
        Drain();
        TakeFromOutside();
        check();
    }

    /// <summary>Something is done now, and not at a time that was set before.</summary>
    public void CatchUp()
    {
        if (wall is not null) AdvanceTo(wall.Now);
    }

    /// <summary>Lets time pass until the condition holds (null: never) or the run's time is then.</summary>
    public bool AdvanceUntil(Func<bool>? condition, TimeSpan until)
    {
        Enter();
        if (wall is null) return Jump(condition, until);
        while (true)
        {
            TakeFromOutside();
            var now = wall.Now < until ? wall.Now : until;
            if (Jump(condition, now)) return true;
            if (now >= until) return false;
            var next = _timers.TryPeek(out _, out var first) && first.Due < until ? first.Due : until;
            var wait = wall.Until(next);
            if (wait > TimeSpan.Zero) _rung.Wait((int)Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));
        }
    }

    public void Dispose()
    {
        _ended = true;
        try
        {
            Settle();
        }
        catch (Exception problem) when (problem is RunFailedException or Replay.RecordingDeviationException)
        {
            // It was thrown at the driver already, or the run ends before it would have mattered.
        }
    }

    private bool Jump(Func<bool>? condition, TimeSpan until)
    {
        Drain();
        while (true)
        {
            check();
            if (condition?.Invoke() == true) return true;
            if (!_timers.TryPeek(out _, out var first) || first.Due > until) break;
            FireNext();
        }

        if (until > MachinesNow) MachinesNow = until;
        return false;
    }

    private void AdvanceTo(TimeSpan until)
    {
        Drain();
        while (_timers.TryPeek(out _, out var first) && first.Due <= until) FireNext();
        if (until > MachinesNow) MachinesNow = until;
    }

    private void FireNext()
    {
        _timers.TryDequeue(out var receiver, out var due);
        MachinesNow = due.Due;
        Post(receiver!, Wake);
        Drain();
    }

    private void TakeFromOutside()
    {
        // Before the look into the queue: what comes later rings again.
        _rung.Reset();
        while (_outside.TryDequeue(out var act))
        {
            AdvanceTo(wall!.Now);
            act();
            Drain();
        }
    }

    private void Ready(IReceiver receiver)
    {
        if (_chance is null) _fifo.Enqueue(receiver);
        else _ready.Add(receiver);
    }

    private void Drain()
    {
        while (TryNext() is { } receiver)
        {
            Steps++;
            receiver.Receive(receiver.Inbox.Peek(), MachinesNow);
            receiver.Inbox.Dequeue();
            if (receiver.Inbox.Count > 0) Ready(receiver);
        }
    }

    /// <summary>The first that is ready or, with a seed, any of them: a legal order, and reproducible.</summary>
    private IReceiver? TryNext()
    {
        if (_chance is null) return _fifo.TryDequeue(out var first) ? first : null;
        if (_ready.Count == 0) return null;
        var at = _chance.Below(_ready.Count);
        var chosen = _ready[at];
        _ready[at] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return chosen;
    }
}
