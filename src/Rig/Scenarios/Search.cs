using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>One matcher's walk through a session, which goes on where it stopped when more events have come.</summary>
/// <param name="notBefore">What happened earlier does not count, whenever it was heard of; null: it does.</param>
internal sealed class Search(SessionLog session, Matcher matcher, Cursor from, TimeSpan? notBefore = null)
{
    private readonly MatcherScan _scan = matcher.Begin();
    private long _next = Math.Max(from.Index, session.First);
    private long? _back = from.Back;

    public Sighting? Found { get; private set; }

    /// <summary>The cursor behind what was found.</summary>
    public Cursor Behind { get; private set; }

    /// <summary>Looks at what has come since; true once found.</summary>
    public bool Find()
    {
        if (Found is not null || FindBack()) return true;
        while (session.TryGet(_next, out var sighting))
        {
            var index = _next++;
            if (sighting.At < notBefore) continue;
            if (!_scan.Feed(sighting, index == from.Index ? from.Skip : 0)) continue;
            Found = sighting;
            Behind = _scan.Used is { } used && used < sighting.Event.Bytes.Length
                ? new Cursor(index, sighting.At, used)
                : new Cursor(index + 1, sighting.At) { Tick = sighting.Event.Tick };
            if (from.Back is { } back) Behind = Behind with { Back = IsHeard(sighting) ? back : index + 1 };
            return true;
        }

        return false;
    }

    /// <summary>Once: what happened behind the cursor and was recorded before it.</summary>
    private bool FindBack()
    {
        if (_back is not { } back) return false;
        _back = null;
        for (var index = Math.Max(back, session.First); index < from.Index; index++)
        {
            if (!session.TryGet(index, out var sighting)) break;
            if (sighting.At <= from.At || sighting.At < notBefore || IsHeard(sighting)) continue;
            if (!_scan.Feed(sighting, 0)) continue;
            Found = sighting;
            Behind = new Cursor(from.Index, sighting.At, from.Skip) { Back = index + 1 };
            return true;
        }

        return false;
    }

    /// <summary>What comes over the module's own lines is recorded in the order in which it happened.</summary>
    private static bool IsHeard(in Sighting sighting) => sighting.Event.Lane is SessionLane.Log or SessionLane.Uart;
}
