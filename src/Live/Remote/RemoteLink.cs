using System.Net.WebSockets;
using AirHil.Rig.Time;
using Websocket.Client;

namespace AirHil.Live.Remote;

/// <summary>
/// The client's end of a session: holds a board at a bench over as many connections as it takes. Websocket.Client
/// connects, listens and connects again; greeting and sending are done here, because what its queue holds when a
/// connection breaks would be sent before the next greeting, or lost.
/// </summary>
internal sealed class RemoteLink : IAsyncDisposable
{
    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(500);
    private readonly object _gate = new();
    private readonly RemoteAddress _address;
    private readonly RemoteOptions _options;
    private readonly Outbox _outbox;
    private readonly Inbox _inbox = new();
    private readonly Conversation _conversation;
    private readonly BenchGreeting _greeting;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<LinkMessage.Welcome> _welcomed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WebsocketClient _client;
    private readonly WallClock _wall = new();
    private readonly Queue<(long Number, int Length)> _untaken = new();
    private long _untakenBytes;
    private WallClock _clock = new();
    private ClockOffset _offset = new();
    private LinkMessage.Welcome? _welcome;
    private TimeSpan? _lostAt;
    private TimeSpan _attemptAt;
    private int _attempts;
    private string _lostWhy = "";
    private RemoteException? _end;
    private MessageSocket? _socket;
    private volatile RemoteException? _refusal;
    private bool _leaving;

    private RemoteLink(RemoteAddress address, RemoteOptions options)
    {
        _address = address;
        _options = options;
        _outbox = new Outbox(options.MostWaiting, options.MostWaitingBytes);
        _conversation = new Conversation(_outbox, _inbox);
        _greeting = new BenchGreeting(address, options);
        Machines = new RemoteMachines(this, _gate);
        _client = NewClient();
    }

    /// <summary>What the bench told when it was first reached.</summary>
    public LinkMessage.Welcome Welcome => _welcome ?? throw new InvalidOperationException("not connected yet");

    /// <summary>What the client has at the bench.</summary>
    public RemoteMachines Machines { get; }

    /// <summary>The board that is held.</summary>
    public BoardOffer Offer => Welcome.Boards.First(
        b => string.Equals(b.Name, Welcome.Board, StringComparison.Ordinal));

    /// <summary>Why the session is over; null: it is not.</summary>
    public RemoteException? Ended
    {
        get { lock (_gate) return _end; }
    }

    /// <summary>The link's own time, at the board's speed.</summary>
    public TimeSpan Now => _clock.Now;

    /// <summary>Messages that have come and were not taken yet.</summary>
    public long Waiting => _inbox.Received - _inbox.Taken;

    /// <summary>Connects and takes the board.</summary>
    /// <exception cref="RemoteException">It cannot be had.</exception>
    public static async Task<RemoteLink> OpenAsync(
        RemoteAddress address, RemoteOptions options, CancellationToken cancel)
    {
        if (options.Token is not null && !address.IsPrivate)
        {
            throw new RemoteException(
                RefusalReason.WrongToken,
                $"the token would go to {address.Url.Host} in the clear; use wss:// (for which the bench needs a " +
                $"certificate)");
        }

        var link = new RemoteLink(address, options);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(options.ConnectLimit + options.ConnectLimit);
            await Task.Run(link._client.StartOrFail, cancel).ConfigureAwait(false);
            await link._welcomed.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            // The clocks are compared before anything is dated.
            var patience = link._wall.Now + TimeSpan.FromSeconds(1);
            while (link._offset.Count < 3 && link._wall.Now < patience && link.Ended is null)
            {
                await Task.Delay(5, limit.Token).ConfigureAwait(false);
            }

            if (link.Ended is { } early) throw early;
            _ = link.WatchAsync();
            return link;
        }
        catch (Exception problem) when (problem is not RemoteException || link.Ended is null)
        {
            // The end that the bench brought about itself says more than what it led to.
            var ended = link.Ended;
            await link.DisposeAsync().ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            throw link._refusal ?? ended ?? link._greeting.Unreachable(link._greeting.Why(problem), problem);
        }
    }

    /// <summary>Its state in words, for whoever looks for a fault.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var state = _end is not null ? _end.Message : _socket is { IsOpen: true } ? "connected" : _lostWhy;
            return $"{_address}: {state}, received {_inbox.Received}, {Waiting} of them not taken, " +
                $"{_outbox.Count} to be acknowledged, {_attempts} attempts under way";
        }
    }

    /// <summary>A time of the session at the bench in the link's own.</summary>
    public TimeSpan FromBench(TimeSpan stamp) => _offset.Convert(stamp, _clock.Now);

    public void Post(BenchMessage message)
    {
        if (_outbox.TryAdd(number => MessageCodec.Write(new LinkMessage.Numbered(number, message)))) return;
        End(RefusalReason.Overflow,
            $"{_outbox.Count} messages wait for the bench at {_address}, which does not take them");
    }

    /// <summary>A message was taken by the modem it was for.</summary>
    public void Take(long number)
    {
        _inbox.Take(number);
        _conversation.Wake();
    }

    /// <summary>Gives the board back.</summary>
    public async ValueTask DisposeAsync()
    {
        MessageSocket? socket;
        lock (_gate)
        {
            socket = _leaving ? null : _socket;
            _leaving = true;
        }

        if (Ended is null && socket is not null)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await socket.SendAsync(MessageCodec.Write(new LinkMessage.Bye("its run is over")), limit.Token)
                    .ConfigureAwait(false);
                await socket.CloseSendingAsync(limit.Token).ConfigureAwait(false);
                // Going before the bench has read it could take it back.
                await _closed.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (MessageSocket.IsLoss(e))
            {
                // The bench frees the board when the time to resume is over.
            }
        }

        End(RefusalReason.Stopped, "the remote bench was given back");
        await Task.Run(_client.Dispose).ConfigureAwait(false);
    }

    private WebsocketClient NewClient()
    {
        var client = new WebsocketClient(_address.Url, null, (url, cancel) => ConnectAsync(url, cancel))
        {
            IsTextMessageConversionEnabled = false,
            ConnectTimeout = _options.ConnectLimit,
            ErrorReconnectTimeout = _options.RetryPause,
            LostReconnectTimeout = null,
            ReconnectTimeout = null,
        };
        client.MessageReceived.Subscribe(message => Receive(message.Binary));
        client.DisconnectionHappened.Subscribe(Lose);
        return client;
    }

    /// <summary>A new connection, greeted: what Websocket.Client listens on.</summary>
    private async Task<WebSocket> ConnectAsync(Uri url, CancellationToken cancel)
    {
        if (Ended is { } ended) throw ended;
        Interlocked.Increment(ref _attempts);
        try
        {
            var (bounded, socket, welcome) = await _greeting.ConnectAsync(
                url, _welcome?.Session, _inbox.Received, () => _welcome?.Silence ?? _options.ConnectLimit, cancel)
                .ConfigureAwait(false);
            try
            {
                TakeUp(socket, welcome);
            }
            catch
            {
                bounded.Dispose();
                throw;
            }

            return bounded;
        }
        catch (RemoteException refusal) when (refusal.Reason != RefusalReason.Unreachable)
        {
            // What the bench itself says is final; that it cannot be reached may change.
            _refusal = refusal;
            if (_welcome is not null) End(refusal.Reason, refusal.Message);
            throw;
        }
        catch (Exception problem)
        {
            _lostWhy = Printable.Of(_greeting.Why(problem));
            throw;
        }
        finally
        {
            lock (_gate) _attemptAt = _wall.Now;
            Interlocked.Decrement(ref _attempts);
        }
    }

    private void TakeUp(MessageSocket socket, LinkMessage.Welcome welcome)
    {
        if (_welcome is null)
        {
            var speed = welcome.Boards.First(b => b.Name == welcome.Board).Speed;
            _clock = new WallClock(speed);
            _offset = new ClockOffset(speed);
            _welcome = welcome;
        }

        lock (_gate)
        {
            _socket = socket;
            _lostAt = null;
            try
            {
                _conversation.Resume(socket, welcome.Received);
            }
            catch (MalformedMessageException malformed)
            {
                throw _greeting.NoBench(malformed);
            }
        }

        _ = SendAsync(socket);
        _welcomed.TrySetResult(welcome);
    }

    private async Task SendAsync(MessageSocket socket)
    {
        try
        {
            await _conversation.SendAsync(
                socket, bytes => socket.SendAsync(bytes, _ended.Token), null, TimeSpan.Zero, _ended.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (MessageSocket.IsLoss(e))
        {
            if (!_ended.IsCancellationRequested) socket.Abort();
        }
    }

    /// <summary>On the thread that listens; nothing may be thrown there.</summary>
    private void Receive(byte[]? bytes)
    {
        try
        {
            Handle(MessageCodec.Read(bytes ?? []), bytes?.Length ?? 0);
        }
        catch (MalformedMessageException e)
        {
            MessageSocket? socket;
            lock (_gate) socket = _socket;
            _ = socket?.RefuseAsync(e);
            End(e.Reason, $"the bench at {_address} sent what the protocol does not know: {e.Message}");
        }
    }

    private void Handle(LinkMessage message, int length)
    {
        switch (message)
        {
            case LinkMessage.Numbered numbered:
                lock (_gate)
                {
                    if (_end is not null || !_inbox.Accept(numbered.Number)) return;
                    Count(numbered.Number, length);
                    Machines.Deliver(numbered.Number, numbered.Message);
                }

                break;
            case LinkMessage.Ack ack:
                _outbox.Acknowledge(ack.Received);
                break;
            case LinkMessage.Ping ping:
                _offset.Add(ping.At, _clock.Now);
                _conversation.Answer(new LinkMessage.Pong());
                break;
            case LinkMessage.Bye bye:
                End(RefusalReason.Stopped, $"the bench at {_address} ended the session: {Printable.Of(bye.Text)}");
                break;
            case LinkMessage.Refused refused:
                End(refused.Reason, $"the bench at {_address} ended the session: {Printable.Of(refused.Text)}");
                break;
            default:
                throw new MalformedMessageException($"'{MessageJson.NameOf(message)}' may not come from a bench now");
        }
    }

    /// <summary>A bench waits when what it has sent is not acknowledged; one that does not is stopped here.</summary>
    private void Count(long number, int length)
    {
        while (_untaken.TryPeek(out var oldest) && oldest.Number <= _inbox.Taken)
        {
            _untakenBytes -= _untaken.Dequeue().Length;
        }

        _untaken.Enqueue((number, length));
        _untakenBytes += length;
        if (_untaken.Count <= _options.MostWaiting && _untakenBytes <= _options.MostWaitingBytes) return;
        throw new MalformedMessageException(
            $"{_untaken.Count} messages with {_untakenBytes} bytes came and were not taken yet; a bench waits before",
            RefusalReason.Overflow);
    }

    private void Lose(DisconnectionInfo info)
    {
        lock (_gate)
        {
            if (_end is not null || _leaving) info.CancelReconnection = true;
            if (_leaving) _closed.TrySetResult();
        }

        if (info.Exception is { } problem) _lostWhy = Printable.Of(_greeting.Why(problem));
        else if (info.CloseStatusDescription is { Length: > 0 } text) _lostWhy = Printable.Of(text);
    }

    /// <summary>Gives up when the bench cannot be had back in time.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(100, _ended.Token).ConfigureAwait(false);
                TimeSpan? lost;
                TimeSpan idle;
                lock (_gate)
                {
                    lost = _lostAt = _socket is { IsOpen: true } ? null : _lostAt ?? _wall.Now;
                    idle = _wall.Now - (lost > _attemptAt ? lost.Value : _attemptAt);
                }

                // A connection that is lost in the moment in which it was made goes unnoticed by Websocket.Client, and
                // one that waits for its own lock never tries again: another one does.
                if (lost is not null && Volatile.Read(ref _attempts) == 0 && idle > _options.RetryPause + AttemptPause)
                {
                    TryWithAnotherClient();
                }

                if (lost is { } since && _wall.Now - since > Welcome.Resume)
                {
                    End(RefusalReason.Unreachable, _greeting.Unreachable(
                        $"the connection is lost since {Welcome.Resume.TotalSeconds:0.#} s ({_lostWhy})",
                        null).Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private void TryWithAnotherClient()
    {
        WebsocketClient left;
        WebsocketClient next;
        lock (_gate)
        {
            if (_end is not null) return;
            _attemptAt = _wall.Now;
            left = _client;
            _client = next = NewClient();
        }

        _ = Task.Run(left.Dispose);
        _ = Task.Run(next.Start);
    }

    private void End(RefusalReason reason, string text)
    {
        lock (_gate)
        {
            if (_end is not null) return;
            _end = new RemoteException(reason, text);
        }

        Machines.Lose(text);
        _outbox.End();
        _ended.Cancel();
        // Not on this thread, which may be the one that listens.
        _ = Task.Run(_client.Dispose);
    }
}
