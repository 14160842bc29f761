namespace AirHil.VirtualModem.Network;

/// <summary>What the stack tells a control (EV_NW_…), with the numbers that the debug lines show.</summary>
internal enum StackEventKind : uint
{
    LinkChanged = 0xF2000001,
    DnsResult = 0xF2000003,
    Acknowledged = 0xF2000004,
    Received = 0xF2000005,
    CloseDone = 0xF2000007,
    RemoteClosed = 0xF2000008,
    Connected = 0xF2000009,
    Error = 0xF200000A,
    Listening = 0xF200000B,

    /// <summary>Not one of the firmware's: the TLS layer has got what it waited for.</summary>
    TlsStep = 0xF2000105,
}

/// <summary>One event of the stack.</summary>
/// <param name="IsUp">Whether the link is up; <see cref="StackEventKind.LinkChanged"/> only.</param>
/// <param name="Bytes">How many were acknowledged.</param>
/// <param name="Addresses">What DNS found; empty: nothing.</param>
/// <param name="TlsFailure">Why the handshake failed; null: it did not.</param>
internal readonly record struct StackEvent(
    StackEventKind Kind, bool IsUp = false, int Bytes = 0, IReadOnlyList<string>? Addresses = null,
    string? TlsFailure = null)
{
    /// <summary>The number in the debug lines.</summary>
    public uint Number => (uint)(Kind == StackEventKind.TlsStep ? StackEventKind.Received : Kind);
}
