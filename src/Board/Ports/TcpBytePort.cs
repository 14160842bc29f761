using System.Net.Sockets;

namespace AirHil.Board.Ports;

/// <summary>A port behind a raw TCP socket, as ser2net offers it.</summary>
internal sealed class TcpBytePort : IBytePort
{
    private const int WritePiece = 4096;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private readonly Socket _socket;
    private volatile bool _gone;

    private TcpBytePort(Socket socket, string name)
    {
        _socket = socket;
        Name = name;
    }

    public string Name { get; }

    /// <summary>A peer that vanished without a word is found out by keep-alive, within half a minute.</summary>
    public bool IsAlive => !_gone;

    public static TcpBytePort Connect(PortAddress.Tcp address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit);
            socket.ConnectAsync(address.Host, address.Port, limit.Token).AsTask().GetAwaiter().GetResult();
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
            socket.SendTimeout = (int)PortOpener.WriteLimit.TotalMilliseconds;
            return new TcpBytePort(socket, address.ToString());
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            var why = problem is SocketException ? problem.Message : $"no answer in {ConnectLimit.TotalSeconds} s";
            throw new PortNotOpenException(
                $"{address}: {why}. Does ser2net (or its like) run there, and does a firewall let it through?",
                absent: true, problem);
        }
    }

    public int Read(Span<byte> buffer)
    {
        try
        {
            if (!_socket.Poll(PortOpener.ReadLimit, SelectMode.SelectRead)) return 0;
            var read = _socket.Receive(buffer);
            return read > 0 ? read : throw Gone("the peer closed the connection", null);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            throw Gone(problem.Message, problem);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var sent = _socket.Send(bytes[..Math.Min(bytes.Length, WritePiece)]);
                bytes = bytes[sent..];
            }
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.TimedOut)
        {
            throw new TimeoutException($"{Name} took nothing for {PortOpener.WriteLimit.TotalSeconds} s", problem);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            throw Gone(problem.Message, problem);
        }
    }

    public void Dispose()
    {
        _gone = true;
        _socket.Dispose();
    }

    private PortGoneException Gone(string why, Exception? inner)
    {
        _gone = true;
        return new PortGoneException($"{Name} is gone: {why}", inner);
    }
}
