using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A machine of the run that is at a remote bench: passes on what happens to it, and what it did as that comes.
/// </summary>
/// <typeparam name="TInput">What can happen to the machine.</typeparam>
/// <typeparam name="TOutput">What it does.</typeparam>
internal abstract class RemoteMachine<TInput, TOutput>(RemoteLink link) : ISansIoMachine<TInput, TOutput>, ILiveMachine
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private readonly Queue<(long Number, long Seen, TOutput Output)> _outputs = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILiveRun? _run;
    private TimeSpan _toRun;
    private string? _lost;
    private bool _disposed;

    /// <inheritdoc/>
    public TimeSpan? NextTimeout => null;

    protected RemoteLink Link => link;

    /// <summary>Its number in the session; 0: it never came to be.</summary>
    protected int Id { get; private set; }

    /// <summary>Why nothing more comes from it; null: it may.</summary>
    protected string? Lost
    {
        get { lock (_gate) return _lost; }
    }

    /// <exception cref="InvalidOperationException">The run is not at the board's speed.</exception>
    public void Attach(ILiveRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (Math.Abs(run.Speed - link.Offer.Speed) > 1e-9)
        {
            throw new InvalidOperationException(
                $"the run goes at {run.Speed} times the wall clock and the remote board at {link.Offer.Speed}; they " +
                $"must agree: leave the speed to the target");
        }

        _run = run;
        var now = run.Now;
        _toRun = now - link.Now;
        Id = Open(now);
        if (Id == 0) Lose(link.Ended!.Message);
    }

    /// <inheritdoc/>
    public abstract void Handle(TInput input, TimeSpan now);

    /// <inheritdoc/>
    public virtual void HandleTimeout(TimeSpan now)
    {
    }

    /// <inheritdoc/>
    public bool TryTake(out TOutput output)
    {
        while (true)
        {
            long number;
            long seen;
            lock (_gate)
            {
                output = default!;
                if (!_outputs.TryDequeue(out var next)) return false;
                (number, seen, output) = next;
            }

            if (number > 0) link.Take(number);
            if (Accepts(output, number, seen)) return true;
        }
    }

    /// <summary>It did something at a time of the link; told by the thread that listens.</summary>
    /// <param name="number">The number of the message that says so.</param>
    /// <param name="seen">How many inputs it had been given by then, where that is counted.</param>
    public void Receive(long number, TOutput output, TimeSpan at, long seen = 0)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _outputs.Enqueue((number, seen, Arrived(output, At(at))));
                number = 0;
            }
        }

        // Nobody takes it any more.
        if (number > 0) link.Take(number);
        else Ring();
    }

    /// <summary>The session is over; nothing more comes.</summary>
    public void Lose(string reason)
    {
        lock (_gate)
        {
            if (_lost is not null) return;
            _lost = reason;
            if (!_disposed)
            {
                foreach (var last in Farewell(reason, _run?.Now ?? TimeSpan.Zero)) _outputs.Enqueue((0, 0, last));
            }
        }

        _released.TrySetResult();
        Ring();
    }

    /// <summary>The bench has taken it away.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        (long Number, long Seen, TOutput Output)[] left;
        bool lost;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            left = [.. _outputs];
            _outputs.Clear();
            lost = _lost is not null;
        }

        foreach (var (number, _, _) in left)
        {
            if (number > 0) link.Take(number);
        }

        if (lost || Id == 0) return;
        link.Post(TakingAway());
        try
        {
            await _released.Task.WaitAsync(ReleaseLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The bench ends it with the session at the latest.
        }
    }

    /// <summary>Has the bench make it.</summary>
    /// <returns>Its number; 0 where the session is over.</returns>
    protected abstract int Open(TimeSpan now);

    /// <summary>What tells the bench to take it away.</summary>
    protected abstract BenchMessage TakingAway();

    /// <summary>An output has come; told by the thread that listens.</summary>
    /// <returns>The output, with the run's time at which it happened where it has a place for it.</returns>
    protected abstract TOutput Arrived(TOutput output, TimeSpan at);

    /// <summary>The last that it does where the session is over.</summary>
    protected abstract IEnumerable<TOutput> Farewell(string reason, TimeSpan now);

    /// <summary>The run takes an output; false: the run may no longer get it.</summary>
    protected virtual bool Accepts(TOutput output, long number, long seen) => true;

    /// <summary>It does something that did not come from the bench.</summary>
    protected void Add(TOutput output)
    {
        lock (_gate) _outputs.Enqueue((0, 0, output));
    }

    /// <summary>The run shall look at it.</summary>
    protected void Ring() => _run?.Ring();

    private TimeSpan At(TimeSpan linkTime)
    {
        var at = linkTime + _toRun;
        return at > TimeSpan.Zero ? at : TimeSpan.Zero;
    }
}
