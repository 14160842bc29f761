namespace AirHil.Live.Remote;

/// <summary>
/// Why a bench ends a conversation. The numbers are the WebSocket's close codes, of the range that RFC 6455 §7.4.2
/// leaves to applications.
/// </summary>
public enum RefusalReason
{
    /// <summary>The other end speaks another version of the protocol.</summary>
    ProtocolVersion = 4001,

    /// <summary>The token is missing or wrong.</summary>
    WrongToken = 4002,

    /// <summary>The bench has no such board.</summary>
    UnknownBoard = 4003,

    /// <summary>Somebody else holds the board.</summary>
    Busy = 4004,

    /// <summary>The session to resume is over, or never was.</summary>
    UnknownSession = 4005,

    /// <summary>What came is no message of the protocol.</summary>
    Malformed = 4006,

    /// <summary>The bench has as many clients as it takes.</summary>
    TooManyClients = 4007,

    /// <summary>Nothing came for too long.</summary>
    Silent = 4008,

    /// <summary>The session goes on over another connection.</summary>
    Replaced = 4009,

    /// <summary>The other end sent more than a buffer holds.</summary>
    Overflow = 4010,

    /// <summary>The bench is being stopped.</summary>
    Stopped = 4011,

    /// <summary>The bench cannot be reached.</summary>
    Unreachable = 4012,
}
