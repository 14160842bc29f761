namespace AirHil.VirtualModem.Mqtt;

/// <summary>What the event "error" of V1116 and later tells as its text.</summary>
internal enum MqttFailure
{
    Connect,
    Tx,
    Conack,
    Other,
}
