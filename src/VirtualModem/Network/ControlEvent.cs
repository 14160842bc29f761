namespace AirHil.VirtualModem.Network;

/// <summary>
/// What a control tells its user, with the numbers that scripts see (reference-net §1.2,
/// L:components/network/adapter/luat_network_adapter.h).
/// </summary>
internal enum ControlEvent
{
    /// <summary>
    /// The link changed while nobody had asked the control for anything: EV_NW_STATE as the stack sends it.
    /// </summary>
    LinkChanged = 0x02000001,

    /// <summary>socket.LINK.</summary>
    Link = 0x02000010,

    /// <summary>socket.ON_LINE: connected (TLS included), or the name is found where the port is 0.</summary>
    Online = 0x02000011,

    /// <summary>socket.TX_OK: all that was sent is acknowledged.</summary>
    Sent = 0x02000012,

    /// <summary>socket.CLOSED: what <see cref="NetworkControl.Disconnect"/> began is done.</summary>
    Closed = 0x02000013,

    /// <summary>socket.EVENT: new data, or the connection is lost.</summary>
    Event = 0x02000014,
}
