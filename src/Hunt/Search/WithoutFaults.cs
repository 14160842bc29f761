using AirHil.Hunt.Runs;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Search;

/// <summary>
/// What a run breaks without faults. Runs with faults last longer than the scenario, so that a script may break a
/// property in them by itself: that is no finding.
/// </summary>
/// <param name="subject">What is run.</param>
/// <param name="schedule">What is done to it all the same; null: nothing.</param>
internal sealed class WithoutFaults(HuntSubject subject, FaultSchedule? schedule = null)
{
    private readonly HashSet<Cause> _causes = [];
    private readonly Dictionary<string, TimeSpan> _broken = new(StringComparer.Ordinal);

    /// <summary>So far it is known.</summary>
    private TimeSpan _end;

    /// <summary>Why properties break without faults, as far as it is known.</summary>
    public IReadOnlyCollection<Cause> Causes => _causes;

    /// <summary>Whether a run of that length keeps all properties.</summary>
    public bool Keeps(TimeSpan length)
    {
        RunTo(length);
        return _broken.Values.All(at => at > length);
    }

    /// <summary>Whether the same property is broken at that time, or before, without faults.</summary>
    public bool Breaks(Violation violation)
    {
        RunTo(violation.At);
        return _broken.TryGetValue(violation.Property.Clause, out var at) && at <= violation.At;
    }

    /// <summary>Whether the property is broken without faults, as far as it is known.</summary>
    public bool Breaks(Property property) => _broken.ContainsKey(property.Clause);

    private void RunTo(TimeSpan length)
    {
        if (length <= _end) return;
        _end = length;
        // A run ends at the first cause that is not known; each further run goes on behind one more.
        for (var isNew = true; isNew;)
        {
            isNew = false;
            var outcome = WorldRun.Do(subject with { Length = length }, schedule ?? FaultSchedule.Empty, _causes);
            foreach (var (violation, cause) in outcome.Broken)
            {
                isNew |= _causes.Add(cause);
                _broken.TryAdd(violation.Property.Clause, violation.At);
            }
        }
    }
}
