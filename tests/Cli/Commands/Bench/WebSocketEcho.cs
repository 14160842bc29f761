using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>
/// A real WebSocket server on loopback, not the rig's: it says what the system's WebSocket library says.
/// It echoes.
/// </summary>
internal sealed partial class WebSocketEcho : IAsyncDisposable
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 §1.3
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public WebSocketEcho()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Port}/feed");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new StringBuilder();
                var one = new byte[1];
                while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    await stream.ReadExactlyAsync(one, _stop.Token);
                    request.Append((char)one[0]);
                }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
                var key = Key().Match(request.ToString()).Groups[1].Value;
                var hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt));
#pragma warning restore CA5350
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + $"Sec-WebSocket-Accept: {Convert.ToBase64String(hash)}\r\n\r\n"),
                    _stop.Token);
                using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
                var buffer = new byte[4096];
                while (true)
                {
                    var got = await socket.ReceiveAsync(buffer, _stop.Token);
                    if (got.MessageType == WebSocketMessageType.Close) return;
                    var piece = buffer.AsMemory(0, got.Count);
                    await socket.SendAsync(piece, got.MessageType, got.EndOfMessage, _stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or WebSocketException or OperationCanceledException)
            {
                // The client is gone, or the test has ended.
            }
        }
    }

    [GeneratedRegex(@"(?i)Sec-WebSocket-Key: *(\S+)")]
    private static partial Regex Key();
}
