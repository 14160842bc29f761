using System.Net.WebSockets;

namespace AirHil.Live.Remote;

/// <summary>
/// A WebSocket on which messages are of bounded size and the other end may not be silent for too long: whoever listens
/// here needs no limits of its own.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="silence">The longest time without anything received.</param>
internal sealed class BoundedWebSocket(WebSocket inner, Func<TimeSpan> silence) : WebSocket
{
    private long _length;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override void Abort() => inner.Abort();

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Dispose() => inner.Dispose();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var part = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return new WebSocketReceiveResult(
            part.Count, part.MessageType, part.EndOfMessage, inner.CloseStatus, inner.CloseStatusDescription);
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(silence());
        ValueWebSocketReceiveResult part;
        try
        {
            part = await inner.ReceiveAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            inner.Abort();
            throw new WebSocketException(
                WebSocketError.ConnectionClosedPrematurely, $"nothing came for {silence().TotalSeconds:0.#} s");
        }

        _length = part.EndOfMessage ? 0 : _length + part.Count;
        if (_length <= RemoteProtocol.MaxMessageBytes) return part;
        inner.Abort();
        throw new WebSocketException(
            WebSocketError.HeaderError, $"a message has more than {RemoteProtocol.MaxMessageBytes} bytes");
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
}
