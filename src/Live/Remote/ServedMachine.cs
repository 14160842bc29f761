using AirHil.Modem;
using AirHil.Rig.Actors;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Live.Remote;

/// <summary>
/// Hosts one machine of a session at the wall clock's pace, as a run does, and tells the client when it breaks.
/// </summary>
/// <typeparam name="TInput">What can happen to the machine.</typeparam>
/// <typeparam name="TOutput">What it does.</typeparam>
internal sealed class ServedMachine<TInput, TOutput> : IAsyncDisposable
    where TInput : class
{
    private const int MostInputs = 65_536;
    private readonly string _name;
    private readonly WallClock _clock;
    private readonly TimeSpan _base;
    private readonly Func<TOutput, TimeSpan, bool> _emit;
    private readonly Action<Exception> _failed;
    private readonly MachineHost<TInput, TOutput>? _host;
    private readonly Exception? _neverMade;
    private Task _run = Task.CompletedTask;
    private bool _isTaken = true;
    private int _waiting;

    /// <param name="name">What it is: "modem", "network".</param>
    /// <param name="create">Makes the machine.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="now">The machine's time now.</param>
    /// <param name="emit">Takes an output with the machine's time; it may block, and then the machine waits. False:
    /// nobody takes any more.</param>
    /// <param name="failed">The machine threw; it does nothing more.</param>
    public ServedMachine(
        string name, Func<ISansIoMachine<TInput, TOutput>> create, WallClock clock, TimeSpan now,
        Func<TOutput, TimeSpan, bool> emit, Action<Exception> failed)
    {
        (_name, _clock, _emit, _failed) = (name, clock, emit, failed);
        _base = clock.Now - now;
        try
        {
            _host = new MachineHost<TInput, TOutput>(
                $"the {name}", create(), new WallClock(() => Now, clock.Speed), Emit);
        }
        catch (Exception problem)
        {
            // Whatever a machine throws must reach the client, and must not end the bench.
            _neverMade = problem;
        }
    }

    /// <summary>The machine's time.</summary>
    public TimeSpan Now => _clock.Now - _base;

    /// <summary>From now on the functions that were given are called.</summary>
    public void Start() => _run = RunAsync();

    /// <summary>A time of the machine as the session's.</summary>
    public TimeSpan ToSession(TimeSpan time) => time + _base;

    /// <summary>Something happens to the machine. Any thread may call it.</summary>
    /// <param name="at">Not before this time of the machine.</param>
    /// <param name="act">Gives the machine its input, with the time.</param>
    /// <exception cref="MalformedMessageException">More waits than a machine ever needs.</exception>
    public void Post(TimeSpan at, Action<ISansIoMachine<TInput, TOutput>, TimeSpan> act)
    {
        if (Interlocked.Increment(ref _waiting) > MostInputs)
        {
            throw new MalformedMessageException(
                $"more than {MostInputs} inputs wait for the {_name}, because the rig does not read its outputs; "
                + "end the run and start it again",
                RefusalReason.Overflow);
        }

        _host?.Post(at, (machine, now) =>
        {
            Interlocked.Decrement(ref _waiting);
            act(machine, now);
        });
    }

    /// <summary>Ends the machine; done when what it held is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        if (_neverMade is not null) _failed(_neverMade);
        if (_host is null) return;
        try
        {
            await _host.RunUntil(null, TimeSpan.MaxValue).ConfigureAwait(false);
        }
        catch (RunFailedException problem)
        {
            _failed(problem.InnerException ?? problem);
        }
        catch (ObjectDisposedException)
        {
            // The session has ended.
        }
    }

    private void Emit(TOutput output, TimeSpan now) => _isTaken = _isTaken && _emit(output, now);
}
