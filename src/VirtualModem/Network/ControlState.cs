namespace AirHil.VirtualModem.Network;

/// <summary>The firmware's states of a control, with the numbers of socket.state (reference-net §1.4).</summary>
internal enum ControlState
{
    LinkOff,
    OffLine,
    WaitDns,
    Connecting,
    Handshake,
    Online,
    Listening,
    Disconnecting,
}
