namespace AirHil.Modem.Sessions;

/// <summary>Where an event of a session was seen.</summary>
public enum SessionLane
{
    /// <summary>The rig's own acts: faults begun and ended, markers.</summary>
    Rig,

    /// <summary>The supply and resets.</summary>
    Power,

    /// <summary>The log port.</summary>
    Log,

    /// <summary>The serial lines.</summary>
    Uart,

    /// <summary>Radio, DNS, TCP, TLS, UDP.</summary>
    Network,

    /// <summary>What the service saw and did: requests, frames.</summary>
    Service,

    /// <summary>
    /// Samples of what only a model can measure of itself. They are for the eye: no hash covers them, no expectation
    /// sees them.
    /// </summary>
    Vitals,
}

/// <summary>
/// One thing that crossed the modem interface, the air or the service: values only. A session is the ordered list of
/// these (design §8); its hash covers them and nothing else.
/// </summary>
/// <param name="At">The run's time.</param>
/// <param name="Lane">Where it was seen.</param>
/// <param name="Kind">What it was, as a short fixed word: "uart1.rx", "dns.query", "tcp.open", "ws.text.in",
/// "fault.begin", ….</param>
/// <param name="Text">What is worth reading of it; "" where the bytes say all.</param>
/// <param name="Bytes">The bytes that crossed, where there are any.</param>
public sealed record SessionEvent(
    TimeSpan At, SessionLane Lane, string Kind, string Text, ReadOnlyMemory<byte> Bytes = default)
{
    /// <summary>The modem it belongs to, in runs with more than one.</summary>
    public string Modem { get; init; } = "1";

    /// <summary>The module's own tick, for log lines.</summary>
    public TimeSpan? Tick { get; init; }
}
