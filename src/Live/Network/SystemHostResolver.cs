using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>The names that this machine can resolve.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    public static SystemHostResolver Instance { get; } = new();

    /// <inheritdoc/>
    public async Task<IPAddress?> Resolve(string host, CancellationToken cancel)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancel);
            return found.Length == 0 ? null : found[0];
        }
        catch (SocketException none) when (none.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null; // No name that DNS could carry.
        }
    }
}
