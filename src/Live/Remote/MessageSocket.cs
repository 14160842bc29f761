using System.Net.WebSockets;
using System.Text;

namespace AirHil.Live.Remote;

/// <summary>A WebSocket that carries whole text messages of bounded size, one sender at a time.</summary>
internal sealed class MessageSocket(WebSocket socket) : IDisposable
{
    private const int MostCloseReasonBytes = 123; // RFC 6455 §5.5: 125 bytes of payload, two of them the code
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly byte[] _chunk = new byte[16 << 10];

    /// <summary>Whether messages may still come and go.</summary>
    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>Sends one message.</summary>
    /// <exception cref="WebSocketException">The connection is lost.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Reads one message.</summary>
    /// <param name="silence">It must come within this time.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <returns>The message; null where the other end closed.</returns>
    /// <exception cref="MalformedMessageException">It is no text, too long, or did not come in time.</exception>
    /// <exception cref="WebSocketException">The connection is lost.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(
        TimeSpan silence, CancellationToken cancel, int most = RemoteProtocol.MaxMessageBytes)
    {
        // A read that is cancelled aborts the connection, and then nobody could be told why. So it goes on, and meets
        // the other end's close.
        var reading = ReadAsync(most, cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (await Task.WhenAny(reading, Task.Delay(silence, patience.Token)).ConfigureAwait(false) == reading
            || cancel.IsCancellationRequested)
        {
            await patience.CancelAsync().ConfigureAwait(false);
            return await reading.ConfigureAwait(false);
        }

        _ = reading.ContinueWith(
            static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        throw new MalformedMessageException($"nothing came for {silence.TotalSeconds:0.#} s", RefusalReason.Silent);
    }

    /// <summary>Says why, closes with the reason's code, and waits a little for the other end to close too.</summary>
    /// <param name="patience">How long all of it may take; 5 s where it is not given.</param>
    public async Task RefuseAsync(MalformedMessageException why, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? CloseLimit);
        try
        {
            await SendAsync(MessageCodec.Write(new LinkMessage.Refused(why.Reason, why.Message)), limit.Token)
                .ConfigureAwait(false);
            await CloseAsync(why.CloseCode, why.Message, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The other end does not hear it.
        }
    }

    /// <summary>Says that nothing further is sent; does not wait for the other end's close.</summary>
    public async Task CloseSendingAsync(CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancel).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Closes with a code, and waits a little for the other end to close too.</summary>
    public async Task CloseAsync(int code, string text)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        await CloseAsync(code, text, limit.Token).ConfigureAwait(false);
    }

    private async Task CloseAsync(int code, string text, CancellationToken limit)
    {
        try
        {
            await _sending.WaitAsync(limit).ConfigureAwait(false);
            try
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, Fitting(text), limit)
                    .ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }

            // Closing the TCP connection with something unread would reset it, and the reason could be lost. Whoever
            // reads already may be the one to meet the other end's close.
            await _reading.WaitAsync(limit).ConfigureAwait(false);
            try
            {
                while (socket.State is WebSocketState.CloseSent
                    && (await socket.ReceiveAsync(_chunk.AsMemory(), limit).ConfigureAwait(false)).MessageType
                        != WebSocketMessageType.Close)
                {
                }
            }
            finally
            {
                _reading.Release();
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // It is closed one way or the other.
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    /// <summary>Whether an exception means that the connection is lost.</summary>
    public static bool IsLoss(Exception problem) =>
        problem is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException
            or InvalidOperationException;

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(int most, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await ReadMessageAsync(most, cancel).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadMessageAsync(int most, CancellationToken cancel)
    {
        var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(_chunk.AsMemory(), cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType != WebSocketMessageType.Text)
            {
                throw new MalformedMessageException("a message is text; a binary one came");
            }

            message.Write(_chunk.AsSpan(0, part.Count));
            if (message.Length > most)
            {
                throw new MalformedMessageException($"a message has {most} bytes at most; a longer one came");
            }

            if (part.EndOfMessage) return message.GetBuffer().AsMemory(0, (int)message.Length);
        }
    }

    private static string Fitting(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > MostCloseReasonBytes) text = text[..^Math.Max(1, text.Length / 16)];
        return text;
    }
}
