namespace AirHil.VirtualModem.Mqtt;

/// <summary>mqttc:state().</summary>
internal enum MqttState
{
    Disconnected,
    Connecting,
    Greeting,
    Ready,
}
