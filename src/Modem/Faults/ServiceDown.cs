namespace AirHil.Modem.Faults;

/// <summary>
/// The service's process is gone: open connections get RST, and every SYN is answered by RST. Each answer counts as one
/// time.
/// </summary>
public sealed record RefuseConnections : NetworkFault
{
    internal override string Words => "service down";
}

/// <summary>The service's host is unplugged: packets to it vanish, DNS still works.</summary>
public sealed record SilentHost : NetworkFault
{
    internal override string Words => "silent host";
}
