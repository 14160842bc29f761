using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>
/// The shell of a sans-IO machine: feeds it messages with the world's time, gives its outputs to the world, and keeps
/// one timer armed at its next deadline. It is the same in virtual time and on the wall clock.
/// </summary>
internal sealed class Shell<TInput, TOutput> : IReceiver, ILiveRun
    where TInput : class
{
    private const int MostWakesAtOnce = 100_000;

    private static readonly object Begin = new();
    private readonly Loop _loop;
    private readonly string _name;
    private readonly ISansIoMachine<TInput, TOutput> _machine;
    private readonly Action<TOutput, TimeSpan> _perform;
    private TimeSpan _armedAt = TimeSpan.MaxValue;
    private TimeSpan _lastWake = TimeSpan.MinValue;
    private int _wakes;
    private bool _ended;

    /// <param name="loop">The world's loop.</param>
    /// <param name="name">What to call the machine when it breaks: "the network".</param>
    /// <param name="machine">The machine; from then on nobody else may touch it.</param>
    /// <param name="perform">Takes its outputs, with the time.</param>
    public Shell(
        Loop loop, string name, ISansIoMachine<TInput, TOutput> machine, Action<TOutput, TimeSpan> perform)
    {
        (_loop, _name, _machine, _perform) = (loop, name, machine, perform);
        loop.Post(this, Begin);
    }

    public Queue<object> Inbox { get; } = new();

    TimeSpan ILiveRun.Now => _loop.Outside?.Clock.Now ?? _loop.Now;

    double ILiveRun.Speed => _loop.Outside?.Clock.Speed ?? 1;

    /// <summary>Looks at a message before the machine does; false keeps it back.</summary>
    public Func<TInput, TimeSpan, bool>? Accepts { get; init; }

    public void Post(TInput input) => _loop.Post(this, input);

    /// <summary>Does something with the machine when its turn comes.</summary>
    public void Post(Action<ISansIoMachine<TInput, TOutput>, TimeSpan> act) => _loop.Post(this, act);

    /// <summary>Nothing reaches the machine any more, and nothing of it is done.</summary>
    public void End() => _loop.Post(this, this);

    void ILiveRun.Post(Action<TimeSpan> happened) => _loop.Outside?.Deliver(this, happened);

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
            else if (message is Action<TimeSpan> happened) happened(now);
            else if (ReferenceEquals(message, Begin)) (_machine as ILiveMachine)?.Attach(this);
            else if (message is Action<ISansIoMachine<TInput, TOutput>, TimeSpan> act) act(_machine, now);
            else _ended = true;

            Settle(now);
        }
        catch (Exception problem)
        {
            // A test rig that restarts silently would hide the fault: the machine ends, and the run with it.
            _ended = true;
            _loop.Fail(_name, problem);
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
