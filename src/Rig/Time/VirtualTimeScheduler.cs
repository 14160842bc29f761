using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace AirHil.Rig.Time;

/// <summary>
/// Akka's scheduler on virtual time, selected by <c>akka.scheduler.implementation</c>. It owns the clock, the timers
/// and the queue of ready mailboxes. The clock jumps from timer to timer, only when every mailbox is empty, and a timer
/// due at t sees the clock at t; timers of the same time fire in the order in which they were set.
/// </summary>
/// <remarks>
/// It must not implement IDateTimeOffsetNowTimeProvider: Akka's Cancelable would then use the wall clock.
/// </remarks>
public sealed class VirtualTimeScheduler : SchedulerBase, IDisposable
{
    // The heap holds numbers only, so that sifting it moves no references.
    private readonly PriorityQueue<int, (long Ticks, long Order)> _timers = new();
    private readonly Stack<int> _freeSlots = new();
    private Entry[] _slots = new Entry[64];
    private int _slotCount;
    private long _nowTicks;
    private long _order;
    private bool _disposed;

    /// <summary>Called by Akka, with the whole configuration rather than the scheduler's section.</summary>
    public VirtualTimeScheduler(Config config, ILoggingAdapter log)
        : base(config, log)
    {
    }

    /// <summary>Calendar time at the run's zero.</summary>
    public DateTimeOffset Epoch { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Since the run's zero.</summary>
    public TimeSpan Elapsed => new(_nowTicks);

    public override TimeSpan MonotonicClock => Elapsed;

    public override TimeSpan HighResMonotonicClock => Elapsed;

    public long TimersFired { get; private set; }

    public long MailboxesRun => RunQueue.Executed;

    public int PendingTimers => _timers.Count;

    /// <summary>When the next timer is due; null: none is set.</summary>
    public TimeSpan? NextTimer => _timers.TryPeek(out _, out var due) ? new TimeSpan(due.Ticks) : null;

    internal RunQueue RunQueue { get; } = new();

    protected override DateTimeOffset TimeNow => Epoch + Elapsed;

    /// <summary>Begins a run at time zero: no timers, nothing fired.</summary>
    /// <param name="epoch">Calendar time at zero.</param>
    /// <param name="interleaving">0: ready actors run first in, first out; else the seed that draws their
    /// order.</param>
    public void Reset(DateTimeOffset epoch, ulong interleaving)
    {
        Drain();
        _timers.Clear();
        _freeSlots.Clear();
        Array.Clear(_slots, 0, _slotCount);
        (_slotCount, _nowTicks, _order, TimersFired, Epoch) = (0, 0, 0, 0, epoch);
        RunQueue.Reset(interleaving);
    }

    /// <summary>Runs every mailbox until all are empty; the clock stands still.</summary>
    public void Drain()
    {
        RunQueue.Enter();
        RunQueue.Drain();
    }

    /// <summary>
    /// Performs everything that is due up to and at <paramref name="until"/>, then sets the clock there.
    /// </summary>
    public void AdvanceTo(TimeSpan until)
    {
        Drain();
        while (_timers.TryPeek(out _, out var due) && due.Ticks <= until.Ticks) FireNext();
        _nowTicks = Math.Max(_nowTicks, until.Ticks);
    }

    /// <summary>
    /// As <see cref="AdvanceTo"/>, but stops, with the clock where it is then, as soon as the condition holds.
    /// </summary>
    /// <param name="condition">Asked first and then whenever all mailboxes are empty.</param>
    /// <param name="until">When to give up.</param>
    /// <returns>Whether the condition holds.</returns>
    public bool AdvanceUntil(Func<bool> condition, TimeSpan until)
    {
        Drain();
        while (!condition())
        {
            if (!_timers.TryPeek(out _, out var due) || due.Ticks > until.Ticks)
            {
                _nowTicks = Math.Max(_nowTicks, until.Ticks);
                return false;
            }

            FireNext();
        }

        return true;
    }

    public void Dispose() => _disposed = true;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Push(new Entry(receiver, message, sender, cancelable, 0), delay);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) =>
        Push(new Entry(receiver, message, sender, cancelable, interval.Ticks), initialDelay);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Push(new Entry(null, action, null, cancelable, 0), delay);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Push(new Entry(null, action, null, cancelable, 0), delay);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Push(new Entry(null, action, null, cancelable, interval.Ticks), initialDelay);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Push(new Entry(null, action, null, cancelable, interval.Ticks), initialDelay);

    private void FireNext()
    {
        _timers.TryDequeue(out var slot, out var due);
        var entry = _slots[slot];
        _slots[slot] = default;
        _freeSlots.Push(slot);
        if (entry.Cancel is { IsCancellationRequested: true }) return;
        _nowTicks = due.Ticks;
        TimersFired++;
        // Repeats are of fixed rate: they do not drift.
        if (entry.Interval > 0) Push(entry, new TimeSpan(entry.Interval));
        entry.Fire();
        RunQueue.Drain();
    }

    private void Push(in Entry entry, TimeSpan delay)
    {
        if (_disposed) throw new SchedulerException("the virtual clock has stopped: the world has ended");
        if (!_freeSlots.TryPop(out var slot))
        {
            if (_slotCount == _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
            slot = _slotCount++;
        }

        _slots[slot] = entry;
        _timers.Enqueue(slot, (_nowTicks + Math.Max(0, delay.Ticks), _order++));
    }

    private readonly record struct Entry(
        ICanTell? Receiver, object Payload, IActorRef? Sender, ICancelable? Cancel, long Interval)
    {
        public void Fire()
        {
            if (Receiver is not null) Receiver.Tell(Payload, Sender!);
            else if (Payload is Action action) action();
            else ((IRunnable)Payload).Run();
        }
    }
}
