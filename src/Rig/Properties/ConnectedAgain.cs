using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// Whenever the run is calm, the module has a connection that the service can use: an accepted WebSocket, an accepted
/// client of a broker, or plain TCP on which something came; or it has one again in time.
/// </summary>
/// <param name="Within">From the loss on, or from the time at which the run has settled.</param>
public sealed record ConnectedAgain(TimeSpan Within) : Property
{
    public override string Clause => $"the module is connected again within {DurationText.Format(Within)}";

    public override bool IsLively => true;

    public override TimeSpan Patience => Within;

    internal override PropertyWatch Begin() => new Watch(Within);

    private sealed class Watch(TimeSpan within) : PropertyWatch
    {
        private readonly HashSet<int> _open = [];
        private TimeSpan _lost;

        public override string Lacking => "no connection of the module was accepted in a settled run";

        public override TimeSpan? Deadline(Calm calm) => _open.Count > 0 ? null : Later(calm.SettledAt) + within;

        public override string Missed(TimeSpan deadline) =>
            $"it has had no connection since {DurationText.Say(_lost)}";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            switch (sighting.Event)
            {
                case UpgradeAccepted or RawIn or RawOut:
                case MqttOut { Packet: MqttPacketType.Connack, Fields.Code: 0 }:
                    if (_open.Count == 0 && Later(calm.SettledAt) is { } from) Near(sighting.At - from, within);
                    _open.Add(((IConnected)sighting.Event).Connection.Number);
                    break;
                case ClientGone or ServiceFinished or ServiceReset or ServiceForgot or MqttDropped or TcpClosed
                    or TcpEnded or TcpReset or TcpTimedOut or TcpAbandoned or TcpLimited:
                    Close(((IConnected)sighting.Event).Connection.Number, sighting.At);
                    break;
                case PowerCut or ModemGone:
                    _open.Clear();
                    _lost = sighting.At;
                    break;
            }

            if (_open.Count > 0 && calm.SettledAt <= sighting.At) HasJudged = true;
        }

        private void Close(int connection, TimeSpan at)
        {
            if (_open.Remove(connection)) _lost = at;
        }

        private TimeSpan? Later(TimeSpan? settled) => settled > _lost ? settled : settled is null ? null : _lost;
    }
}
