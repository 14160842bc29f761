using System.Net;
using System.Net.Sockets;

namespace AirHil.Tests;

/// <summary>Ports of this machine for tests that have to name one before anybody listens there.</summary>
internal static class FreePort
{
    /// <summary>
    /// A port that is free now, below those that systems give to connections (from 32768 on Linux, from 49152
    /// elsewhere), so that none which is opened meanwhile is given it.
    /// </summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException problem)
                when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // It is somebody else's.
            }
        }
    }
}
