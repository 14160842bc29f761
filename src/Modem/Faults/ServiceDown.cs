namespace AirHil.Modem.Faults;

/// <summary>The service's process is gone: open connections get RST, and every SYN is answered by RST.</summary>
/// <param name="Host">Which host; null means all.</param>
public sealed record RefuseConnections(string? Host = null) : NetworkFault
{
    public override string Phrase => Host is null ? "service down" : "service down at " + Host;
}

/// <summary>The service's host is unplugged: packets to it vanish, DNS still works.</summary>
/// <param name="Host">Which host; null means all.</param>
public sealed record SilentHost(string? Host = null) : NetworkFault
{
    public override string Phrase => Host is null ? "silent host" : "silent host " + Host;
}
