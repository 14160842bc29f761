using System.Runtime.ExceptionServices;
using AirHil.Modem;

namespace AirHil.Rig.World;

/// <summary>
/// A world's clock, timers and messages, on the thread that drives it. The clock jumps from timer to timer, only when
/// no message waits, and a timer due at t sees the clock at t. On the wall clock it is the same loop, driven only as
/// far as the wall's time.
/// </summary>
/// <param name="interleaving">0: messages are worked off in the order of their coming; any other value picks among the
/// machines that have some, reproducibly.</param>
/// <param name="outside">What is around it on the wall clock; null in virtual time.</param>
internal sealed class Loop(ulong interleaving = 0, IOutside? outside = null)
{
    private readonly List<IReceiver> _ready = [];
    private readonly Queue<IReceiver> _fifo = new();
    private readonly PriorityQueue<IReceiver, (TimeSpan Due, long Order)> _timers = new();
    private readonly SplitMix64? _chance = interleaving == 0 ? null : SplitMix64.For(interleaving, "interleaving");
    private int _owner = Environment.CurrentManagedThreadId;
    private long _order;
    private RunFailedException? _failure;
    private volatile bool _isStopped;

    /// <summary>The message of a timer.</summary>
    public static object Wake { get; } = new();

    public IOutside? Outside => outside;

    /// <summary>The world's time. On the wall clock it is behind the wall's while nobody drives the world.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many messages have been worked off; the same in every run that is repeated exactly.</summary>
    public long Steps { get; private set; }

    /// <summary>The time of the next timer; null: none is set.</summary>
    public TimeSpan? NextDue => _timers.TryPeek(out _, out var first) ? first.Due : null;

    /// <summary>The calling thread is the one that drives the world from now on.</summary>
    public void Enter() => _owner = Environment.CurrentManagedThreadId;

    /// <exception cref="InvalidOperationException">Another thread than the world's: the run could not be
    /// repeated.</exception>
    public void Post(IReceiver to, object message)
    {
        if (_owner != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"another thread than the world's posts {message.GetType().Name}; what comes from outside goes " +
                "through the world's actor");
        }

        to.Inbox.Enqueue(message);
        if (to.Inbox.Count == 1) Ready(to);
    }

    /// <summary>Posts <see cref="Wake"/> at that time, or now if it is over.</summary>
    public void At(TimeSpan due, IReceiver receiver) =>
        _timers.Enqueue(receiver, (due > Now ? due : Now, _order++));

    /// <summary>Does something at that time, or now if it is over.</summary>
    public void At(TimeSpan due, Action<TimeSpan> act) => At(due, new Errand(act));

    /// <summary>Works off all messages; time does not pass.</summary>
    /// <exception cref="RunFailedException">A machine broke, now or earlier.</exception>
    public void Settle()
    {
        Drain();
        ThrowIfFailed();
    }

    /// <summary>Does what is due up to then, each at its own time.</summary>
    public void CatchUp(TimeSpan until)
    {
        Drain();
        while (!_isStopped && _timers.TryPeek(out _, out var first) && first.Due <= until) FireNext();
        if (!_isStopped && until > Now) Now = until;
    }

    /// <summary>
    /// No timer fires any more, however far the world is behind the wall's clock. Any thread may call it.
    /// </summary>
    public void Stop() => _isStopped = true;

    /// <summary>Lets time pass until the condition holds (null: never) or the world's time is then.</summary>
    /// <exception cref="RunFailedException">A machine broke, now or earlier.</exception>
    public bool Advance(Func<bool>? condition, TimeSpan until)
    {
        Drain();
        while (true)
        {
            ThrowIfFailed();
            if (condition?.Invoke() == true) return true;
            if (_isStopped || !_timers.TryPeek(out _, out var first) || first.Due > until) break;
            FireNext();
        }

        if (!_isStopped && until > Now) Now = until;
        return false;
    }

    /// <summary>A machine broke: the run ends as soon as all that happens at this time is done.</summary>
    public void Fail(string machine, Exception problem) =>
        _failure ??= problem as RunFailedException ?? new RunFailedException(machine, Now, problem);

    private void ThrowIfFailed()
    {
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }

    private void FireNext()
    {
        _timers.TryDequeue(out var receiver, out var due);
        Now = due.Due;
        Post(receiver!, Wake);
        Drain();
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
            receiver.Receive(receiver.Inbox.Peek(), Now);
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

    private sealed class Errand(Action<TimeSpan> act) : IReceiver
    {
        public Queue<object> Inbox { get; } = new(1);

        public void Receive(object message, TimeSpan now) => act(now);
    }
}
