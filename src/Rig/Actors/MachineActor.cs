using AirHil.Modem;
using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// The shell of a sans-IO machine: feeds it messages with the run's time, performs its outputs, and keeps one timer
/// armed at its next deadline. It runs unchanged on virtual time and on the wall clock.
/// </summary>
/// <param name="machine">The machine; nobody else may touch it.</param>
/// <param name="run">The run it belongs to.</param>
public abstract class MachineActor<TInput, TOutput>(
    ISansIoMachine<TInput, TOutput> machine, RunContext run) : UntypedActor
    where TInput : class
{
    private const int MostWakesAtOnce = 100_000;
    private static readonly object Rung = new();
    private readonly WakeTimer _timer = new(Context.System.Scheduler, Context.Self);
    private TimeSpan _lastWake = TimeSpan.MinValue;
    private int _wakes;

    /// <summary>The run's time.</summary>
    protected TimeSpan Now => run.Clock.Now;

    protected RunContext Run => run;

    protected sealed override void PreStart()
    {
        if (machine is ILiveMachine live) live.Attach(run.Outside!(Self, Rung));
        Settle(Now);
    }

    protected sealed override void PostStop() => _timer.Stop();

    protected sealed override void OnReceive(object message)
    {
        try
        {
            var now = Now;
            if (message is TInput input) Take(input, now);
            else if (ReferenceEquals(message, _timer.Message)) Wake(now);
            else if (ReferenceEquals(message, Rung)) machine.HandleTimeout(now);
            else if (!TakeOther(message, now))
            {
                throw new InvalidOperationException($"{GetType().Name} does not know {message}");
            }

            Settle(now);
        }
        catch (Exception problem) when (run.Fail(problem))
        {
            // A test rig that restarts silently would hide the fault: the actor ends, and the run with it.
            Context.Stop(Self);
        }
    }

    /// <summary>A message for the machine; an override may look at it first, or keep it back.</summary>
    protected virtual void Take(TInput input, TimeSpan now) => machine.Handle(input, now);

    /// <summary>A message for the shell itself; false where it knows none such.</summary>
    protected virtual bool TakeOther(object message, TimeSpan now) => false;

    /// <summary>Carries out one of the machine's effects.</summary>
    protected abstract void Perform(TOutput output, TimeSpan now);

    private void Wake(TimeSpan now)
    {
        _timer.Rung(now);
        _wakes = _lastWake == now ? _wakes + 1 : 0;
        _lastWake = now;
        if (_wakes > MostWakesAtOnce)
        {
            throw new InvalidOperationException($"{machine.GetType().Name} asks to be woken at {now} without end");
        }

        machine.HandleTimeout(now);
    }

    private void Settle(TimeSpan now)
    {
        while (machine.TryTake(out var output)) Perform(output, now);
        _timer.Arm(machine.NextTimeout, now);
    }
}
