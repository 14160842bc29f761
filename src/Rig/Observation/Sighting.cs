using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Observation;

/// <summary>One event of a session and its place.</summary>
/// <param name="Index">Its place in the session, from 0; -1 for samples of vitals, which have none.</param>
/// <param name="Event">What crossed.</param>
public readonly record struct Sighting(long Index, SessionEvent Event)
{
    /// <summary>The run's time.</summary>
    public TimeSpan At => Event.At;

    /// <summary>What the log line says; null for other lanes and for lines that say nothing known.</summary>
    public Moment? Moment => (Event as LogLine)?.Moment;

    /// <summary>Set on the first log line after a start; it precedes <see cref="Moment"/>.</summary>
    public Moment.Booted? Start => (Event as LogLine)?.Boot;

    /// <summary>What was read of it, first to last.</summary>
    public IEnumerable<Moment> Moments
    {
        get
        {
            if (Start is { } start) yield return start;
            if (Moment is { } moment) yield return moment;
        }
    }
}
