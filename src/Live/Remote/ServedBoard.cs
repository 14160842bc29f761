using AirHil.Modem;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>A board that the bench offers, and who holds it.</summary>
internal sealed class ServedBoard
{
    private readonly object _gate = new();
    private ServerSession? _holder;

    private ServedBoard(string name, IModemTarget target, bool hasNetwork)
    {
        Name = name;
        Target = target;
        HasNetwork = hasNetwork;
    }

    public IModemTarget Target { get; }

    public string Name { get; }

    /// <summary>Whether the way to services is this bench's.</summary>
    public bool HasNetwork { get; }

    /// <param name="name">What clients call it.</param>
    /// <param name="target">What is behind it.</param>
    public static async Task<ServedBoard> OfAsync(string name, IModemTarget target)
    {
        // A target tells whether it has a network by making one; this one is never attached to anything.
        var network = target.CreateNetwork(new BenchOptions { Target = target, Clock = RigClock.Wall });
        if (network is IAsyncDisposable held) await held.DisposeAsync().ConfigureAwait(false);
        return new ServedBoard(name, target, network is not null);
    }

    /// <summary>
    /// What a client learns of it. The client's time is no virtual time, its run is not the same twice, the devices of
    /// its run are not at the board's buses, and the board is set up here and has its own numbers.
    /// </summary>
    public BoardOffer Offer()
    {
        lock (_gate)
        {
            return new BoardOffer(
                Name,
                [
                    .. Target.Capabilities.Where(c => c is not (Capability.VirtualTime or Capability.Deterministic
                        or Capability.Buses or Capability.Identity)),
                ],
                Target.Speed,
                Target.Latency,
                _holder?.Client)
            {
                MostModems = Target.MostModems,
                HasNetwork = HasNetwork,
                ServiceHosts = Target.ServiceHosts,
                Uarts = Target.Uarts,
                Pins = Target.Pins,
            };
        }
    }

    /// <summary>Gives the board to a session, unless another has it.</summary>
    /// <returns>Who has it; null: the session now.</returns>
    public string? TryTake(ServerSession session)
    {
        lock (_gate)
        {
            if (_holder is not null) return _holder.Holder;
            _holder = session;
            return null;
        }
    }

    public void GiveBack(ServerSession session)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_holder, session)) _holder = null;
        }
    }
}
