using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>A UDP socket. What cannot be sent is lost, as datagrams are.</summary>
internal sealed class DatagramSocket : IDisposable
{
    private const int LargestBytes = 65_535;

    /// <summary>Datagrams that wait for the world's thread; more are lost.</summary>
    private const int MostWaiting = 256;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Action<DatagramSocket, IPEndPoint, ReadOnlyMemory<byte>> _received;
    private readonly CancellationTokenSource _closed = new();
    private int _waiting;

    /// <param name="place">Where to bind; port 0 takes a free one.</param>
    /// <param name="received">Called on any thread; has to call <see cref="Taken"/> later.</param>
    /// <exception cref="SocketException">It cannot be bound there.</exception>
    public DatagramSocket(IPEndPoint place, Action<DatagramSocket, IPEndPoint, ReadOnlyMemory<byte>> received)
    {
        _received = received;
        try
        {
            _socket.Bind(place);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        Place = (IPEndPoint)_socket.LocalEndPoint!;
        _ = Task.Run(() => Receive(_closed.Token));
    }

    public IPEndPoint Place { get; }

    public void Taken() => Interlocked.Decrement(ref _waiting);

    public void Send(ReadOnlyMemory<byte> bytes, IPEndPoint to)
    {
        try
        {
            _socket.SendTo(bytes.Span, SocketFlags.None, to);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // A datagram that cannot leave is lost.
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _socket.Dispose();
    }

    private async Task Receive(CancellationToken cancel)
    {
        var buffer = new byte[LargestBytes];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancel);
                if (Interlocked.Increment(ref _waiting) > MostWaiting)
                {
                    Interlocked.Decrement(ref _waiting);
                    continue;
                }

                var from = (IPEndPoint)got.RemoteEndPoint;
                _received(this, from, buffer.AsMemory(0, got.ReceivedBytes).ToArray());
            }
            catch (SocketException)
            {
                // ICMP told that an earlier datagram found nobody; the socket goes on.
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
