using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// Every text that reaches the module comes out elsewhere, with the same values in the fields of the same names. What
/// the module has not passed on when the rig cuts its supply or pulls its reset line is not waited for, nor what comes
/// while it starts.
/// </summary>
/// <param name="Within">From its coming on, or from the time at which the run has settled.</param>
/// <param name="Once">It may not come out more often than it came; this is judged at every moment.</param>
public sealed record EveryTextArrives(
    string Asked, Place From, Place To, string Answer, TimeSpan Within, bool Once = false) : Property
{
    public override string Clause =>
        $"every {Words.Quote(Asked)} {Words.At(From)} reaches {To} as {Words.Quote(Answer)} " +
        $"{(Once ? "exactly once " : "")}within {DurationText.Format(Within)}";

    public override bool IsLively => true;

    public override TimeSpan Patience => Within;

    /// <summary>Whether a text that comes out is the one with these values.</summary>
    /// <param name="awaited">As <see cref="Violation.Awaited"/> has them.</param>
    public bool Is(string text, string awaited) => new Watch(this).KeyOf(text) == awaited;

    internal override PropertyWatch Begin() => new Watch(this);

    private sealed class Watch : PropertyWatch
    {
        /// <summary>What comes so shortly before noise is still on the line, or in the same packet.</summary>
        private static readonly TimeSpan NearNoise = TimeSpan.FromMilliseconds(100);

        private readonly EveryTextArrives _property;
        private readonly PlaceReader _from;
        private readonly PlaceReader _to;
        private readonly TextPattern _asked;
        private readonly TextPattern _answer;
        private readonly (int Asked, int Answer)[] _shared;
        private readonly Queue<(string Key, TimeSpan At, string Text)> _waiting = new();
        private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

        /// <summary>How often texts with these values came, and came out; only where once is asked for.</summary>
        private readonly Dictionary<string, (int Came, int Out)> _counts = new(StringComparer.Ordinal);
        private int _starts;
        private bool _came;

        public Watch(EveryTextArrives property)
        {
            _property = property;
            _from = new PlaceReader(property.From, toModule: true);
            _to = new PlaceReader(property.To, toModule: false, taken: true);
            (_asked, _answer) = (TextPattern.Parse(property.Asked), TextPattern.Parse(property.Answer));
            _shared =
            [
                .. _asked.Fields.Select((name, i) => (i, IndexOf(_answer, name))).Where(pair => pair.Item2 >= 0),
            ];
            if (_shared.Length == 0)
            {
                throw new FormatException(
                    $"'{property.Asked}' and '{property.Answer}' have no field of one name, by which a text could be " +
                    "found again");
            }
        }

        public override string Lacking => _came
            ? $"no text that fits {Words.Quote(_property.Asked)} has arrived so far, and none is late yet"
            : _from.LacksLineEnds
                ? "a text there is a line, and what came has no line end; write \"…\\r\\n\""
                : $"no text that fits {Words.Quote(_property.Asked)} came while it could be expected to be read";

        public override string? Awaited => First()?.Key;

        /// <summary>The values of a text that comes out; null: it is another kind of text.</summary>
        public string? KeyOf(string text) => _answer.Match(text) is { } values
            ? string.Join('\n', _shared.Select(pair => values[pair.Answer]))
            : null;

        public override TimeSpan? Deadline(Calm calm) => First() is { } first && calm.SettledAt is { } settled
            ? (settled > first.At ? settled : first.At) + _property.Within
            : null;

        public override string Missed(TimeSpan deadline) => First() is { } first
            ? $"{Words.Quote(first.Text)} came at {DurationText.Say(first.At)} and has not arrived"
            : "";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            if (calm.Starts != _starts)
            {
                _starts = calm.Starts;
                _waiting.Clear();
                _missing.Clear();
            }

            var at = sighting.At;
            if (sighting.Event is UartIn { LineErrors: true })
            {
                foreach (var (key, came, _) in _waiting)
                {
                    if (came >= at - NearNoise) _missing.Remove(key);
                }
            }

            _from.Read(sighting.Event, text =>
            {
                if (_asked.Match(text) is not { } values) return;
                var key = string.Join('\n', _shared.Select(pair => values[pair.Asked]));
                if (_property.Once) Count(key, came: 1, text);
                if (!calm.IsListening(at)) return;
                _came = true;
                if (_missing.Add(key)) _waiting.Enqueue((key, at, text));
            });
            _to.Read(sighting.Event, text =>
            {
                if ((_missing.Count == 0 && !_property.Once) || _answer.Match(text) is not { } values) return;
                var key = string.Join('\n', _shared.Select(pair => values[pair.Answer]));
                if (_missing.Remove(key))
                {
                    HasJudged = true;
                    if (_waiting.TryPeek(out var first) && first.Key == key && calm.SettledAt is { } settled)
                    {
                        Near(at - (settled > first.At ? settled : first.At), _property.Within);
                    }
                }

                if (_property.Once) Count(key, came: 0, text);
            });
        }

        /// <summary>A text that never came as a whole may come out spoilt: it is not counted.</summary>
        private void Count(string key, int came, string text)
        {
            var (before, gone) = _counts.GetValueOrDefault(key);
            if (before + came == 0) return;
            _counts[key] = (before + came, gone + 1 - came);
            if (came == 0 && gone >= before)
            {
                Broken ??= string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Words.Quote(text)} came out {gone + 1} times; what it is of came {before} time" +
                    $"{(before == 1 ? "" : "s")}");
            }
        }

        private (string Key, TimeSpan At, string Text)? First()
        {
            while (_waiting.TryPeek(out var first))
            {
                if (_missing.Contains(first.Key)) return first;
                _waiting.Dequeue();
            }

            return null;
        }

        private static int IndexOf(TextPattern pattern, string field)
        {
            for (var i = 0; i < pattern.Fields.Count; i++)
            {
                if (pattern.Fields[i] == field) return i;
            }

            return -1;
        }
    }
}
