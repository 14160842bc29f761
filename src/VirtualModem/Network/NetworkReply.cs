namespace AirHil.VirtualModem.Network;

/// <summary>What a function of the firmware's network layer returns.</summary>
internal enum NetworkReply
{
    /// <summary>It cannot be done.</summary>
    Failed = -1,

    /// <summary>It is done.</summary>
    Done = 0,

    /// <summary>It has begun; an event follows.</summary>
    Pending = 1,
}
