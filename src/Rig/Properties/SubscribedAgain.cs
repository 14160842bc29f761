using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// Whenever the run is calm and a broker has accepted the module, the module is subscribed to a filter, or is so again
/// in time. A subscription is over with its connection, unless the broker has kept the client's session. Of several
/// brokers only those count to which the module has subscribed it.
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
        private readonly Dictionary<(string Host, int Port), Broker> _brokers = [];

        public override string Lacking => "no broker has accepted the module in a settled run";

        /// <summary>Brokers that have accepted the module; if one ever had the filter, those alone.</summary>
        private IEnumerable<Broker> Accepting => _brokers.Values.Where(
            broker => broker.Connection is not null && (broker.HasHadIt || !_brokers.Values.Any(one => one.HasHadIt)));

        private Broker? Waiting => Accepting.Where(broker => !broker.IsSubscribed).MinBy(broker => broker.Accepted);

        public override TimeSpan? Deadline(Calm calm) => calm.SettledAt is { } settled && Waiting is { } broker
            ? (settled > broker.Accepted ? settled : broker.Accepted) + property.Within
            : null;

        public override string Missed(TimeSpan deadline) =>
            $"it is connected since {DurationText.Say(Waiting!.Accepted)}, and has not subscribed";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            switch (sighting.Event)
            {
                case MqttOut { Packet: MqttPacketType.Connack, Fields: { Code: 0 } fields } accepted:
                    var at = (accepted.Connection.Host, accepted.Connection.Port);
                    if (!_brokers.TryGetValue(at, out var broker)) _brokers.Add(at, broker = new Broker());
                    (broker.Connection, broker.Accepted) = (accepted.Connection.Number, sighting.At);
                    broker.IsSubscribed &= fields.Flag;
                    break;
                case MqttIn { Packet: MqttPacketType.Subscribe } packet when Of(packet) is { } subscribed:
                    subscribed.IsSubscribed |= packet.Fields.Name.Split(", ").Any(
                        filter => filter[..Math.Max(0, filter.LastIndexOf(' '))] == property.Filter);
                    subscribed.HasHadIt |= subscribed.IsSubscribed;
                    break;
                case MqttIn { Packet: MqttPacketType.Unsubscribe } packet when Of(packet) is { } unsubscribed:
                    unsubscribed.IsSubscribed &= !packet.Fields.Name.Split(", ").Contains(property.Filter);
                    break;
                case ClientGone or ServiceFinished or ServiceReset or ServiceForgot or MqttDropped or TcpClosed
                    or TcpEnded or TcpReset or TcpTimedOut or TcpAbandoned or TcpLimited
                    when Of((IConnected)sighting.Event) is { } left:
                    left.Connection = null;
                    break;
                case PowerCut or ModemGone:
                    foreach (var one in _brokers.Values) one.Connection = null;
                    break;
            }

            if (calm.SettledAt <= sighting.At && Accepting.Any()) HasJudged = true;
        }

        private Broker? Of(IConnected happened) =>
            _brokers.Values.FirstOrDefault(broker => broker.Connection == happened.Connection.Number);
    }

    /// <summary>What a broker knows of the module.</summary>
    private sealed class Broker
    {
        /// <summary>The newest connection that it has accepted; null: there is none.</summary>
        public int? Connection { get; set; }

        public TimeSpan Accepted { get; set; }

        public bool IsSubscribed { get; set; }

        public bool HasHadIt { get; set; }
    }
}
