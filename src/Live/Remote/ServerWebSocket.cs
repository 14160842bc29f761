using System.Net.WebSockets;
using AirHil.Rig.Service;
using AirHil.Rig.Service.WebSocket;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WebSocketState = System.Net.WebSockets.WebSocketState;

namespace AirHil.Live.Remote;

/// <summary>
/// The bench's end of a WebSocket (RFC 6455). A client that breaks the rules gets a close frame with the code of §7.4.1
/// and the reason in words. Its close is answered. What it sends after that is read, so that no reset takes the answer
/// back.
/// </summary>
#pragma warning disable CA2213 // a semaphore that was never asked for a wait handle holds nothing of the system
internal sealed class ServerWebSocket : WebSocket
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly HttpContext _context;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly WebSocketFrameReader _frames = new(RemoteProtocol.MaxHelloBytes);
    private readonly MessageAssembler _messages = new(RemoteProtocol.MaxHelloBytes);
    private readonly byte[] _chunk = new byte[16 << 10];
    private ReadOnlyMemory<byte> _rest;
    private WebSocketMessageType? _kind;
    private bool _hasSentClose;
    private bool _hasClose;
    private bool _isBroken;
    private bool _isAborted;

    private ServerWebSocket(HttpContext context, Stream stream) => (_context, _stream) = (context, stream);

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    public override WebSocketState State => (_isAborted, _hasSentClose, _hasClose) switch
    {
        (true, _, _) => WebSocketState.Aborted,
        (_, true, true) => WebSocketState.Closed,
        (_, true, _) => WebSocketState.CloseSent,
        (_, _, true) => WebSocketState.CloseReceived,
        _ => WebSocketState.Open,
    };

    /// <summary>Answers a request for a WebSocket by 101 (RFC 6455 §4.2.2).</summary>
    public static async Task<ServerWebSocket> AcceptAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = UpgradeAnswer.AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        return new ServerWebSocket(
            context, await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync()
                .ConfigureAwait(false));
    }

    /// <summary>The client has said who it is: its messages may have as many bytes as the protocol allows.</summary>
    public void TakeLongMessages() => _frames.Limit = _messages.Limit = RemoteProtocol.MaxMessageBytes;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_kind is null)
        {
            if (_hasClose) return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
            if (!_isBroken && _frames.TryRead(out var frame)) await TakeAsync(frame).ConfigureAwait(false);
            else if (!_isBroken && _frames.Violation is { } violation) Break(violation);
            else await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        var part = _rest[..Math.Min(_rest.Length, buffer.Length)];
        part.CopyTo(buffer);
        _rest = _rest[part.Length..];
        var (kind, isWhole) = (_kind.Value, _rest.IsEmpty);
        if (isWhole) _kind = null;
        return new ValueWebSocketReceiveResult(part.Length, kind, isWhole);
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var part = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return new WebSocketReceiveResult(part.Count, part.MessageType, part.EndOfMessage);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        WriteAsync(
            new WebSocketFrame(
                messageType == WebSocketMessageType.Text ? WebSocketOpcode.Text : WebSocketOpcode.Binary,
                buffer.AsMemory(), endOfMessage),
            cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        WriteAsync(WebSocketFrame.Close((int)closeStatus, statusDescription ?? ""), cancellationToken);

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort()
    {
        _isAborted = true;
        _context.Abort();
    }

    public override void Dispose() => _stream.Dispose();

    private async Task ReadAsync(CancellationToken cancel)
    {
        var count = await _stream.ReadAsync(_chunk, cancel).ConfigureAwait(false);
        if (count > 0)
        {
            if (!_isBroken) _frames.Append(_chunk.AsSpan(0, count));
        }
        else if (_hasSentClose)
        {
            _hasClose = true;
        }
        else
        {
            throw new WebSocketException(
                WebSocketError.ConnectionClosedPrematurely, "the connection ended without a close frame");
        }
    }

    private async Task TakeAsync(WebSocketFrame frame)
    {
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Ping:
                await AnswerAsync(frame with { Opcode = WebSocketOpcode.Pong }).ConfigureAwait(false);
                break;
            case WebSocketOpcode.Pong:
                break;
            case WebSocketOpcode.Close when frame.CloseViolation is { } violation:
                Break(violation);
                break;
            case WebSocketOpcode.Close:
                await AnswerAsync(frame).ConfigureAwait(false);
                _hasClose = true;
                break;
            default:
                if (_messages.Take(frame, out var message) is { } wrong) Break(wrong);
                else if (message is not null) Take(message);
                break;
        }
    }

    private void Take(ServiceMessage message)
    {
        // What comes after the own close is of no use.
        if (_hasSentClose) return;
        _kind = message.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        _rest = message.Bytes;
    }

    private async Task AnswerAsync(WebSocketFrame frame)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        await WriteAsync(frame, limit.Token).ConfigureAwait(false);
    }

    /// <summary>From here on the client's bytes mean nothing.</summary>
    private void Break(WebSocketViolation violation)
    {
        _isBroken = true;
        if (_hasSentClose) return;
        throw violation.Code == 1009
            ? new MalformedMessageException($"a message has {_frames.Limit} bytes at most; a longer one came")
            : new MalformedMessageException($"RFC 6455: {violation.Reason}") { CloseCode = violation.Code };
    }

    private async Task WriteAsync(WebSocketFrame frame, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // RFC 6455 §5.5.1: nothing follows a close.
            if (_hasSentClose) return;
            _hasSentClose = frame.Opcode == WebSocketOpcode.Close;
            await _stream.WriteAsync(frame.Encode(), cancel).ConfigureAwait(false);
            await _stream.FlushAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
