namespace AirHil.Modem.Faults;

/// <summary>The packets of MQTT 3.1.1 (§2.2.1), by their types.</summary>
public enum MqttPacketType
{
    Connect = 1,
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Subscribe,
    Suback,
    Unsubscribe,
    Unsuback,
    Pingreq,
    Pingresp,
    Disconnect,
}
