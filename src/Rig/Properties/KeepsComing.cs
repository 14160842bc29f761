using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>Whenever the run is calm, the module sends a text at least so often.</summary>
/// <param name="Pattern">Which texts count; null: any.</param>
/// <param name="Every">The longest time between two of them.</param>
public sealed record KeepsComing(Place Place, string? Pattern, TimeSpan Every) : Property
{
    public override string Clause =>
        $"{Place} keeps {Verb} {(Pattern is null ? "a text" : Words.Quote(Pattern))} at least every " +
        DurationText.Format(Every);

    public override bool IsLively => true;

    public override TimeSpan Patience => Every;

    private string Verb => Words.Verb(Place) switch
    {
        "sends" => "sending",
        "shows" => "showing",
        _ => "receiving",
    };

    internal override PropertyWatch Begin() => new Watch(this);

    private sealed class Watch(KeepsComing property) : PropertyWatch
    {
        private readonly PlaceReader _reader = new(property.Place, toModule: false);
        private readonly TextPattern? _pattern = property.Pattern is { } text ? TextPattern.Parse(text) : null;
        private TimeSpan _last;
        private bool _came;

        public override string Lacking => property.Pattern is { } pattern
            ? $"no text that fits {Words.Quote(pattern)} came in a settled run"
            : "no text came in a settled run";

        public override TimeSpan? Deadline(Calm calm) =>
            calm.SettledAt is not { } settled ? null : (settled > _last ? settled : _last) + property.Every;

        public override string Missed(TimeSpan deadline) => _last == TimeSpan.Zero
            ? "none has come at all"
            : $"the last came at {DurationText.Say(_last)}";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            _came = false;
            _reader.Read(sighting.Event, text => _came |= _pattern is null || _pattern.Match(text) is not null);
            if (!_came) return;
            if (calm.SettledAt is { } settled) Near(sighting.At - (settled > _last ? settled : _last), property.Every);
            _last = sighting.At;
            if (calm.SettledAt <= sighting.At) HasJudged = true;
        }
    }
}
