using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>Judges one run by its properties while it goes on: each has one verdict, the first violation.</summary>
public sealed class PropertyJudge
{
    private readonly List<Violation> _violations = [];
    private readonly Trial[] _trials;
    private readonly Calm _calm;
    private readonly TimeSpan _latency;

    /// <param name="settling">How long after the last fault nothing is waited for.</param>
    /// <param name="latency">How long after it happened a thing may be heard of.</param>
    public PropertyJudge(IEnumerable<Property> properties, TimeSpan settling, TimeSpan latency = default)
    {
        _trials = [.. properties.Select(p => new Trial(p, p.Begin()))];
        (_calm, _latency) = (new Calm(settling), latency);
    }

    /// <summary>Judges what has happened by one property. Nothing needs time to settle.</summary>
    /// <exception cref="FormatException">A pattern of the property cannot be read.</exception>
    public static PropertyJudge Over(Property property, IEnumerable<SessionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var judge = new PropertyJudge([property], TimeSpan.Zero);
        var index = 0L;
        foreach (var happened in events) judge.Feed(new Sighting(index++, happened));
        return judge;
    }

    /// <summary>The violation that was found first; null: there is none.</summary>
    public Violation? First { get; private set; }

    /// <summary>The first violation of each property that has one, in the order in which they were found.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Properties for which the run has shown nothing that could be judged, and what it lacks.</summary>
    public IEnumerable<(Property Property, string Lacking)> Unjudged => _trials
        .Where(t => !t.IsOver && !t.Watch.HasJudged).Select(t => (t.Property, t.Watch.Lacking));

    /// <summary>How near the run has come to breaking each property, in their order.</summary>
    public IReadOnlyList<int> Nearness => [.. _trials.Select(t => t.Watch.Nearness)];

    /// <summary>Takes the next event of the session.</summary>
    public void Feed(Sighting sighting)
    {
        if (sighting.Index < 0) return;
        Pass(sighting.At - _latency, isBefore: true, sighting.Index);
        _calm.Feed(sighting.Event);
        foreach (var trial in _trials)
        {
            if (trial.IsOver) continue;
            trial.Watch.Feed(sighting, _calm);
            if (trial.Watch.Broken is { } how) Note(trial, sighting.At, how, sighting.Index);
        }
    }

    /// <summary>Nothing more is recorded up to then.</summary>
    /// <param name="total">How many events there are.</param>
    public void PassTo(TimeSpan now, long total) => Pass(now - _latency, isBefore: false, total);

    private void Pass(TimeSpan now, bool isBefore, long index)
    {
        foreach (var trial in _trials)
        {
            if (trial.IsOver || trial.Watch.Deadline(_calm) is not { } deadline) continue;
            if (deadline > now || (isBefore && deadline == now)) continue;
            Note(trial, deadline, trial.Watch.Missed(deadline), index);
        }
    }

    private void Note(Trial trial, TimeSpan at, string how, long index)
    {
        trial.IsOver = true;
        var violation = new Violation(trial.Property, at, how, index) { Awaited = trial.Watch.Awaited };
        _violations.Add(violation);
        First ??= violation;
    }

    private sealed class Trial(Property property, PropertyWatch watch)
    {
        public Property Property { get; } = property;

        public PropertyWatch Watch { get; } = watch;

        public bool IsOver { get; set; }
    }
}

/// <summary>The first moment at which a run broke a property.</summary>
/// <param name="How">What happened or did not happen, in words.</param>
/// <param name="Index">The event that broke it, or the place in the session where something is missing.</param>
public sealed record Violation(Property Property, TimeSpan At, string How, long Index)
{
    /// <summary>
    /// The values of the text that did not come (<see cref="EveryTextArrives.Is"/>); null: no text was waited for.
    /// </summary>
    public string? Awaited { get; init; }

    public override string ToString() =>
        $"expected that {Property.Clause}; first broken at {DurationText.Say(At)}: {How}";
}
