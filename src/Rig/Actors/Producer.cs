using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>Makes an actor that is given what no configuration can say.</summary>
internal sealed class Producer<TActor>(Func<TActor> create) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => create();

    public void Release(ActorBase actor)
    {
        // It holds nothing that its own end does not give back.
    }
}
