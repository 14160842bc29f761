using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>What the values of one field of the module's texts must keep.</summary>
/// <param name="Field">A member of JSON texts by its name, or a pattern with one field.</param>
public abstract record FieldRule(Place Place, string Field) : Property
{
    internal override PropertyWatch Begin()
    {
        var pattern = TextPattern.Parse(Field);
        return pattern.Fields.Count == 1
            ? new Watch(this, pattern)
            : throw new FormatException($"'{Field}' must have one field");
    }

    /// <summary>Begins to follow the values: takes one with its text, and says what it breaks, or null.</summary>
    private protected abstract Func<string, string, SessionEvent, string?> Follow();

    private sealed class Watch(FieldRule rule, TextPattern pattern) : PropertyWatch
    {
        private readonly PlaceReader _reader = new(rule.Place, toModule: false);
        private readonly Func<string, string, SessionEvent, string?> _take = rule.Follow();

        public override string Lacking => $"no text at {rule.Place} has {Words.Quote(rule.Field)}";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            var happened = sighting.Event;
            _reader.Read(happened, text =>
            {
                if (pattern.Match(text) is not { } values) return;
                HasJudged = true;
                Broken ??= _take(values[0], text, happened);
            });
        }
    }
}

/// <summary>No value comes more often than that.</summary>
/// <param name="Most">1 or more.</param>
public sealed record NeverRepeats(Place Place, string Field, int Most = 1) : FieldRule(Place, Field)
{
    public override string Clause => Most == 1
        ? $"no text {Words.At(Place)} repeats {Words.Quote(Field)}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"no text {Words.At(Place)} repeats {Words.Quote(Field)} more than {Most} times");

    private protected override Func<string, string, SessionEvent, string?> Follow()
    {
        var seen = new Dictionary<string, (int Count, TimeSpan First)>(StringComparer.Ordinal);
        return (value, _, happened) =>
        {
            var (count, first) = seen.GetValueOrDefault(value, (0, happened.At));
            seen[value] = (count + 1, first);
            return count < Most
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value} comes {count + 1} times, first at {DurationText.Say(first)}");
        };
    }
}

/// <summary>Texts with the same value are the same.</summary>
public sealed record AlwaysSameContent(Place Place, string Field) : FieldRule(Place, Field)
{
    public override string Clause =>
        $"texts {Words.At(Place)} with the same {Words.Quote(Field)} have the same content";

    private protected override Func<string, string, SessionEvent, string?> Follow()
    {
        var seen = new Dictionary<string, (string Text, TimeSpan At)>(StringComparer.Ordinal);
        return (value, text, happened) => seen.TryAdd(value, (text, happened.At)) || seen[value].Text == text
            ? null
            : $"{Words.Quote(text)} was {Words.Quote(seen[value].Text)} at {DurationText.Say(seen[value].At)}";
    }
}

/// <summary>No value is less than the one before it on its connection, or on the connection before.</summary>
public sealed record NeverGoesBack(Place Place, string Field) : FieldRule(Place, Field)
{
    public override string Clause => $"{Words.Quote(Field)} {Words.At(Place)} never goes back";

    private protected override Func<string, string, SessionEvent, string?> Follow()
    {
        var lasts = new LastOfConnections<object>();
        return (value, text, happened) =>
        {
            if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return $"{Words.Quote(value)} in {Words.Quote(text)} is no number";
            }

            return lasts.Next(happened, number) is decimal before && before > number
                ? string.Create(CultureInfo.InvariantCulture, $"{number} comes after {before}")
                : null;
        };
    }
}
