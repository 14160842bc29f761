using AirHil.Modem.Faults;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Network;

/// <summary>A fault of the network that acts now. One that changes with the time is another one at each time.</summary>
internal sealed class ActingNetworkFault : ActingFault<NetworkFault>
{
    private readonly TimeSpan _began;

    /// <param name="modem">Whose link it acts on; null: every link.</param>
    /// <param name="now">When it begins.</param>
    public ActingNetworkFault(NetworkFault fault, string? modem, TimeSpan now)
        : base(fault, modem)
    {
        _began = now;
        MoveTo(now);
    }

    /// <summary>What it is now; null: nothing.</summary>
    public NetworkFault? Now { get; private set; }

    /// <summary>When it changes next; null: it stays as it is.</summary>
    public TimeSpan? Next { get; private set; }

    public void MoveTo(TimeSpan now)
    {
        if (Fault is not ChangingFault changing)
        {
            Now = Fault;
            return;
        }

        Now = changing.Now(now - _began);
        Next = _began + changing.NextChange(now - _began);
    }
}
