using System.Net.Sockets;
using System.Threading.Channels;

namespace AirHil.Live.Network;

/// <summary>A connected socket behind two lanes, in which the faults act on its bytes.</summary>
internal sealed class LiveSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _closed = new();
    private int _isClosed;

    /// <param name="socket">Connected; it belongs to this object from now on.</param>
    /// <param name="path">The faults on the way.</param>
    public LiveSocket(Socket socket, LivePath path)
    {
        _socket = socket;
        _socket.NoDelay = true;
        Arriving = new LiveLane(path, isArriving: true);
        Leaving = new LiveLane(path, isArriving: false);
        Closed = _closed.Token;
    }

    /// <summary>From the socket.</summary>
    public LiveLane Arriving { get; }

    /// <summary>To the socket.</summary>
    public LiveLane Leaving { get; }

    /// <summary>Cancelled when the socket is closed by this end.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Ends when the last byte and the FIN have left, or never will.</summary>
    public Task AllLeft { get; private set; } = Task.CompletedTask;

    /// <summary>Carries bytes until both directions have ended or the socket is closed.</summary>
    /// <param name="left">Told how many bytes the operating system has taken so far.</param>
    public Task Carry(Action<long> left)
    {
        AllLeft = CarryLeaving(left);
        return Task.WhenAll(CarryArriving(), AllLeft);
    }

    /// <summary>The peer gets an RST, and what is still on its way is lost.</summary>
    public void Reset() => Close(0);

    /// <summary>Releases the socket; if both directions have ended, the peer notices nothing.</summary>
    public void Dispose() => Close(-1);

    private void Close(int timeoutSeconds)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        if (timeoutSeconds == 0) _socket.Close(0);
        else _socket.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task CarryArriving()
    {
        var buffer = new byte[LiveLane.PieceBytes];
        try
        {
            while (await _socket.ReceiveAsync(buffer, SocketFlags.None, Closed) is var size && size > 0)
            {
                await Arriving.Write(buffer.AsMemory(0, size), Closed);
            }

            Arriving.Complete();
        }
        catch (Exception problem) when (IsOfTheLine(problem))
        {
            Arriving.Complete(problem);
        }
    }

    private async Task CarryLeaving(Action<long> left)
    {
        var total = 0L;
        try
        {
            while (await Leaving.Take(Closed) is { IsEmpty: false } piece)
            {
                var rest = piece;
                while (rest.Length > 0) rest = rest[await _socket.SendAsync(rest, SocketFlags.None, Closed)..];
                total += piece.Length;
                left(total);
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception problem) when (IsOfTheLine(problem))
        {
            Arriving.Complete(problem);
        }
    }

    private static bool IsOfTheLine(Exception problem) =>
        problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException
            or ChannelClosedException;
}
