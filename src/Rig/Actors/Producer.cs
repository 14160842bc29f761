using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>Lets Akka make an actor by a plain function, without reflection.</summary>
internal sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public static Props Of(Func<TActor> make) => Props.CreateBy(new Producer<TActor>(make));

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
