using AirHil.Modem.Units;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Network;

/// <summary>
/// A named link: what the way between a module and its services takes. The defaults are those of the golden trace
/// (reference §2.9, §12), over which connect to ready takes 1.47 s with TLS and 0.25 s without. One-way delays are
/// rounded to whole milliseconds.
/// </summary>
public sealed record NetworkProfile
{
    public static NetworkProfile LteGood { get; } = new();

    /// <summary>What of the default link no source states, for <c>docs/fidelity.md</c>.</summary>
    public static IReadOnlyList<ParameterGuess> Guesses { get; } =
    [
        .. GuessAttribute.In(typeof(NetworkProfile), LteGood), .. GuessAttribute.In(typeof(AirPath)),
        .. GuessAttribute.In(typeof(TcpTransport)),
    ];

    /// <summary>From query to answer.</summary>
    [Within(0, 86_400_000)]
    public int DnsMs { get; init; } = 95;

    /// <summary>There and back, the service's own time aside.</summary>
    [Within(0, 86_400_000)]
    public int RoundTripMs { get; init; } = 78;

    /// <summary>The most by which one direction is early or late; drawn again after a pause of 250 ms.</summary>
    [Guess("A usual value. The traces are too short to show a distribution.")]
    [Within(0, 86_400_000)]
    public int JitterMs { get; init; } = 2;

    /// <summary>A whole TLS handshake, after the TCP connection is open.</summary>
    [Within(0, 86_400_000)]
    public int TlsHandshakeMs { get; init; } = 1220;

    [Guess("Bytes per second of a Cat 1 link with good signal. No trace sends enough data to measure it.")]
    [Within(1, 1_000_000_000)]
    public int UplinkBytesPerSecond { get; init; } = 600_000;

    [Guess("Bytes per second of a Cat 1 link with good signal. No trace receives enough data to measure it.")]
    [Within(1, 1_000_000_000)]
    public int DownlinkBytesPerSecond { get; init; } = 1_200_000;

    /// <summary>
    /// Of chunks and datagrams, each way: 0 to 50. A lost chunk of a connection arrives by its first repetition.
    /// </summary>
    [Within(0, 50)]
    public double LossPercent { get; init; }

    [Guess("This is the standard's answer. An operator's resolver may send no answer.")]
    public UnknownHostPolicy UnknownHosts { get; init; } = UnknownHostPolicy.NxDomain;

    /// <summary>Between the SYNs of a connect (lwIP does not back off there).</summary>
    [Guess("lwIP's first retransmission time, used for every SYN. No trace shows a repeated SYN.")]
    [Within(1, 86_400_000)]
    public int SynRetryMs { get; init; } = 3000;

    /// <summary>TCP_SYNMAXRTX (reference §3.6): SYNs after the first; then the connect has failed.</summary>
    [Within(0, 1_000)]
    public int SynRetries { get; init; } = 5;

    [Guess("The number of tries is from the firmware's source. The waits double as in lwIP.")]
    public RetransmitPolicy Module { get; init; } = RetransmitPolicy.Module;

    [Guess("The setting of most servers. RFC 9293 requires at least 100 s.")]
    public RetransmitPolicy Server { get; init; } = RetransmitPolicy.Server;
}
