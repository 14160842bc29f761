namespace AirHil.Rig.Scenarios;

/// <summary>Who sends a packet on a serial line.</summary>
internal enum UartSender
{
    /// <summary>The rig, to the module.</summary>
    Rig,

    /// <summary>A peer, to the module.</summary>
    Peer,

    /// <summary>The module, to the rig and its peers.</summary>
    Module,
}
