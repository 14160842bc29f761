using System.Net;
using System.Net.Sockets;
using AirHil.Live.Network;

namespace AirHil.Live.Tests.Network;

/// <summary>
/// A resolver that knows loopback by the name "server.test", fails for "broken.test", and knows no other.
/// </summary>
internal sealed class FakeResolver : IHostResolver
{
    public const string Known = "server.test";

    public int Asked { get; private set; }

    public Task<IPAddress?> Resolve(string host, CancellationToken cancel)
    {
        Asked++;
        return host switch
        {
            Known => Task.FromResult<IPAddress?>(IPAddress.Loopback),
            "broken.test" => throw new SocketException((int)SocketError.TryAgain),
            _ => Task.FromResult<IPAddress?>(null),
        };
    }
}
