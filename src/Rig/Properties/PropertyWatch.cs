using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>One property's walk through a session: it takes the events in their order.</summary>
internal abstract class PropertyWatch
{
    /// <summary>What broke the property, in words that follow its clause; null: nothing has.</summary>
    public string? Broken { get; protected set; }

    /// <summary>Whether there was anything to judge.</summary>
    public bool HasJudged { get; protected set; }

    /// <summary>
    /// How near the run has come to breaking it: 0, or a count that breaks it when it is large enough. For waiting it
    /// is eighths of the time.
    /// </summary>
    public int Nearness { get; private set; }

    /// <summary>What the session lacks for a judgement, in words.</summary>
    public abstract string Lacking { get; }

    /// <summary>The values of the text that is waited for; null: there is none.</summary>
    public virtual string? Awaited => null;

    /// <summary>Takes an event; <see cref="Broken"/> tells whether it broke the property.</summary>
    public abstract void Feed(in Sighting sighting, Calm calm);

    /// <summary>The run has come as near as that.</summary>
    protected void Near(int nearness) => Nearness = Math.Max(Nearness, nearness);

    /// <summary>It was waited for so long, of so long a time.</summary>
    protected void Near(TimeSpan waited, TimeSpan limit)
    {
        if (waited > TimeSpan.Zero && limit > TimeSpan.Zero) Near((int)(8 * waited.Ticks / limit.Ticks));
    }

    /// <summary>From when on the property is broken if nothing more happens; null: time alone breaks nothing.</summary>
    public virtual TimeSpan? Deadline(Calm calm) => null;

    /// <summary>What the deadline's passing means, in words that follow the clause.</summary>
    public virtual string Missed(TimeSpan deadline) => "";
}
