using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// What can be required of nearly any script, by what its run without faults has shown. The limits are generous: what
/// breaks them is a fault of the script whatever it is for.
/// </summary>
public static class GenericProperties
{
    private const int FewestTexts = 5;
    private const int FewestAttempts = 8;
    private const int MostTopics = 8;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AttemptsIn = TimeSpan.FromSeconds(10);
    private static readonly Place Service = new(PlaceKind.Service);

    /// <summary>For a scenario that states no property.</summary>
    public static IReadOnlyList<Property> Of(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var events = bench.Events;
        var found = new List<Property> { new NeverRestarts() };
        if (events.Any(e => e is UpgradeAccepted or MqttIn or RawIn)) found.Add(new ConnectedAgain(Again));
        found.AddRange(Filters(events).Select(filter => new SubscribedAgain(filter, Again)));
        foreach (var place in Places(events))
        {
            var texts = Texts(events, place);
            if (texts.Count < FewestTexts) continue;
            found.Add(new KeepsComing(place, null, Every([.. texts, bench.Now])));
            if (place == Service)
            {
                // What a start or a connection brings is over in a settled run.
                var most = Most([.. texts.Where(at => at >= bench.Now / 3)], Minute);
                found.Add(new NeverMoreThan(1 + (3 * most / 2), place, Minute, Settled: true));
            }
        }

        var attempts = events.OfType<TcpOpening>().Select(e => e.At).ToArray();
        // A queue that is sent by HTTP after an outage takes a connection for each request.
        if (attempts.Length > 0 && !events.Any(e => e is HttpRequested))
        {
            var most = Math.Max(FewestAttempts, 2 + (2 * Most(attempts, AttemptsIn)));
            found.Add(new NeverMoreThan(most, null, AttemptsIn));
            found.Add(new FewConnections(MostConnections(events)));
        }

        return found;
    }

    private static IEnumerable<Place> Places(IReadOnlyList<SessionEvent> events)
    {
        yield return Service;
        var topics = events.OfType<MqttIn>().Where(e => e.Packet == MqttPacketType.Publish).Select(e => e.Fields.Name)
            .Distinct(StringComparer.Ordinal).Where(name => name.IndexOfAny([' ', '"']) < 0).ToArray();
        // All of one topic are all of the service.
        foreach (var topic in topics.Length is > 1 and <= MostTopics ? topics : [])
        {
            yield return new Place(PlaceKind.Topic, Name: topic);
        }

        foreach (var number in events.OfType<SmsSubmitted>().Select(e => e.Number).Distinct(StringComparer.Ordinal))
        {
            yield return new Place(PlaceKind.Phone, Name: number);
        }
    }

    /// <summary>Three times the longest silence, and a minute at least.</summary>
    private static TimeSpan Every(IReadOnlyList<TimeSpan> texts)
    {
        var gap = texts.Zip(texts.Skip(1), (one, next) => next - one).Max();
        return TimeSpan.FromSeconds(Math.Max(60, Math.Ceiling(gap.TotalSeconds * 0.3) * 10));
    }

    private static List<TimeSpan> Texts(IReadOnlyList<SessionEvent> events, Place place)
    {
        var texts = new List<TimeSpan>();
        var reader = new PlaceReader(place, toModule: false);
        foreach (var happened in events) reader.Read(happened, _ => texts.Add(happened.At));
        return texts;
    }

    private static int Most(IReadOnlyList<TimeSpan> times, TimeSpan during)
    {
        var (most, first) = (0, 0);
        for (var i = 0; i < times.Count; i++)
        {
            while (times[first] <= times[i] - during) first++;
            most = Math.Max(most, i - first + 1);
        }

        return most;
    }

    private static int MostConnections(IReadOnlyList<SessionEvent> events) =>
        Math.Max(1, PropertyJudge.Over(new FewConnections(int.MaxValue), events).Nearness[0]);

    /// <summary>What the script has subscribed to.</summary>
    internal static IEnumerable<string> Filters(IReadOnlyList<SessionEvent> events) => events.OfType<MqttIn>()
        .Where(e => e.Packet == MqttPacketType.Subscribe).SelectMany(e => e.Fields.Name.Split(", "))
        .Select(filter => filter[..Math.Max(0, filter.LastIndexOf(' '))]).Where(filter => filter.Length > 0)
        .Distinct(StringComparer.Ordinal);
}
