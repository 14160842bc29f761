using AirHil.Rig.Observation;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>One matcher's walk through a session, which goes on where it stopped when more events have come.</summary>
internal sealed class Search(SessionLog session, Matcher matcher, Cursor from)
{
    private readonly MatcherScan _scan = matcher.Begin();
    private long _next = Math.Max(from.Index, session.First);

    public Sighting? Found { get; private set; }

    /// <summary>The cursor behind what was found.</summary>
    public Cursor Behind { get; private set; }

    /// <summary>Looks at what has come since; true once found.</summary>
    public bool Find()
    {
        if (Found is not null) return true;
        while (session.TryGet(_next, out var sighting))
        {
            var index = _next++;
            if (!_scan.Feed(sighting, index == from.Index ? from.Skip : 0)) continue;
            Found = sighting;
            Behind = _scan.Used is { } used && used < sighting.Event.Bytes.Length
                ? new Cursor(index, sighting.At, used)
                : new Cursor(index + 1, sighting.At) { Tick = sighting.Event.Tick };
            return true;
        }

        return false;
    }
}
