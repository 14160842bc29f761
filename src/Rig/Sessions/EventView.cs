using System.Collections;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>The kept events of a session as a list that grows with it.</summary>
internal sealed class EventView(SessionLog session) : IReadOnlyList<SessionEvent>
{
    public int Count => (int)(session.Total - session.First);

    public SessionEvent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            return session.TryGet(session.First + index, out var sighting)
                ? sighting.Event
                : throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    public IEnumerator<SessionEvent> GetEnumerator()
    {
        for (var next = session.First; session.TryGet(Math.Max(next, session.First), out var sighting);
            next = sighting.Index + 1)
        {
            yield return sighting.Event;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
