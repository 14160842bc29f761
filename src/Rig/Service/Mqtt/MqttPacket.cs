using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>A control packet of MQTT 3.1.1 (§3).</summary>
internal abstract record MqttPacket(MqttPacketType Type)
{
    /// <summary>What session events say of it.</summary>
    public abstract MqttFields Fields { get; }

    /// <summary>Of a PUBLISH its message.</summary>
    public virtual ReadOnlyMemory<byte> Message => default;

    /// <param name="Protocol">"MQTT"; of version 3.1 "MQIsdp".</param>
    /// <param name="Level">4; of version 3.1 it is 3.</param>
    /// <param name="KeepAlive">In seconds; 0: none.</param>
    /// <param name="User">Null: there is none.</param>
    /// <param name="Password">Null: there is none.</param>
    internal sealed record Connect(
        string Protocol, int Level, string ClientId, bool IsClean, int KeepAlive, Publish? Will, string? User,
        ReadOnlyMemory<byte>? Password) : MqttPacket(MqttPacketType.Connect)
    {
        public override MqttFields Fields => new(ClientId, Code: KeepAlive, Flag: IsClean);
    }

    internal sealed record Connack(bool IsPresent, int Code) : MqttPacket(MqttPacketType.Connack)
    {
        public override MqttFields Fields => new(Code: Code, Flag: IsPresent);
    }

    /// <param name="Id">0 with QoS 0.</param>
    internal sealed record Publish(
        string Topic, ReadOnlyMemory<byte> Payload, int Quality, bool IsRetained, bool IsAgain = false, int Id = 0)
        : MqttPacket(MqttPacketType.Publish)
    {
        public override MqttFields Fields => new(Topic, Quality, Id, 0, IsRetained, IsAgain);

        public override ReadOnlyMemory<byte> Message => Payload;
    }

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP or UNSUBACK.</summary>
    internal sealed record Ack(MqttPacketType Type, int Id) : MqttPacket(Type)
    {
        public override MqttFields Fields => new(Id: Id);
    }

    internal sealed record Subscribe(int Id, IReadOnlyList<(string Filter, int Quality)> Filters)
        : MqttPacket(MqttPacketType.Subscribe)
    {
        public override MqttFields Fields =>
            new(string.Join(", ", Filters.Select(f => $"{f.Filter} {f.Quality}")), Id: Id);
    }

    /// <param name="Codes">The QoS that is granted, or 128.</param>
    internal sealed record Suback(int Id, IReadOnlyList<int> Codes) : MqttPacket(MqttPacketType.Suback)
    {
        public override MqttFields Fields => new(Id: Id, Code: Codes.Count == 0 ? 0 : Codes[0]);
    }

    internal sealed record Unsubscribe(int Id, IReadOnlyList<string> Filters) : MqttPacket(MqttPacketType.Unsubscribe)
    {
        public override MqttFields Fields => new(string.Join(", ", Filters), Id: Id);
    }

    /// <summary>PINGREQ, PINGRESP or DISCONNECT.</summary>
    internal sealed record Empty(MqttPacketType Type) : MqttPacket(Type)
    {
        public override MqttFields Fields => new();
    }
}
