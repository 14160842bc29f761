using AirHil.Rig.Replay;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// What the actors of one run share: its clock, and the place where a defect of the rig or a model is reported.
/// </summary>
public sealed class RunContext(RunClock clock, SessionLog session)
{
    private Exception? _failure;

    public RunClock Clock { get; } = clock;

    public SessionLog Session { get; } = session;

    /// <summary>
    /// How an actor and its message are reached from other threads; null in virtual time, where nothing may come from
    /// there.
    /// </summary>
    internal Func<IActorRef, object, ILiveRun>? Outside { get; init; }

    /// <summary>Notes the first exception that escaped a machine.</summary>
    /// <returns>True, for use as an exception filter.</returns>
    public bool Fail(Exception problem)
    {
        Interlocked.CompareExchange(ref _failure, problem, null);
        return true;
    }

    /// <summary>Throws if anything has failed.</summary>
    /// <exception cref="RunFailedException">A machine threw.</exception>
    /// <exception cref="RecordingDeviationException">The run left the recording that stands in for the
    /// modem.</exception>
    public void ThrowIfFailed()
    {
        var failure = Volatile.Read(ref _failure);
        if (failure is RecordingDeviationException deviation) throw new RecordingDeviationException(deviation);
        if (failure is not null) throw new RunFailedException(failure);
    }
}
