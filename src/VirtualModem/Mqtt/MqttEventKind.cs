namespace AirHil.VirtualModem.Mqtt;

/// <summary>What the client puts into the Lua task's mailbox.</summary>
internal enum MqttEventKind
{
    Conack,
    Recv,
    Sent,
    Disconnect,
    Close,

    /// <summary>A PINGRESP came.</summary>
    Pong,

    /// <summary>A SUBACK came: its first code.</summary>
    Suback,

    /// <summary>An UNSUBACK came.</summary>
    Unsuback,

    /// <summary>The connection ends for a reason; its number of <see cref="MqttFailure"/>.</summary>
    Error,

    /// <summary>No CONNACK came in time; the Lua task then closes the socket.</summary>
    ConackOverdue,

    /// <summary>The ping timer; the Lua task then sends the ping.</summary>
    PingDue,

    /// <summary>The reconnect timer; the Lua task then connects.</summary>
    ReconnectDue,

    /// <summary>The client no longer keeps its object.</summary>
    Release,
}
