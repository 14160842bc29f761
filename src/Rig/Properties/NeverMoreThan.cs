using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>What the module does is never done more often than that in any time of that length.</summary>
/// <param name="Place">Where texts are counted; null: attempts to connect by TCP are.</param>
/// <param name="Most">0 or more.</param>
/// <param name="Settled">Only what comes while the run is calm counts: not what has waited for a connection.</param>
public sealed record NeverMoreThan(int Most, Place? Place, TimeSpan In, bool Settled = false) : Property
{
    public override string Clause => Place is null
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"the module never tries to connect more than {Most} time{Plural} in {DurationText.Format(In)}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Place} never {Words.Verb(Place)} more than {Most} text{Plural} in {DurationText.Format(In)}{OfWhat}");

    public override bool IsLively => Settled;

    public override TimeSpan Patience => Settled ? In : TimeSpan.Zero;

    private string OfWhat => Settled ? " of a settled run" : "";

    private string Plural => Most == 1 ? "" : "s";

    internal override PropertyWatch Begin() => new Watch(this);

    private sealed class Watch(NeverMoreThan property) : PropertyWatch
    {
        private readonly PlaceReader? _reader =
            property.Place is { } place ? new PlaceReader(place, toModule: false) : null;

        private readonly Queue<TimeSpan> _times = new();
        private int _came;

        public override string Lacking => "nothing came that could be counted";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            if (_reader is null) _came = sighting.Event is TcpOpening ? 1 : 0;
            else
            {
                _came = 0;
                _reader.Read(sighting.Event, _ => _came++);
            }

            if (property.Settled && !(calm.SettledAt <= sighting.At))
            {
                _times.Clear();
                return;
            }

            for (; _came > 0; _came--) Count(sighting.At);
        }

        private void Count(TimeSpan at)
        {
            HasJudged = true;
            _times.Enqueue(at);
            while (_times.Peek() <= at - property.In) _times.Dequeue();
            Near(_times.Count);
            if (_times.Count <= property.Most) return;
            Broken ??= string.Create(
                CultureInfo.InvariantCulture,
                $"{_times.Count} since {DurationText.Say(_times.Peek())}");
        }
    }
}
