using AirHil.Modem.Acts;
using AirHil.Modem.Units;
using AirHil.Rig.Properties;

namespace AirHil.Rig.Scenarios;

/// <content>
/// What the whole run must keep: judged over the session from its beginning, when it is stated and at the run's end.
/// </content>
public sealed partial class Bench
{
    private readonly List<Property> _properties = [];
    private readonly HashSet<Property> _broken = [];

    /// <summary>What was required so far.</summary>
    public IReadOnlyList<Property> Properties => _properties;

    /// <summary>How long after the last fault nothing is waited for.</summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>The kinds of faults that a hunt may draw from; empty: all that fit.</summary>
    public IReadOnlyList<string> FaultKinds { get; set; } = [];

    /// <summary>The whole run must keep this.</summary>
    /// <exception cref="ExpectationException">It has not, so far.</exception>
    /// <exception cref="FormatException">A pattern of it cannot be read.</exception>
    public void Require(Property property)
    {
        _properties.Add(property);
        if (Judge([property]).First is { } violation) throw Broke(violation);
    }

    /// <summary>The run is over: judges all of it.</summary>
    /// <param name="wholly">Whether a property for which there was nothing to judge is a failure too.</param>
    /// <exception cref="ExpectationException">A property is broken that was not when it was stated, or nothing could be
    /// judged.</exception>
    public void JudgeRun(bool wholly)
    {
        var judge = Judge(_properties.Where(p => !_broken.Contains(p)));
        if (judge.First is { } violation) throw Broke(violation);
        if (!wholly || judge.Unjudged.ToArray() is not [var (property, lacking), ..]) return;
        var needed = property.IsLively
            ? $"; a clause that waits is judged {DurationText.Format(Settling)} after the start and after the last " +
                $"fault, and then takes {DurationText.Format(property.Patience)}: let more time pass, or give a " +
                "shorter settling time"
            : "";
        throw Fault($"nothing was judged by \"{property.Clause}\": {lacking}{needed}", property, Session.Total, null);
    }

    private PropertyJudge Judge(IEnumerable<Property> properties)
    {
        if (Session.First > 0)
        {
            throw new StepException("the session is no longer kept from its beginning, so no property of " +
                "the whole run can be judged");
        }

        var judge = new PropertyJudge(properties, Settling, Options.Target.Latency);
        foreach (var sighting in Session.Kept()) judge.Feed(sighting);
        judge.PassTo(Now, Session.Total);
        return judge;
    }

    private ExpectationException Broke(Violation violation)
    {
        _broken.Add(violation.Property);
        return Fault(violation.ToString(), violation.Property, violation.Index, violation.Index);
    }

    private ExpectationException Fault(string what, Property property, long index, long? culprit)
    {
        var around = EventFold.Of(Session.Around(index, EventFold.Window), FailureReport.Lines, culprit);
        var shown = around.Select(line => line.Sighting).Where(s => s.Index == culprit && s.At <= Now)
            .Select(s => (Observation.Sighting?)s).FirstOrDefault();
        var hint = FailureHints.For(this, what, default);
        return new ExpectationException(FailureReport.Write(what, around, shown, hint))
        {
            Awaited = property.Clause,
            At = Now,
            Around = [.. around.Select(line => line.Sighting.Event)],
            Hint = hint,
        };
    }
}
