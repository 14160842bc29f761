using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>The module has never more connections at once, as it itself knows them.</summary>
/// <param name="Most">0 or more.</param>
public sealed record FewConnections(int Most) : Property
{
    public override string Clause => string.Create(
        CultureInfo.InvariantCulture, $"the module never has more than {Most} connection{(Most == 1 ? "" : "s")}");

    internal override PropertyWatch Begin() => new Watch(Most);

    private sealed class Watch(int most) : PropertyWatch
    {
        private readonly HashSet<int> _open = [];

        public override string Lacking => "the module opened no connection";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            switch (sighting.Event)
            {
                case TcpOpened opened:
                    HasJudged = true;
                    _open.Add(opened.Connection.Number);
                    Near(_open.Count);
                    if (_open.Count > most)
                    {
                        Broken = string.Create(
                            CultureInfo.InvariantCulture, $"{_open.Count} are open, the last is {opened.Connection}");
                    }

                    break;
                case TcpClosed or TcpEnded or TcpReset or TcpTimedOut { AtService: false } or TcpAbandoned
                    or TcpLimited or TlsFailed:
                    _open.Remove(((IConnected)sighting.Event).Connection.Number);
                    break;
                case PowerCut or ResetPulled or ModemStarted or ModemGone:
                    _open.Clear();
                    break;
            }
        }
    }
}
