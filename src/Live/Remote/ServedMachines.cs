using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// What a client has at the board that it holds: scripts, modems and networks. It does what the client's messages say,
/// one at a time.
/// </summary>
/// <param name="clock">The session's clock.</param>
/// <param name="outbox">Takes what the machines do.</param>
/// <param name="post">Answers the client.</param>
internal sealed class ServedMachines(
    ServedBoard board, WallClock clock, Outbox outbox, ServedPreparations preparations, Action<BenchMessage> post)
{
    private readonly FirmwareStore _firmwares = new();
    private readonly SortedDictionary<int, ServedModem> _modems = [];
    private readonly SortedDictionary<int, ServedNetwork> _networks = [];
    private int _lastModem;
    private int _lastNetwork;

    /// <summary>Modems and networks that were taken away and still hold what they had.</summary>
    private int _leaving;

    /// <exception cref="MalformedMessageException">The message does not fit what the client has.</exception>
    public void Take(BenchMessage message)
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
                preparations.Begin(prepare.Request, _firmwares.Get(prepare.Firmware));
                break;
            case BenchMessage.CancelPrepare cancel:
                preparations.Cancel(cancel.Request);
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

    /// <summary>The session is over: the client has nothing more.</summary>
    /// <returns>What it had.</returns>
    public IReadOnlyList<IAsyncDisposable> TakeAll()
    {
        IAsyncDisposable[] all = [.. _networks.Values, .. _modems.Values];
        _networks.Clear();
        _modems.Clear();
        return all;
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
                throw new MalformedMessageException($"'{MessageJson.NameOf(message)}' may not come from a client");
        }
    }

    private void Create(BenchMessage.Create create)
    {
        if (create.Modem <= _lastModem) throw new MalformedMessageException($"modem {create.Modem} was there before");
        if (_modems.Count + Volatile.Read(ref _leaving) >= RemoteProtocol.MaxModems)
        {
            throw new MalformedMessageException(
                $"a session has {RemoteProtocol.MaxModems} modems at most", RefusalReason.Overflow);
        }

        _lastModem = create.Modem;
        var firmware = _firmwares.Get(create.Firmware);
        var options = new BenchOptions
        {
            Target = board.Target,
            Seed = create.Seed,
            StartDate = create.StartDate,
            UartBaud = create.UartBaud,
            Vitals = create.Vitals,
            Bits = create.Bits,
            Clock = RigClock.Wall,
        };
        _modems[create.Modem] = new ServedModem(
            create.Modem, () => board.Target.Create(firmware, options, create.Name), clock, create.Now, outbox);
    }

    private void OpenNetwork(BenchMessage.OpenNetwork open)
    {
        if (!board.HasNetwork)
        {
            throw new MalformedMessageException($"{board.Name} has no network here; its air is the client's");
        }

        if (open.Network <= _lastNetwork)
        {
            throw new MalformedMessageException($"network {open.Network} was there before");
        }

        if (_networks.Count + Volatile.Read(ref _leaving) >= RemoteProtocol.MaxNetworks)
        {
            throw new MalformedMessageException(
                $"a session has {RemoteProtocol.MaxNetworks} networks at most", RefusalReason.Overflow);
        }

        _lastNetwork = open.Network;
        var options = new BenchOptions
        {
            Target = board.Target,
            Seed = open.Seed,
            StartDate = open.StartDate,
            Clock = RigClock.Wall,
        };
        _networks[open.Network] = new ServedNetwork(
            open.Network, () => board.Target.CreateNetwork(options)!, clock, open.Now, outbox);
    }

    private async Task ReleaseAsync(IAsyncDisposable machine, BenchMessage done)
    {
        Interlocked.Increment(ref _leaving);
        await machine.DisposeAsync().ConfigureAwait(false);
        Interlocked.Decrement(ref _leaving);
        post(done);
    }
}
