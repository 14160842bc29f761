using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>MQTT brokers refuse to connect.</summary>
/// <param name="Code">The return code of the CONNACK, 1 to 255; 1 to 5 have a meaning (MQTT 3.1.1 §3.2.2.3).</param>
public sealed record RefuseConnect(int Code) : ServiceFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"refuse mqtt with {Code}");
}

/// <summary>MQTT brokers do not send packets of one type.</summary>
public sealed record WithholdPackets(MqttPacketType Packet) : ServiceFault
{
    internal override string Words => "withhold " + Packet.ToString().ToLowerInvariant();

    /// <summary>Reads the name of a packet that a broker sends, in any case.</summary>
    /// <exception cref="FormatException">No broker sends such a packet.</exception>
    public static MqttPacketType ReadPacket(string name)
    {
        foreach (var type in (MqttPacketType[])
        [
            MqttPacketType.Connack, MqttPacketType.Publish, MqttPacketType.Puback, MqttPacketType.Pubrec,
            MqttPacketType.Pubrel, MqttPacketType.Pubcomp, MqttPacketType.Suback, MqttPacketType.Unsuback,
            MqttPacketType.Pingresp,
        ])
        {
            if (string.Equals(type.ToString(), name, StringComparison.OrdinalIgnoreCase)) return type;
        }

        throw new FormatException(
            $"'{name}' is no packet that a broker sends; expected connack, publish, puback, pubrec, pubrel, pubcomp, " +
            "suback, unsuback or pingresp");
    }
}
