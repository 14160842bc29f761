using System.Globalization;
using System.Security.Cryptography;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A client's hold of a board, over as many connections as it takes. It ends when the client says so, when a connection
/// is not followed by another in time, or when the client breaks the protocol; then the board is free.
/// </summary>
#pragma warning disable CA1001 // no timer, no wait handle; a late connection may still look at them
internal sealed class ServerSession
{
    /// <summary>
    /// How long a bench that stops waits for a client to close too. A command ends within a second, whatever its
    /// clients do.
    /// </summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(300);

    private readonly object _gate = new();
    private readonly BenchServerOptions _options;
    private readonly WallClock _clock;
    private readonly WallClock _wall = new();
    private readonly Outbox _outbox;
    private readonly Inbox _inbox = new();
    private readonly Conversation _conversation;
    private readonly ServedMachines _machines;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<ServerSession> _gone;
    private MessageSocket? _socket;
    private CancellationTokenSource? _connection;
    private int _connections;
    private TimeSpan? _leftAt;
    private bool _isEnded;
    private string _endReason = "";
    private RefusalReason _refusal = RefusalReason.UnknownSession;

    /// <param name="board">What it holds, once <see cref="ServedBoard.TryTake"/> has said so.</param>
    /// <param name="client">Who holds it.</param>
    /// <param name="gone">Called when everything of it is given back.</param>
    public ServerSession(ServedBoard board, string client, BenchServerOptions options, Action<ServerSession> gone)
    {
        Board = board;
        Client = client;
        _options = options;
        _gone = gone;
        _clock = new WallClock(board.Target.Speed);
        _outbox = new Outbox(options.MostWaiting, options.MostWaitingBytes);
        _conversation = new Conversation(_outbox, _inbox);
        var preparations = new ServedPreparations(board, client, options.Tell, Post, _ended.Token);
        _machines = new ServedMachines(board, _clock, _outbox, preparations, Post);
    }

    /// <summary>What resumes it: nobody else can guess it.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public ServedBoard Board { get; }

    public string Client { get; }

    /// <summary>Who holds the board, for others, and until when if nothing is heard of him.</summary>
    public string Holder
    {
        get
        {
            lock (_gate)
            {
                if (_leftAt is not { } left) return Client;
                var rest = Math.Max(1, Math.Ceiling((_options.Resume - (_wall.Now - left)).TotalSeconds));
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Client}, who is not connected and loses it in {rest} s unless he comes back");
            }
        }
    }

    /// <summary>The last number received.</summary>
    public long Received => _inbox.Received;

    /// <summary>Messages that wait for the client.</summary>
    public int Waiting => _outbox.Count;

    /// <summary>Done when everything is given back.</summary>
    public Task Done => _done.Task;

    /// <summary>Talks with the client over a connection until that ends.</summary>
    /// <param name="welcome">The greeting, which is sent first.</param>
    /// <param name="received">The last number that the client received.</param>
    public async Task TalkAsync(MessageSocket socket, LinkMessage.Welcome welcome, long received)
    {
        CancellationTokenSource mine;
        MessageSocket? replaced;
        lock (_gate)
        {
            if (_isEnded)
            {
                throw new MalformedMessageException($"the session has just ended: {_endReason}", _refusal);
            }

            replaced = _socket;
            _connection?.Cancel();
            mine = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
            _socket = socket;
            _connection = mine;
            _leftAt = null;
            _connections++;
        }

        replaced?.Abort();
        var reason = "the connection was closed";
        var sending = Task.CompletedTask;
        try
        {
            await socket.SendAsync(MessageCodec.Write(welcome), mine.Token).ConfigureAwait(false);
            lock (_gate)
            {
                // A still later connection may have come meanwhile.
                if (ReferenceEquals(_socket, socket)) _conversation.Resume(socket, received);
            }

            sending = SendAsync(socket, mine);
            while (await socket.ReadAsync(_options.Silence, mine.Token).ConfigureAwait(false) is { } bytes)
            {
                if (Handle(MessageCodec.Read(bytes)) is not { } bye) continue;
                End(bye);
                await socket.CloseAsync(1000, "until next time").ConfigureAwait(false);
                return;
            }
        }
        catch (MalformedMessageException e) when (e.Reason == RefusalReason.Silent)
        {
            reason = e.Message;
        }
        catch (MalformedMessageException e)
        {
            // The client does not keep to the protocol, so nothing it says further can be trusted.
            await socket.RefuseAsync(e).ConfigureAwait(false);
            End($"it was sent away: {e.Message}");
        }
        catch (Exception e) when (MessageSocket.IsLoss(e))
        {
            reason = _ended.IsCancellationRequested ? "the session ended" : Printable.Of(e.Message);
        }
        finally
        {
            await mine.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            Leave(socket, reason);
            mine.Dispose();
        }
    }

    /// <summary>Ends it from the bench's side; the client gets a message.</summary>
    public async Task StopAsync(string reason)
    {
        if (TryEnd(reason, RefusalReason.Stopped))
        {
            MessageSocket? socket;
            lock (_gate) socket = _socket;
            if (socket is not null)
            {
                await socket.RefuseAsync(new MalformedMessageException(reason, RefusalReason.Stopped), Farewell)
                    .ConfigureAwait(false);
            }

            _ = Task.Run(GiveBackAsync);
        }

        await Done.ConfigureAwait(false);
    }

    /// <summary>Ends it; the board is free as soon as its modems are away.</summary>
    public void End(string reason)
    {
        if (TryEnd(reason, RefusalReason.UnknownSession)) _ = Task.Run(GiveBackAsync);
    }

    /// <param name="reason">Why.</param>
    /// <param name="refusal">The answer to a client that comes back all the same.</param>
    /// <returns>Whether it had not ended before.</returns>
    private bool TryEnd(string reason, RefusalReason refusal)
    {
        lock (_gate)
        {
            if (_isEnded) return false;
            (_isEnded, _endReason, _refusal) = (true, reason, refusal);
        }

        var lost = Waiting > 0 ? $" ({Waiting} messages did not reach it)" : "";
        _options.Tell($"{Client} leaves {Board.Name}: {reason}{lost}");
        _outbox.End();
        return true;
    }

    private async Task GiveBackAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        IReadOnlyList<IAsyncDisposable> machines;
        lock (_gate) machines = _machines.TakeAll();
        // All at once: those that still run would slow down the end of each of the others.
        await Task.WhenAll(machines.Select(machine => machine.DisposeAsync().AsTask())).ConfigureAwait(false);
        Board.GiveBack(this);
        _gone(this);
        _done.SetResult();
    }

    private async Task SendAsync(MessageSocket socket, CancellationTokenSource mine)
    {
        try
        {
            await _conversation.SendAsync(
                socket, bytes => socket.SendAsync(bytes, mine.Token), () => new LinkMessage.Ping(_clock.Now),
                _options.PingPause, mine.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (MessageSocket.IsLoss(e))
        {
            // One that is being closed takes nothing more; to abort it would take back what it has said last.
            if (socket.IsOpen) socket.Abort();
        }
    }

    private void Leave(MessageSocket socket, string reason)
    {
        int connections;
        lock (_gate)
        {
            if (!ReferenceEquals(_socket, socket) || _isEnded) return;
            _socket = null;
            _connection = null;
            _leftAt = _wall.Now;
            connections = _connections;
        }

        _options.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{Client} is not connected ({reason}); {Board.Name} is kept for it for " +
            $"{_options.Resume.TotalSeconds:0.#} s"));
        _ = ExpireAsync(connections, reason);
    }

    private async Task ExpireAsync(int connections, string reason)
    {
        try
        {
            await Task.Delay(_options.Resume, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            if (_connections != connections) return;
        }

        End($"it did not come back ({reason})");
    }

    /// <returns>The client's farewell, where it is one.</returns>
    private string? Handle(LinkMessage message)
    {
        switch (message)
        {
            case LinkMessage.Numbered when _outbox.IsOverfull:
                throw new MalformedMessageException(
                    $"{Waiting} messages wait, and the client does not confirm them", RefusalReason.Overflow);
            case LinkMessage.Numbered numbered:
                lock (_gate)
                {
                    if (_isEnded || !_inbox.Accept(numbered.Number)) return null;
                    _machines.Take(numbered.Message);
                    _inbox.Take(numbered.Number);
                }

                _conversation.Wake();
                return null;
            case LinkMessage.Ack ack:
                _outbox.Acknowledge(ack.Received);
                return null;
            case LinkMessage.Pong:
                return null;
            case LinkMessage.Bye bye:
                return Printable.Of(bye.Text);
            default:
                throw new MalformedMessageException($"'{MessageJson.NameOf(message)}' may not come from a client now");
        }
    }

    private void Post(BenchMessage message) => _outbox.Add(
        number => MessageCodec.Write(new LinkMessage.Numbered(number, message)), wait: false, out _);
}
