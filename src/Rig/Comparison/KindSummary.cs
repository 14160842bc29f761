using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>How the events of one kind compare.</summary>
public sealed record KindSummary(SessionLane Lane, string Kind)
{
    /// <summary>How many the first session has.</summary>
    public long Left { get; internal set; }

    /// <summary>How many the second session has.</summary>
    public long Right { get; internal set; }

    /// <summary>How many are the same, time included.</summary>
    public long Same { get; internal set; }

    /// <summary>How many say something else.</summary>
    public long Changed { get; internal set; }

    /// <summary>How many only the first session has.</summary>
    public long Missing { get; internal set; }

    /// <summary>How many only the second session has.</summary>
    public long Added { get; internal set; }

    /// <summary>How many come at another time than the tolerance allows.</summary>
    public long Moved { get; internal set; }

    /// <summary>The greatest difference of the time since the event before, among those aligned.</summary>
    public TimeSpan WidestShift { get; internal set; }
}
