using AirHil.Rig.Targets;

namespace AirHil.Live.Remote;

/// <summary>A board that the bench offers, and who holds it.</summary>
/// <param name="name">What clients call it.</param>
/// <param name="target">What stands behind it.</param>
internal sealed class ServedBoard(string name, IModemTarget target)
{
    private readonly object _gate = new();
    private ServerSession? _holder;

    public IModemTarget Target => target;

    public string Name => name;

    /// <summary>
    /// What a client learns of it. The client's time is no virtual time, its run is not the same twice, and the board
    /// is set up here.
    /// </summary>
    public BoardOffer Offer()
    {
        lock (_gate)
        {
            return new BoardOffer(
                name,
                [
                    .. target.Capabilities.Where(
                        c => c is not (Capability.VirtualTime or Capability.Deterministic)),
                ],
                target.Speed,
                target.Latency,
                _holder?.Client);
        }
    }

    /// <summary>Gives the board to a session, unless another has it.</summary>
    /// <returns>Who has it; null: the session now.</returns>
    public string? TryTake(ServerSession session)
    {
        lock (_gate)
        {
            if (_holder is not null) return _holder.Client;
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
