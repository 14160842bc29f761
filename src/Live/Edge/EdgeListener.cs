using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AirHil.Rig.Service;

namespace AirHil.Live.Edge;

/// <summary>
/// One service's door to the real world: it listens on TCP and hands over what it accepts. Shut, the operating system
/// answers every SYN by RST.
/// </summary>
internal sealed class EdgeListener : IDisposable
{
    private const int Backlog = 128;

    /// <summary>Accepted connections that nobody has taken yet; the rest waits in the operating system.</summary>
    private const int MostUntaken = 64;

    private readonly Action<EdgeListener, Socket> _accepted;
    private readonly SemaphoreSlim _room = new(MostUntaken);
    private Socket? _socket;

    /// <param name="host">The service's host, as its URL has it.</param>
    /// <param name="port">The service's port, as its URL has it.</param>
    /// <param name="transport">TCP, or TLS over it.</param>
    /// <param name="upstream">Where its connections are carried to; null: to the rig's own service.</param>
    /// <param name="place">Where to listen; port 0 takes a free one.</param>
    /// <param name="accepted">Called on any thread; has to call <see cref="Taken"/> later.</param>
    public EdgeListener(
        string host, int port, ServiceTransport transport, Upstream? upstream, IPEndPoint place,
        Action<EdgeListener, Socket> accepted)
    {
        Host = host;
        Port = port;
        Transport = transport;
        Upstream = upstream;
        Place = place;
        _accepted = accepted;
    }

    public string Host { get; }

    public int Port { get; }

    public ServiceTransport Transport { get; }

    public Upstream? Upstream { get; }

    /// <summary>Where it listens; a free port is known once it has been open, and is kept.</summary>
    public IPEndPoint Place { get; private set; }

    public bool IsOpen => _socket is not null;

    /// <summary>What messages call it.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <exception cref="SocketException">It cannot listen there.</exception>
    public void Open()
    {
        if (_socket is not null) return;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // After a fault the port is asked for again while its last connections still linger. Windows has another
            // meaning for the option, and needs none.
            if (!OperatingSystem.IsWindows())
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(Place);
            socket.Listen(Backlog);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        Place = (IPEndPoint)socket.LocalEndPoint!;
        _socket = socket;
        _ = Task.Run(() => Accept(socket));
    }

    public void Shut()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <summary>Shuts it for good.</summary>
    public void Dispose() => Shut();

    /// <summary>An accepted connection has been taken care of.</summary>
    public void Taken() => _room.Release();

    private async Task Accept(Socket socket)
    {
        while (true)
        {
            await _room.WaitAsync();
            try
            {
                _accepted(this, await socket.AcceptAsync());
            }
            catch (SocketException aborted) when (aborted.SocketErrorCode is SocketError.ConnectionReset
                or SocketError.ConnectionAborted)
            {
                _room.Release(); // The client went away before it was accepted.
            }
            catch (SocketException full) when (full.SocketErrorCode == SocketError.TooManyOpenSockets)
            {
                _room.Release();
                await Task.Delay(100);
            }
            catch (Exception shut) when (shut is SocketException or ObjectDisposedException)
            {
                _room.Release();
                return;
            }
        }
    }
}
