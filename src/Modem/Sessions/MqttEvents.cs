using System.Globalization;
using AirHil.Modem.Faults;

namespace AirHil.Modem.Sessions;

/// <summary>What a packet says beside its payload. What its type does not have is 0, "" or false.</summary>
/// <param name="Name">A client's id, a topic, or filters with their qualities, parted by ", ".</param>
/// <param name="Quality">QoS, 0 to 2.</param>
/// <param name="Id">The packet's identifier.</param>
/// <param name="Code">The return code of a CONNACK or SUBACK, or the keep-alive of a CONNECT in seconds.</param>
/// <param name="Flag">Retained, or a clean session, or a session that is present.</param>
/// <param name="IsAgain">DUP: it was sent before.</param>
public sealed record MqttFields(
    string Name = "", int Quality = 0, int Id = 0, int Code = 0, bool Flag = false, bool IsAgain = false)
{
    /// <summary>As people read it behind the name of the packet.</summary>
    internal string Describe(MqttPacketType type)
    {
        var number = Id == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" #{Id}");
        var words = type switch
        {
            MqttPacketType.Connect => string.Create(
                CultureInfo.InvariantCulture, $" \"{Name}\" keep-alive {Code} s{(Flag ? " clean" : "")}"),
            MqttPacketType.Connack => string.Create(
                CultureInfo.InvariantCulture, $" code {Code}{(Flag ? " session present" : "")}"),
            MqttPacketType.Publish => string.Create(
                CultureInfo.InvariantCulture,
                $" {Name} QoS {Quality}{(Flag ? " retained" : "")}{(IsAgain ? " again" : "")}"),
            MqttPacketType.Suback => string.Create(CultureInfo.InvariantCulture, $" code {Code}"),
            _ when Name.Length > 0 => " " + Name,
            _ => "",
        };
        return type.ToString().ToUpperInvariant() + number + words;
    }
}

/// <summary>A packet reached an MQTT broker; the bytes are the message of a PUBLISH.</summary>
public sealed record MqttIn(
    TimeSpan At, Connection Connection, MqttPacketType Packet, MqttFields Fields, ReadOnlyMemory<byte> Bytes = default)
    : ServedEvent(At, Connection, Bytes);

/// <summary>A packet of an MQTT broker; the bytes are the message of a PUBLISH.</summary>
public sealed record MqttOut(
    TimeSpan At, Connection Connection, MqttPacketType Packet, MqttFields Fields, ReadOnlyMemory<byte> Bytes = default)
    : ServedEvent(At, Connection, Bytes);

/// <summary>An MQTT broker ends a connection by itself.</summary>
/// <param name="Why">In words: a rule that the client breaks, its keep-alive, another client with its id.</param>
public sealed record MqttDropped(TimeSpan At, Connection Connection, string Why) : ServedEvent(At, Connection);

/// <summary>A broker has a message that no client sent: of the rig, or the will of a client that is gone.</summary>
/// <param name="Topic">Where it is published.</param>
public sealed record MqttMessage(TimeSpan At, string Topic, ReadOnlyMemory<byte> Bytes) : ServiceEvent(At, Bytes);
