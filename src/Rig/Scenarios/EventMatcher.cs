using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>Matches by one event alone.</summary>
internal sealed class EventMatcher(string description, Func<Sighting, bool> matches) : Matcher(description)
{
    internal override MatcherScan Begin() => new Scan(this, matches);

    private sealed class Scan(EventMatcher matcher, Func<Sighting, bool> matches) : MatcherScan
    {
        public override bool Feed(in Sighting sighting, int skip) =>
            skip == 0
            && (matcher.Modem is null || string.Equals(sighting.Event.Modem, matcher.Modem, StringComparison.Ordinal))
            && matches(sighting);
    }
}
