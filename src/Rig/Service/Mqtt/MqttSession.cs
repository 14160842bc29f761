using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>One connection to a broker.</summary>
internal sealed class MqttSession(MqttSite site, ServiceSide side, ServiceConnection connection)
    : ServiceSession(side, connection)
{
    /// <summary>The most that a packet may have.</summary>
    private const int PacketLimit = 1 << 20;

    /// <summary>Filters that one client may subscribe to.</summary>
    private const int FilterLimit = 1000;

    /// <summary>How long a client may take to say CONNECT, as with EMQX.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    private readonly MqttPacketReader _reader = new(PacketLimit);
    private MqttClient? _client;
    private MqttPacket.Publish? _will;
    private TimeSpan _heardAt;
    private bool _isRefused;

    public override int HeldBytes => _reader.HeldBytes;

    private MqttBroker? Broker => Endpoint?.Behavior as MqttBroker;

    private bool IsSilent => IsActing<FallSilent>() || Broker is { IsSilent: true };

    public override void Begin() => Side.After(ConnectLimit, () =>
    {
        if (_client is null && !_isRefused && !IsSilent) Drop("no CONNECT within 15 s");
    });

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        _heardAt = Side.Now;
        _reader.Append(bytes.Span);
        while (!Connection.IsGone && _reader.TryRead(out var packet))
        {
            var heard = packet;
            if (heard is MqttPacket.Publish) Side.Pass(Connection, false, heard.Message, () => Hear(heard));
            else Hear(heard);
        }

        if (_reader.Violation is { } violation) Drop(violation);
    }

    public override void PeerGone(bool reset)
    {
        Record(new ClientGone(Side.Now, Connection.Label, ClientOf.Other, reset));
        Leave();
    }

    public override void Overflow(string reason) => Drop(reason);

    public override void Suffer(ServiceFault fault)
    {
        base.Suffer(fault);
        if (fault is ForgetConnections) _will = null;
        if (Connection.IsGone) Leave();
    }

    /// <summary>Ends the connection from the broker's side.</summary>
    /// <param name="why">In words.</param>
    public void Drop(string why)
    {
        if (Connection.IsGone) return;
        Record(new MqttDropped(Side.Now, Connection.Label, why));
        Side.Hangup(Connection);
        Leave();
    }

    /// <summary>Sends a packet behind those before it.</summary>
    public void SendSoon(MqttPacket packet) => Plan(Promptly, () =>
    {
        if (packet is MqttPacket.Publish) Side.Pass(Connection, toModule: true, packet.Message, () => SendNow(packet));
        else SendNow(packet);
    });

    private void Hear(MqttPacket packet)
    {
        if (Connection.IsGone) return;
        Record(new MqttIn(Side.Now, Connection.Label, packet.Type, packet.Fields, packet.Message));
        Take(packet);
    }

    private void SendNow(MqttPacket packet)
    {
        if (Connection.IsGone) return;
        if (IsSilent || Strike<WithholdPackets>(fault => fault.Packet == packet.Type) is not null)
        {
            Record(new ServiceWithheld(Side.Now, Connection.Label, packet.Type.ToString().ToUpperInvariant()));
            return;
        }

        Record(new MqttOut(Side.Now, Connection.Label, packet.Type, packet.Fields, packet.Message));
        Send(MqttPacketWriter.Encode(packet));
    }

    private void Take(MqttPacket packet)
    {
        if (_isRefused) return;
        if (_client is null)
        {
            if (packet is MqttPacket.Connect connect) Connect(connect);
            else Drop("the first packet is no CONNECT");
            return;
        }

        switch (packet)
        {
            case MqttPacket.Publish publish:
                TakePublish(_client, publish);
                break;
            case MqttPacket.Ack { Type: MqttPacketType.Pubrel } release:
                _client.Release(release.Id);
                SendSoon(new MqttPacket.Ack(MqttPacketType.Pubcomp, release.Id));
                break;
            case MqttPacket.Ack { Type: not MqttPacketType.Unsuback } ack:
                _client.Acknowledge(ack.Type, ack.Id);
                break;
            case MqttPacket.Subscribe subscribe:
                Subscribe(_client, subscribe);
                break;
            case MqttPacket.Unsubscribe unsubscribe:
                foreach (var filter in unsubscribe.Filters) _client.Unsubscribe(filter);
                SendSoon(new MqttPacket.Ack(MqttPacketType.Unsuback, unsubscribe.Id));
                break;
            case MqttPacket.Empty { Type: MqttPacketType.Pingreq }:
                SendSoon(new MqttPacket.Empty(MqttPacketType.Pingresp));
                break;
            case MqttPacket.Empty { Type: MqttPacketType.Disconnect }:
                _will = null;
                Plan(TimeSpan.Zero, () => Side.Hangup(Connection));
                Leave();
                break;
            default:
                Drop($"{packet.Type.ToString().ToUpperInvariant()} from a client that is connected");
                break;
        }
    }

    private void Connect(MqttPacket.Connect connect)
    {
        var code = Judge(connect);
        if (code != 0)
        {
            _isRefused = true;
            SendSoon(new MqttPacket.Connack(false, code));
            if (!IsSilent) Plan(TimeSpan.Zero, () => Side.Hangup(Connection));
            return;
        }

        var id = connect.ClientId.Length > 0 ? connect.ClientId : site.NewName();
        (_client, var isPresent) = site.Connect(id, connect.IsClean);
        _client.Session = this;
        _will = connect.Will;
        SendSoon(new MqttPacket.Connack(isPresent, 0));
        _client.Resume();
        if (connect.KeepAlive > 0) WatchKeepAlive(TimeSpan.FromSeconds(connect.KeepAlive * 1.5));
    }

    /// <summary>The return code (§3.2.2.3).</summary>
    private int Judge(MqttPacket.Connect connect)
    {
        // What silence swallows is no time of another fault.
        if (!IsSilent && Strike<RefuseConnect>() is { } fault) return fault.Code;
        if (Broker is { Code: > 0 and var code }) return code;
        if ((connect.Protocol, connect.Level) is not (("MQTT", 4) or ("MQIsdp", 3))) return 1;
        if (connect.ClientId.Length == 0 && !connect.IsClean) return 2;
        if (Broker is not { Users.Count: > 0 } broker) return 0;
        var password = connect.Password is { } given ? Encoding.UTF8.GetString(given.Span) : "";
        return broker.Users.Contains(new MqttUser(connect.User ?? "", password)) ? 0 : 4;
    }

    /// <summary>§3.1.2.10: the broker waits for one and a half times the keep-alive.</summary>
    private void WatchKeepAlive(TimeSpan limit)
    {
        if (Connection.IsGone) return;
        var left = _heardAt + limit - Side.Now;
        if (left <= TimeSpan.Zero) Drop("nothing came in one and a half times its keep-alive");
        else Side.After(left, () => WatchKeepAlive(limit));
    }

    private void TakePublish(MqttClient client, MqttPacket.Publish publish)
    {
        if (IsSilent) return;
        if (publish.Quality < 2 || client.Take(publish.Id))
        {
            site.Publish(publish);
            site.Tell(this, client.Id, publish);
        }


        if (publish.Quality == 0) return;
        var type = publish.Quality == 1 ? MqttPacketType.Puback : MqttPacketType.Pubrec;
        SendSoon(new MqttPacket.Ack(type, publish.Id));
    }

    private void Subscribe(MqttClient client, MqttPacket.Subscribe subscribe)
    {
        var codes = new List<int>();
        foreach (var (filter, quality) in subscribe.Filters)
        {
            var isTooMany = client.Filters >= FilterLimit;
            codes.Add(isTooMany ? 128 : quality);
            if (!isTooMany) client.Subscribe(filter, quality);
        }

        SendSoon(new MqttPacket.Suback(subscribe.Id, codes));
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i] < 128) site.GiveRetained(client, subscribe.Filters[i].Filter, codes[i]);
        }
    }

    /// <summary>The connection is over, or will be at once.</summary>
    private void Leave()
    {
        if (_client is not { } client || client.Session != this) return;
        var will = _will;
        _will = null;
        site.Disconnect(client, will);
    }
}
