using AirHil.Modem;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>The cloud side: every service of the run, reached through the network.</summary>
internal sealed class ServiceActor(
    ISansIoMachine<ServiceInput, ServiceOutput> service, IActorRef network, IActorRef recorder, RunContext run)
    : MachineActor<ServiceInput, ServiceOutput>(service, run)
{
    protected override void Perform(ServiceOutput output, TimeSpan now)
    {
        if (output is ServiceOutput.Recorded recorded) recorder.Tell(recorded.Event, Self);
        else network.Tell(new NetworkInput.FromService(output), Self);
    }
}
