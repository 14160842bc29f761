using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>One pass of a <see cref="Matcher"/> over a session.</summary>
internal abstract class MatcherScan
{
    /// <summary>Whether this event, with those before it in the pass, is what was waited for.</summary>
    /// <param name="sighting">The next event.</param>
    /// <param name="skip">How many of its bytes an earlier match has used up.</param>
    public abstract bool Feed(in Sighting sighting, int skip);

    /// <summary>How many bytes of the matched event the match used; null where it used all of the event.</summary>
    public virtual int? Used => null;
}
