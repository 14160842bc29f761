using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Tests.Remote;

/// <summary>A TCP relay that can cut what runs through it, freeze it, and refuse new connections.</summary>
internal sealed class CutRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private readonly List<(Socket One, Socket Other)> _pairs = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private volatile bool _frozen;
    private volatile bool _refusing;
    private int _accepted;

    public CutRelay(Uri target)
    {
        _port = target.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Nothing passes and nothing is closed: a half-open connection.</summary>
    public bool Frozen { get => _frozen; set => _frozen = value; }

    /// <summary>New connections are closed at once.</summary>
    public bool Refusing { get => _refusing; set => _refusing = value; }

    /// <summary>Connections that were carried on so far, each of which a cut has met or would meet.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Every connection is reset, with what is on the way.</summary>
    public void Cut()
    {
        lock (_pairs)
        {
            foreach (var (one, other) in _pairs)
            {
                Reset(one);
                Reset(other);
            }

            _pairs.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ended.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed by its other user.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var one = await _listener.AcceptSocketAsync(_ended.Token);
                if (_refusing)
                {
                    Reset(one);
                    continue;
                }

                var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await other.ConnectAsync(IPAddress.Loopback, _port, _ended.Token);
                }
                catch (SocketException)
                {
                    Reset(one);
                    continue;
                }

                lock (_pairs)
                {
                    _pairs.Add((one, other));
                    Interlocked.Increment(ref _accepted);
                }

                _ = PumpAsync(one, other);
                _ = PumpAsync(other, one);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over; a listener that has been stopped says so by the last of these.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[4_096];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _ended.Token) is var count and > 0)
            {
                while (_frozen) await Task.Delay(10, _ended.Token);
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _ended.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Reset(from);
            Reset(to);
        }
    }
}
