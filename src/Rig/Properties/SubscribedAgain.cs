using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// Whenever the run is calm and a broker has accepted the module, the module is subscribed to a filter, or is so again
/// in time. A subscription is over with its connection, unless the broker has kept the client's session.
/// </summary>
/// <param name="Filter">Exactly as the module subscribes to it.</param>
/// <param name="Within">From the acceptance on, or from the time at which the run has settled.</param>
public sealed record SubscribedAgain(string Filter, TimeSpan Within) : Property
{
    public override string Clause =>
        $"the module is subscribed to {Words.Quote(Filter)} again within {DurationText.Format(Within)}";

    public override bool IsLively => true;

    public override TimeSpan Patience => Within;

    internal override PropertyWatch Begin() => new Watch(this);

    private sealed class Watch(SubscribedAgain property) : PropertyWatch
    {
        /// <summary>The newest connection that a broker has accepted; null: there is none.</summary>
        private int? _connection;
        private TimeSpan _accepted;
        private bool _isSubscribed;

        public override string Lacking => "no broker has accepted the module in a settled run";

        public override TimeSpan? Deadline(Calm calm) => _connection is null || _isSubscribed ? null
            : (calm.SettledAt > _accepted ? calm.SettledAt : calm.SettledAt is null ? null : _accepted)
                + property.Within;

        public override string Missed(TimeSpan deadline) =>
            $"it is connected since {DurationText.Format(_accepted)}, and has not subscribed";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            switch (sighting.Event)
            {
                case MqttOut { Packet: MqttPacketType.Connack, Fields: { Code: 0 } fields } accepted:
                    (_connection, _accepted) = (accepted.Connection.Number, sighting.At);
                    _isSubscribed &= fields.Flag;
                    break;
                case MqttIn { Packet: MqttPacketType.Subscribe } packet when Is(packet):
                    _isSubscribed |= packet.Fields.Name.Split(", ").Any(
                        filter => filter[..Math.Max(0, filter.LastIndexOf(' '))] == property.Filter);
                    break;
                case MqttIn { Packet: MqttPacketType.Unsubscribe } packet when Is(packet):
                    _isSubscribed &= !packet.Fields.Name.Split(", ").Contains(property.Filter);
                    break;
                case ClientGone or ServiceFinished or ServiceReset or ServiceForgot or MqttDropped or TcpClosed
                    or TcpEnded or TcpReset or TcpTimedOut or TcpAbandoned or TcpLimited
                    when Is((IConnected)sighting.Event):
                case PowerCut or ModemGone:
                    _connection = null;
                    break;
            }

            if (_connection is not null && calm.SettledAt <= sighting.At) HasJudged = true;
        }

        private bool Is(IConnected happened) => happened.Connection.Number == _connection;
    }
}
