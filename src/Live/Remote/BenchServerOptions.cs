using System.Net;
using AirHil.Rig.Files;

namespace AirHil.Live.Remote;

/// <summary>How a bench is offered to others.</summary>
public sealed record BenchServerOptions
{
    /// <summary>Where to listen; port 0 takes any that is free.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, RemoteProtocol.DefaultPort);

    /// <summary>What clients must know; null: nothing, which only a loopback address may do.</summary>
    public string? Token { get; init; }

    /// <summary>The certificate for TLS, with its key; null: no TLS, which only a loopback address may do.</summary>
    public CertificateFile? Certificate { get; init; }

    /// <summary>Told in a sentence what happens: a client came, took a board, left. Any thread may call it.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>How long a session outlives a lost connection, and the board with it stays held.</summary>
    public TimeSpan Resume { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time between two pings.</summary>
    public TimeSpan PingPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A connection on which nothing came for this long counts as lost; more than three pings.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>As many clients at a time that have said who they are, with the token.</summary>
    public int MostClients { get; init; } = 64;

    /// <summary>
    /// As many connections at a time that have not; the oldest of them ends when one more comes.
    /// </summary>
    public int MostNewcomers { get; init; } = 128;

    /// <summary>How long a new connection may say nothing; twice as long until its hello is there.</summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>As many messages wait for one client at most; then its modems wait too.</summary>
    public int MostWaiting { get; init; } = 4_096;

    /// <summary>As many bytes wait for one client at most.</summary>
    public long MostWaitingBytes { get; init; } = 8 << 20;
}
