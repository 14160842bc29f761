using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A machine of the run that is at a remote bench: passes on what happens to it, and what it did as that comes.
/// </summary>
/// <typeparam name="TInput">What can happen to the machine.</typeparam>
/// <typeparam name="TOutput">What it does.</typeparam>
internal abstract class RemoteMachine<TInput, TOutput>(RemoteLink link) : ISansIoMachine<TInput, TOutput>, ILiveMachine
    where TOutput : class
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);
    private readonly Queue<TOutput> _outputs = new();

    /// <summary>Numbers of messages whose outputs the run has not taken; they are acknowledged at its end.</summary>
    private readonly Unclaimed<long> _unclaimed = new(link.Take);

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILiveRun? _run;
    private TimeSpan _toRun;
    private bool _isDisposed;

    /// <inheritdoc/>
    public TimeSpan? NextTimeout => null;

    protected RemoteLink Link => link;

    /// <summary>Its number in the session; 0: it never came to be.</summary>
    protected int Id { get; private set; }

    /// <summary>Why nothing more comes from it, as the run knows; null: it may.</summary>
    protected string? Lost { get; private set; }

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
        if (Id == 0) Lose(link.Ended!.Message, now);
    }

    /// <inheritdoc/>
    public abstract void Handle(TInput input, TimeSpan now);

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        // Nothing is due by itself.
    }

    /// <inheritdoc/>
    public bool TryTake(out TOutput output) => _outputs.TryDequeue(out output!);

    /// <summary>It did something at a time of the link; told by the thread that listens.</summary>
    /// <param name="number">The number of the message that says so.</param>
    /// <param name="seen">How many inputs it had been given by then, where that is counted.</param>
    public void Receive(long number, TOutput output, TimeSpan at, long seen = 0)
    {
        _unclaimed.Add(number);
        _run!.Post(_ =>
        {
            _unclaimed.Claim(number);
            link.Take(number);
            if (Arrived(output, At(at), number, seen) is { } told) _outputs.Enqueue(told);
        });
    }

    /// <summary>The session is over; nothing more comes. Told by any thread.</summary>
    public void Lose(string reason)
    {
        _released.TrySetResult();
        _run!.Post(now => Lose(reason, now));
    }

    /// <summary>The bench has taken it away.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _unclaimed.End();
        if (Id == 0) return;
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

    /// <summary>The run takes an output.</summary>
    /// <param name="at">The run's time at which it happened.</param>
    /// <param name="number">The number of the message that brought it.</param>
    /// <param name="seen">How many inputs it had been given by then, where that is counted.</param>
    /// <returns>The output, with that time where it has a place for it; null: the run may no longer get it.</returns>
    protected abstract TOutput? Arrived(TOutput output, TimeSpan at, long number, long seen);

    /// <summary>The last that it does where the session is over.</summary>
    protected abstract IEnumerable<TOutput> Farewell(string reason, TimeSpan now);

    /// <summary>It does something that did not come from the bench.</summary>
    protected void Add(TOutput output) => _outputs.Enqueue(output);

    /// <summary>Something happens on the world's thread; any thread may say so.</summary>
    protected void Post(Action<TimeSpan> happened) => _run!.Post(happened);

    private void Lose(string reason, TimeSpan now)
    {
        Lost = reason;
        foreach (var last in Farewell(reason, now)) _outputs.Enqueue(last);
    }

    private TimeSpan At(TimeSpan linkTime)
    {
        var at = linkTime + _toRun;
        return at > TimeSpan.Zero ? at : TimeSpan.Zero;
    }
}
