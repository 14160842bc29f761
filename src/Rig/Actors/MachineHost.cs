using AirHil.Modem;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Rig.Actors;

/// <summary>
/// One machine in a world of its own, on the wall clock: a deadline at t sees the clock at t exactly, however late the
/// host is, and what comes from outside sees the clock at the time at which it is taken.
/// </summary>
/// <typeparam name="TInput">What can happen to the machine.</typeparam>
/// <typeparam name="TOutput">What it does.</typeparam>
public sealed class MachineHost<TInput, TOutput> : IAsyncDisposable
    where TInput : class
{
    private readonly WorldHost _host;
    private readonly ISansIoMachine<TInput, TOutput> _machine;
    private readonly Shell<TInput, TOutput> _shell;

    /// <param name="name">What to call the machine when it breaks: "the network".</param>
    /// <param name="machine">The machine, which is disposed with its host.</param>
    /// <param name="clock">The clock that it keeps to.</param>
    /// <param name="perform">Takes its outputs, with the time. It may wait, and then the machine waits.</param>
    public MachineHost(
        string name, ISansIoMachine<TInput, TOutput> machine, WallClock clock, Action<TOutput, TimeSpan> perform)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _machine = machine;
        _host = new WorldHost(clock);
        var loop = new Loop(outside: _host);
        _shell = new Shell<TInput, TOutput>(loop, name, machine, perform);
        _host.Start(loop);
    }

    /// <summary>The clock's time.</summary>
    public TimeSpan Now => _host.Clock.Now;

    /// <summary>Something happens to the machine, as soon as its time passes. Any thread may call it.</summary>
    public void Post(TInput input) => _host.Deliver(_shell, input);

    /// <summary>Something happens to the machine. Any thread may call it.</summary>
    /// <param name="at">Not before this time, nor before what was posted earlier with a time.</param>
    /// <param name="act">Gives the machine its input, with the time.</param>
    public void Post(TimeSpan at, Action<ISansIoMachine<TInput, TOutput>, TimeSpan> act) =>
        _host.Deliver(_shell, act, at);

    /// <summary>Lets time pass until the condition holds (null: never) or the clock is then.</summary>
    /// <exception cref="RunFailedException">The machine broke.</exception>
    /// <exception cref="ObjectDisposedException">It has been stopped.</exception>
    public ValueTask<bool> RunUntil(Func<bool>? condition, TimeSpan until) => _host.Advance(condition, until);

    /// <summary>Stops time, and gives back what the machine holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        if (_machine is IAsyncDisposable held) await held.DisposeAsync().ConfigureAwait(false);
        else (_machine as IDisposable)?.Dispose();
    }
}
