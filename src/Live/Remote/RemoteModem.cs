using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>A modem on another machine's bench.</summary>
internal sealed class RemoteModem(RemoteLink link, FirmwareSource firmware, BenchOptions options, string name)
    : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private readonly Queue<(long Number, ModemOutput Output)> _outputs = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILiveRun? _run;
    private TimeSpan _toRun;
    private int _id;
    private long _seen;
    private string? _lost;
    private bool _disposed;

    /// <inheritdoc/>
    public TimeSpan? NextTimeout => null;

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
        _id = link.Create(this, firmware, options, name, now);
        if (_id == 0) Lose(link.Ended!.Message);
    }

    /// <inheritdoc/>
    public void Handle(ModemInput input, TimeSpan now)
    {
        string? lost;
        lock (_gate) lost = _lost;
        if (lost is null)
        {
            link.Post(new BenchMessage.Input(_id, now, _seen, input));
        }
        else if (input is ModemCommand)
        {
            // A command is not swallowed: the record shows that it met no modem.
            lock (_gate) _outputs.Enqueue((0, new ModemReport.ModemLost(lost)));
        }
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
    }

    /// <inheritdoc/>
    public bool TryTake(out ModemOutput output)
    {
        long number;
        lock (_gate)
        {
            output = null!;
            if (!_outputs.TryDequeue(out var next)) return false;
            (number, output) = next;
        }

        if (number > 0)
        {
            _seen = number;
            link.Take(number);
        }

        return true;
    }

    /// <summary>It did something at a time of the link; told by the thread that listens.</summary>
    public void Receive(long number, ModemOutput output, TimeSpan at)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _outputs.Enqueue((number, output is ModemReport report ? report with { HappenedAt = At(at) } : output));
                number = 0;
            }
        }

        // Nobody takes it any more.
        if (number > 0) link.Take(number);
        else _run?.Ring();
    }

    /// <summary>The session is over; nothing more comes.</summary>
    public void Lose(string reason)
    {
        lock (_gate)
        {
            if (_lost is not null) return;
            _lost = reason;
            if (!_disposed) _outputs.Enqueue((0, new ModemReport.ModemLost(reason)));
        }

        _released.TrySetResult();
        _run?.Ring();
    }

    /// <summary>The bench has taken it away.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        (long Number, ModemOutput Output)[] left;
        bool lost;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            left = [.. _outputs];
            _outputs.Clear();
            lost = _lost is not null;
        }

        foreach (var (number, _) in left)
        {
            if (number > 0) link.Take(number);
        }

        if (lost || _id == 0) return;
        link.Post(new BenchMessage.Release(_id));
        try
        {
            await _released.Task.WaitAsync(ReleaseLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The bench ends it with the session at the latest.
        }
    }

    private TimeSpan At(TimeSpan linkTime)
    {
        var at = linkTime + _toRun;
        return at > TimeSpan.Zero ? at : TimeSpan.Zero;
    }
}
