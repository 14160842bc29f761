using System.Globalization;
using System.Security.Cryptography;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A client's hold of a board, over as many connections as it takes. It ends when the client says so, when a connection
/// is not followed by another in time, or when the client breaks the protocol; then the board is free.
/// </summary>
#pragma warning disable CA1001 // no timer, no wait handle; a late connection may still look at them
internal sealed class ServerSession
{
    private readonly object _gate = new();
    private readonly BenchServerOptions _options;
    private readonly WallClock _clock;
    private readonly WallClock _wall = new();
    private readonly Outbox _outbox;
    private readonly Inbox _inbox = new();
    private readonly Conversation _conversation;
    private readonly FirmwareStore _firmwares = new();
    private readonly SortedDictionary<int, ServedModem> _modems = [];
    private readonly SortedDictionary<int, ServedNetwork> _networks = [];
    private readonly Dictionary<int, CancellationTokenSource> _prepares = [];
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<ServerSession> _gone;
    private MessageSocket? _socket;
    private CancellationTokenSource? _connection;
    private int _lastModem;
    private int _lastNetwork;
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
            await socket.RefuseAsync(e.Reason, e.Message).ConfigureAwait(false);
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
            if (socket is not null) await socket.RefuseAsync(RefusalReason.Stopped, reason).ConfigureAwait(false);
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

        _options.Tell($"{Client} leaves {Board.Name}: {reason}");
        _outbox.End();
        return true;
    }

    private async Task GiveBackAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        IAsyncDisposable[] machines;
        lock (_gate)
        {
            machines = [.. _networks.Values, .. _modems.Values];
            _networks.Clear();
            _modems.Clear();
        }

        foreach (var machine in machines) await machine.DisposeAsync().ConfigureAwait(false);
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
            case LinkMessage.Numbered numbered:
                lock (_gate)
                {
                    if (_isEnded || !_inbox.Accept(numbered.Number)) return null;
                    Take(numbered.Message);
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
                throw new MalformedMessageException($"'{message.GetType().Name}' may not come from a client now");
        }
    }

    private void Take(BenchMessage message)
    {
        switch (message)
        {
            case BenchMessage.Announce firmware:
                _firmwares.Announce(firmware);
                break;
            case BenchMessage.FirmwarePiece piece:
                _firmwares.Add(piece);
                break;
            case BenchMessage.Prepare prepare:
                Prepare(prepare);
                break;
            case BenchMessage.CancelPrepare cancel:
                if (_prepares.TryGetValue(cancel.Request, out var running)) running.Cancel();
                break;
            case BenchMessage.Create create:
                Create(create);
                break;
            case BenchMessage.Input input:
                // One that was just taken away may still be spoken to.
                if (_modems.TryGetValue(input.Modem, out var modem))
                {
                    modem.Post(input.Value, input.At, input.Seen);
                }
                else if (input.Modem > _lastModem)
                {
                    throw new MalformedMessageException($"there is no modem {input.Modem}");
                }

                break;
            case BenchMessage.Release release:
                if (!_modems.Remove(release.Modem, out var left))
                {
                    throw new MalformedMessageException($"there is no modem {release.Modem} to take away");
                }

                _ = ReleaseAsync(left, new BenchMessage.Released(release.Modem));
                break;
            default:
                TakeOfNetwork(message);
                break;
        }
    }

    private void TakeOfNetwork(BenchMessage message)
    {
        switch (message)
        {
            case BenchMessage.OpenNetwork open:
                OpenNetwork(open);
                break;
            case BenchMessage.ToNetwork input:
                // One that was just closed may still be spoken to.
                if (_networks.TryGetValue(input.Network, out var network))
                {
                    network.Post(input.Value);
                }
                else if (input.Network > _lastNetwork)
                {
                    throw new MalformedMessageException($"there is no network {input.Network}");
                }

                break;
            case BenchMessage.CloseNetwork close:
                if (!_networks.Remove(close.Network, out var left))
                {
                    throw new MalformedMessageException($"there is no network {close.Network} to close");
                }

                _ = ReleaseAsync(left, new BenchMessage.NetworkClosed(close.Network));
                break;
            default:
                throw new MalformedMessageException($"'{message.GetType().Name}' may not come from a client");
        }
    }

    private void Create(BenchMessage.Create create)
    {
        if (create.Modem <= _lastModem) throw new MalformedMessageException($"modem {create.Modem} was there before");
        if (_modems.Count >= RemoteProtocol.MaxModems)
        {
            throw new MalformedMessageException(
                $"a session has {RemoteProtocol.MaxModems} modems at most", RefusalReason.Overflow);
        }

        _lastModem = create.Modem;
        var firmware = _firmwares.Get(create.Firmware);
        var options = new BenchOptions
        {
            Target = Board.Target,
            Seed = create.Seed,
            StartDate = create.StartDate,
            UartBaud = create.UartBaud,
            Vitals = create.Vitals,
            Bits = create.Bits,
            Clock = RigClock.Wall,
        };
        _modems[create.Modem] = new ServedModem(
            create.Modem, () => Board.Target.Create(firmware, options, create.Name), _clock, create.Now, _outbox);
    }

    private void OpenNetwork(BenchMessage.OpenNetwork open)
    {
        if (!Board.HasNetwork)
        {
            throw new MalformedMessageException($"{Board.Name} has no network here; its air is the client's");
        }

        if (open.Network <= _lastNetwork)
        {
            throw new MalformedMessageException($"network {open.Network} was there before");
        }

        if (_networks.Count >= RemoteProtocol.MaxNetworks)
        {
            throw new MalformedMessageException(
                $"a session has {RemoteProtocol.MaxNetworks} networks at most", RefusalReason.Overflow);
        }

        _lastNetwork = open.Network;
        var options = new BenchOptions
        {
            Target = Board.Target,
            Seed = open.Seed,
            StartDate = open.StartDate,
            Clock = RigClock.Wall,
        };
        _networks[open.Network] = new ServedNetwork(
            open.Network, () => Board.Target.CreateNetwork(options)!, _clock, open.Now, _outbox);
    }

    private async Task ReleaseAsync(IAsyncDisposable machine, BenchMessage done)
    {
        await machine.DisposeAsync().ConfigureAwait(false);
        Post(done);
    }

    private void Prepare(BenchMessage.Prepare prepare)
    {
        if (_prepares.Count >= RemoteProtocol.MaxModems)
        {
            throw new MalformedMessageException("too many preparations at a time", RefusalReason.Overflow);
        }

        var firmware = _firmwares.Get(prepare.Firmware);
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        if (!_prepares.TryAdd(prepare.Request, cancel))
        {
            throw new MalformedMessageException($"preparation {prepare.Request} is asked for twice");
        }

        _options.Tell($"{Client} prepares {Board.Name} for '{Printable.Of(firmware.Name, 80)}'");
        _ = Task.Run(() => PrepareAsync(prepare.Request, firmware, cancel));
    }

    private async Task PrepareAsync(int request, FirmwareSource firmware, CancellationTokenSource cancel)
    {
        string? reason;
        try
        {
            // A board can be given one script at a time.
            await _preparing.WaitAsync(cancel.Token).ConfigureAwait(false);
            try
            {
                reason = await Board.Target.PrepareAsync(firmware, cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                _preparing.Release();
            }
        }
        catch (OperationCanceledException)
        {
            reason = "the preparation was cancelled";
        }
        catch (Exception problem)
        {
            // Whatever a target throws is the client's to know, and must not end the bench.
            reason = $"the preparation failed: {problem.Message}";
        }

        lock (_gate) _prepares.Remove(request);
        cancel.Dispose();
        if (reason is not null) _options.Tell($"{Board.Name} cannot run it: {Printable.Of(reason)}");
        Post(new BenchMessage.Prepared(request, reason));
    }

    private void Post(BenchMessage message) => _outbox.Add(
        number => MessageCodec.Write(new LinkMessage.Numbered(number, message)), wait: false, out _);
}
