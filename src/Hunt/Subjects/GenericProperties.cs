using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Subjects;

/// <summary>What can be required of any script, by what its run without faults has shown.</summary>
public static class GenericProperties
{
    private const int FewestTexts = 5;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(120);

    /// <summary>For a scenario that states no property.</summary>
    public static IReadOnlyList<Property> Of(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var events = bench.Events;
        var found = new List<Property> { new NeverRestarts() };
        if (events.Any(e => e is UpgradeAccepted or MqttIn or RawIn)) found.Add(new ConnectedAgain(Again));
        var texts = new List<TimeSpan>();
        var reader = new PlaceReader(new Place(PlaceKind.Service), toModule: false);
        foreach (var happened in events) reader.Read(happened, _ => texts.Add(happened.At));
        texts.Add(bench.Now);
        if (texts.Count > FewestTexts)
        {
            var gap = texts.Zip(texts.Skip(1), (one, next) => next - one).Max();
            var every = TimeSpan.FromSeconds(Math.Max(10, Math.Ceiling(gap.TotalSeconds / 5) * 10));
            found.Add(new KeepsComing(new Place(PlaceKind.Service), null, every));
        }

        return found;
    }
}
