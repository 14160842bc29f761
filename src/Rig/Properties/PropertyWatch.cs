using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>One property's walk through a session: it takes the events in their order.</summary>
internal abstract class PropertyWatch
{
    /// <summary>What broke the property, in words that follow its clause; null: nothing has.</summary>
    public string? Broken { get; protected set; }

    /// <summary>Whether there was anything to judge.</summary>
    public bool HasJudged { get; protected set; }

    /// <summary>What the session lacks for a judgement, in words.</summary>
    public abstract string Lacking { get; }

    /// <summary>Takes an event; <see cref="Broken"/> tells whether it broke the property.</summary>
    public abstract void Feed(in Sighting sighting, Calm calm);

    /// <summary>From when on the property is broken if nothing more happens; null: time alone breaks nothing.</summary>
    public virtual TimeSpan? Deadline(Calm calm) => null;

    /// <summary>What the deadline's passing means, in words that follow the clause.</summary>
    public virtual string Missed(TimeSpan deadline) => "";
}
