using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using AirHil.Live.Tls;

namespace AirHil.Live.Network;

/// <summary>
/// The application's end of a real TCP connection, with TLS where asked for: it does its orders one after the other and
/// tells what happens. Its owner lives on the world's thread and is never waited for longer than its window allows.
/// </summary>
internal sealed class LiveConnection : IDisposable
{
    private const int WindowBytes = 256 * 1024;

    /// <summary>How long a peer may leave a finished connection open.</summary>
    private static readonly TimeSpan FinishPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take for a handshake with us; a slow link of 100 B/s fits in.</summary>
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromMinutes(2);

    private readonly LiveSocket _socket;
    private readonly LivePath _path;
    private readonly Action<ConnectionEvent> _tell;
    private readonly LaneStream _plain;
    private readonly ReceiveWindow _window = new(WindowBytes);
    private readonly Channel<ConnectionOrder> _orders = Channel.CreateUnbounded<ConnectionOrder>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Queue<(long Until, int Bytes)> _unacknowledged = [];
    private Stream _stream;
    private CancellationTokenSource? _receiving;
    private Task _receiver = Task.CompletedTask;
    private long _left;
    private int _isEnded;
    private volatile bool _answersByReset;

    /// <param name="socket">Connected; it belongs to this object from now on.</param>
    /// <param name="path">The faults on the way.</param>
    /// <param name="tell">Called on any thread; has to bring the event to the world's thread, in order.</param>
    public LiveConnection(Socket socket, LivePath path, Action<ConnectionEvent> tell)
    {
        _socket = new LiveSocket(socket, path);
        _path = path;
        _tell = tell;
        _plain = new LaneStream(_socket.Arriving, _socket.Leaving);
        _stream = _plain;
    }

    /// <summary>When nothing of it runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Bytes that were ordered to be sent and that the operating system has not taken.</summary>
    public int WaitingBytes { get; private set; }

    /// <summary>Begins to work.</summary>
    /// <param name="receive">Hand over what comes from the beginning; else after the announcement, or TLS.</param>
    public void Start(bool receive) => Completion = Task.Run(async () =>
    {
        var carried = _socket.Carry(Left);
        if (receive) StartReceiving();
        await Work();
        await _receiver;
        await carried;
        _tell(ConnectionEvent.Finished.Instance);
    });

    /// <summary>Does this after everything ordered before.</summary>
    public void Order(ConnectionOrder order)
    {
        if (order is ConnectionOrder.Send send) WaitingBytes += send.Bytes.Length;
        _orders.Writer.TryWrite(order);
    }

    /// <summary>So many received bytes are done with.</summary>
    public void Consumed(int bytes) => _window.Remove(bytes);

    /// <summary>So many bytes were acknowledged, as the owner has heard.</summary>
    public void CountDown(int bytes) => WaitingBytes -= bytes;

    /// <summary>
    /// Nobody cares any more at this end: what still comes is answered by RST, as a host does that has forgotten the
    /// connection.
    /// </summary>
    public void Forget() => _answersByReset = true;

    /// <summary>RST, at once.</summary>
    public void Reset()
    {
        _isEnded = 1;
        _orders.Writer.TryComplete();
        _socket.Reset();
    }

    /// <summary>Releases everything.</summary>
    public void Dispose()
    {
        _isEnded = 1;
        _orders.Writer.TryComplete();
        _socket.Dispose();
        _plain.Dispose();
    }

    private async Task Work()
    {
        try
        {
            await foreach (var order in _orders.Reader.ReadAllAsync(_socket.Closed))
            {
                await Do(order);
                if (order is ConnectionOrder.Finish or ConnectionOrder.RefuseTls) return;
            }
        }
        catch (Exception problem) when (IsOfTheLine(problem))
        {
            End(problem);
        }
    }

    private async Task Do(ConnectionOrder order)
    {
        switch (order)
        {
            case ConnectionOrder.Announce:
                await _path.Free(_socket.Closed);
                Tell(ConnectionEvent.Announced.Instance);
                StartReceiving();
                break;
            case ConnectionOrder.Send send:
                if (_answersByReset) return;
                await _stream.WriteAsync(send.Bytes, _socket.Closed);
                lock (_lock) _unacknowledged.Enqueue((_socket.Leaving.Written, send.Bytes.Length));
                Acknowledge();
                break;
            case ConnectionOrder.SecureAsClient client:
                await Secure(tls => tls.AuthenticateAsClientAsync(client.Options, _socket.Closed));
                break;
            case ConnectionOrder.SecureAsServer server:
                using (var patience = CancellationTokenSource.CreateLinkedTokenSource(_socket.Closed))
                {
                    patience.CancelAfter(HandshakePatience);
                    var options = new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = await server.Certificate,
                        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    };
                    await Secure(tls => tls.AuthenticateAsServerAsync(options, patience.Token));
                }

                break;
            case ConnectionOrder.RefuseTls:
                await _socket.Arriving.Take(_socket.Closed);
                await _plain.WriteAsync(TlsAlert.HandshakeFailure, _socket.Closed);
                await Finish(_socket.Arriving.Take(_socket.Closed).AsTask());
                break;
            case ConnectionOrder.Finish:
                if (_stream is SslStream secured) await secured.ShutdownAsync();
                await Finish(_receiver);
                break;
            default:
                throw new InvalidOperationException($"A connection cannot do {order.GetType().Name}");
        }
    }

    private async Task Finish(Task peerEnds)
    {
        _socket.Leaving.Complete();
        await _socket.AllLeft;
        await Task.WhenAny(peerEnds, Task.Delay(FinishPatience, _socket.Closed));
        End(null);
        _socket.Dispose();
    }

    private async Task Secure(Func<SslStream, Task> handshake)
    {
        await StopReceiving();
        var tls = new SslStream(_plain, leaveInnerStreamOpen: true);
        try
        {
            await handshake(tls);
        }
        catch (Exception problem) when (problem is AuthenticationException
            || (problem is IOException and not PathGivenUpException && problem.InnerException is null))
        {
            // The peer hung up in the handshake, or one of the two did not like it.
            await tls.DisposeAsync();
            Tell(new ConnectionEvent.TlsFailed(Reason(problem)));
            return;
        }

        _stream = tls;
        Tell(new ConnectionEvent.Secured(tls.TargetHostName));
        StartReceiving();
    }

    private static string Reason(Exception problem)
    {
        while (problem.InnerException is { } inner) problem = inner;
        return problem.Message;
    }

    private void StartReceiving()
    {
        _receiving = CancellationTokenSource.CreateLinkedTokenSource(_socket.Closed);
        _receiver = Receive(_stream, _receiving.Token);
    }

    private async Task StopReceiving()
    {
        if (_receiving is null) return;
        await _receiving.CancelAsync();
        await _receiver;
        _receiving.Dispose();
        _receiving = null;
    }

    private async Task Receive(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[LiveLane.PieceBytes];
        try
        {
            while (await stream.ReadAsync(buffer, cancel) is var size && size > 0)
            {
                if (_answersByReset)
                {
                    End(new IOException("the connection is forgotten at this end"));
                    Reset();
                    return;
                }

                await _window.Add(size, cancel);
                Tell(new ConnectionEvent.Received(buffer.AsMemory(0, size).ToArray()));
            }

            End(null);
        }
        catch (Exception problem) when (IsOfTheLine(problem))
        {
            // Reading is stopped for a handshake, too.
            if (!cancel.IsCancellationRequested || _socket.Closed.IsCancellationRequested) End(problem);
        }
    }

    private void End(Exception? problem)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 1) return;
        _tell(new ConnectionEvent.Ended(problem is not null, problem is PathGivenUpException));
    }

    private void Left(long total)
    {
        Interlocked.Exchange(ref _left, total);
        Acknowledge();
    }

    private void Acknowledge()
    {
        lock (_lock)
        {
            while (_unacknowledged.TryPeek(out var first) && first.Until <= Interlocked.Read(ref _left))
            {
                _unacknowledged.Dequeue();
                Tell(new ConnectionEvent.Acknowledged(first.Bytes));
            }
        }
    }

    private void Tell(ConnectionEvent happened)
    {
        if (Volatile.Read(ref _isEnded) == 0 || happened is ConnectionEvent.Acknowledged) _tell(happened);
    }

    private static bool IsOfTheLine(Exception problem) =>
        problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException or ChannelClosedException;
}
