using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>The first text of each connection fits a pattern.</summary>
public sealed record ConnectionsBegin(string Pattern) : Property
{
    public override string Clause => $"every connection begins with {Words.Quote(Pattern)}";

    internal override PropertyWatch Begin() => new Watch(TextPattern.Parse(Pattern));

    private sealed class Watch(TextPattern pattern) : PropertyWatch
    {
        private readonly PlaceReader _reader = new(new Place(PlaceKind.Service), toModule: false);
        private readonly HashSet<int> _begun = [];

        public override string Lacking => "no connection brought a text";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            if (sighting.Event is not IConnected { Connection.Number: var number }) return;
            _reader.Read(sighting.Event, text =>
            {
                if (!_begun.Add(number)) return;
                HasJudged = true;
                if (pattern.Match(text) is null) Broken ??= $"one begins with {Words.Quote(text)}";
            });
        }
    }
}
