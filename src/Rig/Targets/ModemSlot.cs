using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Targets;

/// <summary>A modem's place on the bench.</summary>
/// <param name="id">Its id in the run.</param>
internal sealed class ModemSlot(string id)
{
    private volatile bool _supplied;

    public string Id { get; } = id;

    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>The modem itself where it holds something real that must be given back.</summary>
    public ILiveMachine? Live { get; set; }

    /// <summary>Whether its supply is on, as far as the rig can know.</summary>
    public bool Supplied
    {
        get => _supplied;
        set => _supplied = value;
    }
}
