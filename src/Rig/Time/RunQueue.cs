using System.Collections.Concurrent;
using AirHil.Modem;
using Akka.Dispatch;

namespace AirHil.Rig.Time;

/// <summary>
/// Mailboxes that are ready to run, run one at a time by the thread that drives the world. First in, first out, or,
/// with a seed, in a legal order drawn by chance and still reproducible.
/// </summary>
internal sealed class RunQueue
{
    private readonly Queue<IRunnable> _fifo = new();
    private readonly List<IRunnable> _bag = [];
    private readonly ConcurrentQueue<IRunnable> _foreign = new();
    private SplitMix64? _chance;
    private int _owner;
    private string? _intruder;

    public long Executed { get; private set; }

    public bool IsEmpty => _fifo.Count == 0 && _bag.Count == 0 && _foreign.IsEmpty;

    /// <summary>Begins anew for another run; everything must have been drained.</summary>
    /// <param name="seed">0: first in, first out; else what draws the order of ready mailboxes.</param>
    public void Reset(ulong seed)
    {
        _chance = seed == 0 ? null : SplitMix64.For(seed, "interleaving");
        Executed = 0;
    }

    /// <summary>Makes the calling thread the one that may tell actors; a world has one driver at a time.</summary>
    public void Enter() => Volatile.Write(ref _owner, Environment.CurrentManagedThreadId);

    /// <summary>Lets any thread in, as while an actor system starts or stops.</summary>
    public void Open() => Volatile.Write(ref _owner, 0);

    /// <summary>
    /// Remembers a message that another thread brings: its place in the mailbox is a race, so the run is not
    /// reproducible.
    /// </summary>
    public void Check(object message)
    {
        var owner = Volatile.Read(ref _owner);
        if (owner == 0 || owner == Environment.CurrentManagedThreadId) return;
        Interlocked.CompareExchange(ref _intruder, $"{message.GetType().FullName}\n{Environment.StackTrace}", null);
    }

    public void Enqueue(IRunnable run)
    {
        var owner = Volatile.Read(ref _owner);
        if (owner != Environment.CurrentManagedThreadId)
        {
            _foreign.Enqueue(run);
            return;
        }

        if (_chance is null) _fifo.Enqueue(run);
        else _bag.Add(run);
    }

    /// <summary>Runs until no mailbox is ready; time must not move before.</summary>
    /// <exception cref="ForeignThreadException">Another thread told an actor something.</exception>
    public void Drain()
    {
        while (TryTake(out var run))
        {
            Executed++;
            run.Run();
        }

        if (Volatile.Read(ref _intruder) is { } intruder) throw new ForeignThreadException(intruder);
    }

    /// <summary>Runs what is ready for the last time, whoever told it.</summary>
    public void Finish()
    {
        while (TryTake(out var run)) run.Run();
    }

    private bool TryTake(out IRunnable run)
    {
        if (_chance is null)
        {
            if (_fifo.TryDequeue(out run!)) return true;
        }
        else if (_bag.Count > 0)
        {
            var at = _chance.Below(_bag.Count);
            run = _bag[at];
            _bag[at] = _bag[^1];
            _bag.RemoveAt(_bag.Count - 1);
            return true;
        }

        return _foreign.TryDequeue(out run!);
    }
}
