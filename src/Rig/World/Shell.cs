using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>
/// The shell of a sans-IO machine: feeds it messages with the run's time, gives its outputs to the world, and keeps one
/// timer armed at its next deadline. It is the same in virtual time and on the wall clock.
/// </summary>
internal sealed class Shell<TInput, TOutput> : IReceiver, ILiveRun
    where TInput : class
{
    private const int MostWakesAtOnce = 100_000;
    private static readonly object Begin = new();
    private static readonly object Rung = new();
    private readonly Loop _loop;
    private readonly ISansIoMachine<TInput, TOutput> _machine;
    private readonly Action<TOutput, TimeSpan> _perform;
    private readonly Action<Exception> _failed;
    private TimeSpan _armedAt = TimeSpan.MaxValue;
    private TimeSpan _lastWake = TimeSpan.MinValue;
    private int _wakes;
    private int _isRung;
    private bool _ended;

    public Shell(
        Loop loop, ISansIoMachine<TInput, TOutput> machine, Action<TOutput, TimeSpan> perform,
        Action<Exception> failed)
    {
        (_loop, _machine, _perform, _failed) = (loop, machine, perform, failed);
        loop.Post(this, Begin);
    }

    public Queue<object> Inbox { get; } = new();

    TimeSpan ILiveRun.Now => _loop.Now;

    double ILiveRun.Speed => _loop.Wall?.Speed ?? 1;

    /// <summary>Looks at a message before the machine does; false keeps it back.</summary>
    public Func<TInput, TimeSpan, bool>? Accepts { get; init; }

    public void Post(TInput input) => _loop.Post(this, input);

    /// <summary>Nothing reaches the machine any more, and nothing of it is done.</summary>
    public void End() => _loop.Post(this, this);

    void ILiveRun.Ring()
    {
        if (Interlocked.Exchange(ref _isRung, 1) == 1) return;
        _loop.FromOutside(() =>
        {
            Volatile.Write(ref _isRung, 0);
            _loop.Post(this, Rung);
        });
    }

    public void Receive(object message, TimeSpan now)
    {
        if (_ended) return;
        try
        {
            if (message is TInput input)
            {
                if (Accepts?.Invoke(input, now) != false) _machine.Handle(input, now);
            }
            else if (ReferenceEquals(message, Loop.Wake)) Wake(now);
            else if (ReferenceEquals(message, Rung)) _machine.HandleTimeout(now);
            else if (ReferenceEquals(message, Begin)) (_machine as ILiveMachine)?.Attach(this);
            else _ended = true;

            Settle(now);
        }
        catch (Exception problem)
        {
            // A test rig that restarts silently would hide the fault: the machine ends, and the run with it.
            _ended = true;
            _failed(problem);
        }
    }

    private void Wake(TimeSpan now)
    {
        if (_armedAt <= now) _armedAt = TimeSpan.MaxValue;
        _wakes = _lastWake == now ? _wakes + 1 : 0;
        _lastWake = now;
        if (_wakes > MostWakesAtOnce)
        {
            throw new InvalidOperationException($"{_machine.GetType().Name} asks to be woken at {now} without end");
        }

        _machine.HandleTimeout(now);
    }

    /// <summary>An early wake-up does nothing but arm the timer again, so a later deadline need not move it.</summary>
    private void Settle(TimeSpan now)
    {
        while (_machine.TryTake(out var output)) _perform(output, now);
        if (_machine.NextTimeout is not { } due || due >= _armedAt) return;
        _armedAt = due;
        _loop.At(due, this);
    }
}
