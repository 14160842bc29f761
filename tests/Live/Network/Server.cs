using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Tests.Network;

/// <summary>A server on loopback that is nothing of ours: plain sockets, one after the other.</summary>
internal sealed class Server : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Server()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(16);
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public Task<Socket> Accept() => _socket.AcceptAsync();

    public void Dispose() => _socket.Dispose();

    /// <summary>Reads so many bytes, fewer only at the end of the stream.</summary>
    public static async Task<byte[]> Read(Socket socket, int count)
    {
        var bytes = new byte[count];
        var got = 0;
        while (got < count)
        {
            var size = await socket.ReceiveAsync(bytes.AsMemory(got), SocketFlags.None);
            if (size == 0) break;
            got += size;
        }

        return bytes[..got];
    }

    /// <summary>How the peer ended the connection: "fin", "rst" or "data".</summary>
    public static async Task<string> End(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], SocketFlags.None) == 0 ? "fin" : "data";
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "rst";
        }
    }
}
