using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A board on another machine's bench. It is held from <see cref="ConnectAsync"/> until it is disposed; a session that
/// was lost for good is begun again with the next script.
/// </summary>
public sealed class RemoteTarget : IModemTarget, IAsyncDisposable
{
    /// <summary>What the way to the bench may add to the board's own latency, of the wall clock.</summary>
    private static readonly TimeSpan WayLatency = TimeSpan.FromSeconds(1);

    private readonly RemoteAddress _address;
    private readonly RemoteOptions _options;
    private readonly BoardOffer _offer;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile RemoteLink _link;

    private RemoteTarget(RemoteAddress address, RemoteOptions options, RemoteLink link)
    {
        _address = address;
        _options = options;
        _link = link;
        _offer = link.Offer;
    }

    public string Name => $"remote:{_address}";

    /// <summary>The board's name at its bench.</summary>
    public string Board => _offer.Name;

    public IReadOnlyCollection<string> Capabilities => _offer.Capabilities;

    public RigClock Clock => RigClock.Wall;

    public double Speed => _offer.Speed;

    public TimeSpan Latency => _offer.Latency + (WayLatency * Speed);

    public int? MostModems => Math.Min(_offer.MostModems ?? RemoteProtocol.MaxModems, RemoteProtocol.MaxModems);

    public IReadOnlyCollection<string>? ServiceHosts => _offer.ServiceHosts;

    public IReadOnlyCollection<int>? Uarts => _offer.Uarts;

    public IReadOnlyCollection<PinWire>? Pins => _offer.Pins;

    /// <summary>The link of the session that is held now.</summary>
    internal RemoteLink Link => _link;

    /// <summary>Takes a board of a bench.</summary>
    /// <param name="address">As "remote:wss://HOST:PORT/BOARD"; the board may be left out where there is only
    /// one.</param>
    /// <exception cref="FormatException">The address is not valid.</exception>
    /// <exception cref="RemoteException">The bench cannot be reached, or refuses; the message says why.</exception>
    public static async Task<RemoteTarget> ConnectAsync(
        string address, RemoteOptions? options = null, CancellationToken cancel = default)
    {
        var parsed = RemoteAddress.Parse(address);
        options ??= new RemoteOptions();
        return new RemoteTarget(
            parsed, options, await RemoteLink.OpenAsync(parsed, options, cancel).ConfigureAwait(false));
    }

    public async ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        if (Link.Ended is not null && await ReopenAsync(cancel).ConfigureAwait(false) is { } reason) return reason;
        return await Link.Machines.PrepareAsync(firmware, _options.PrepareLimit, cancel).ConfigureAwait(false);
    }

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) =>
        new RemoteModem(Link, firmware, options, modem);

    /// <summary>The way to services that the board has at its bench; null where its air is this run's.</summary>
    public ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options)
    {
        if (!_offer.HasNetwork) return null;
        // A run's network comes before its modem, so a session that was lost is begun again here; if that fails, the
        // modem's preparation says why.
        if (Link.Ended is not null) ReopenAsync(CancellationToken.None).GetAwaiter().GetResult();
        return new RemoteNetwork(Link, options);
    }

    public ValueTask DisposeAsync() => Link.DisposeAsync();

    private async Task<string?> ReopenAsync(CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (Link.Ended is null) return null;
            var link = await RemoteLink.OpenAsync(_address, _options, cancel).ConfigureAwait(false);
            if (link.Offer.Speed != _offer.Speed || link.Offer.HasNetwork != _offer.HasNetwork)
            {
                await link.DisposeAsync().ConfigureAwait(false);
                return $"the board {Board} at {_address} has another speed or network than before; start the run again";
            }

            _link = link;
            return null;
        }
        catch (RemoteException e)
        {
            return e.Message;
        }
        finally
        {
            _opening.Release();
        }
    }
}
