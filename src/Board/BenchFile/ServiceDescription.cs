namespace AirHil.Board.BenchFile;

/// <summary>Where boards, which come in by the mobile network, find the rig's services.</summary>
public sealed record ServiceDescription
{
    /// <summary>
    /// The name or address by which boards reach this machine; null: none, so they reach no service of the rig.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>The address to listen on.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>Services with a port that must be known in advance, since a router or a tunnel leads to it.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];

    /// <summary>A PEM file with the certificate for TLS and those above it, as a full path.</summary>
    public string? Certificate { get; init; }

    /// <summary>A PEM file with its private key, as a full path.</summary>
    public string? Key { get; init; }
}
