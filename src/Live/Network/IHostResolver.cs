using System.Net;

namespace AirHil.Live.Network;

/// <summary>Resolves names for the modems of a live network.</summary>
public interface IHostResolver
{
    /// <summary>One query for an A record. It may take as long as it likes: the module has its own limits.</summary>
    /// <returns>The IPv4 address; null where the name has none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// The resolver cannot tell; the module hears nothing.
    /// </exception>
    Task<IPAddress?> Resolve(string host, CancellationToken cancel);
}
