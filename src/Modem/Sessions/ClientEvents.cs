namespace AirHil.Modem.Sessions;

/// <summary>What the rig's client of a listening module does.</summary>
public enum ClientMove
{
    Connect,
    Send,

    /// <summary>FIN.</summary>
    Close,

    /// <summary>RST.</summary>
    Reset,
}

/// <summary>The rig's client of a listening module does something.</summary>
/// <param name="Port">The module's, of <see cref="ClientMove.Connect"/>; else 0.</param>
public sealed record ClientActed(TimeSpan At, ClientMove Move, int Port, ReadOnlyMemory<byte> Bytes = default)
    : NetworkLaneEvent(At, Bytes), IActEvent;

/// <summary>What the rig's client of a listening module sees.</summary>
public enum ClientSight
{
    /// <summary>The module has accepted it.</summary>
    Connected,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>Bytes of the module.</summary>
    Received,

    /// <summary>The module has closed: FIN.</summary>
    Closed,

    /// <summary>RST, or no answer for too long.</summary>
    Lost,
}

/// <summary>The rig's client of a listening module sees something.</summary>
public sealed record ClientSaw(TimeSpan At, ClientSight Sight, ReadOnlyMemory<byte> Bytes = default)
    : NetworkLaneEvent(At, Bytes);
