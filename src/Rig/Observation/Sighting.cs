using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Observation;

/// <summary>One event of a session and what it means.</summary>
/// <param name="Index">Its place in the session, from 0; -1 for samples of vitals, which have none.</param>
/// <param name="Event">What crossed.</param>
/// <param name="Moment">What the log line says; null for other lanes and for lines that say nothing known.</param>
/// <param name="Start">Set on the first log line after a start; it precedes <paramref name="Moment"/>.</param>
public readonly record struct Sighting(
    long Index, SessionEvent Event, Moment? Moment = null, Moment.Booted? Start = null)
{
    /// <summary>The run's time.</summary>
    public TimeSpan At => Event.At;

    /// <summary>What was read of it, first to last.</summary>
    public IEnumerable<Moment> Moments
    {
        get
        {
            if (Start is not null) yield return Start;
            if (Moment is not null) yield return Moment;
        }
    }
}
