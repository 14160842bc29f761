using AirHil.Modem;
using AirHil.Rig.Network;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>The air: carries requests of modems and services to each other through the simulated network.</summary>
internal sealed class NetworkActor(
    ISansIoMachine<NetworkInput, NetworkOutput> network, IActorRef recorder, RunContext run)
    : MachineActor<NetworkInput, NetworkOutput>(network, run)
{
    private readonly Dictionary<string, IActorRef> _modems = new(StringComparer.Ordinal);
    private IActorRef _service = ActorRefs.Nobody;

    /// <summary>A modem is in reach; it replaces an earlier one of the same id.</summary>
    public sealed record Attach(string Modem, IActorRef Actor);

    /// <summary>The service side is there.</summary>
    public sealed record Serve(IActorRef Service);

    protected override bool TakeOther(object message, TimeSpan now)
    {
        switch (message)
        {
            case Attach attach:
                _modems[attach.Modem] = attach.Actor;
                return true;
            case Serve serve:
                _service = serve.Service;
                return true;
            default:
                return false;
        }
    }

    protected override void Perform(NetworkOutput output, TimeSpan now)
    {
        switch (output)
        {
            case NetworkOutput.ToModem to when _modems.TryGetValue(to.Modem, out var modem):
                modem.Tell(to.Event, Self);
                break;
            case NetworkOutput.ToModem to:
                throw new InvalidOperationException(
                    $"the network answers modem '{to.Modem}', which is not on the bench");
            case NetworkOutput.ToService to:
                _service.Tell(to.Input, Self);
                break;
            case NetworkOutput.Recorded recorded:
                recorder.Tell(recorded.Event, Self);
                break;
            case NetworkOutput.UnknownHost unknown:
                Run.Session.NoteUnknownHost(unknown.Host);
                break;
            default:
                throw new InvalidOperationException($"the network's effect {output} is not known");
        }
    }
}
