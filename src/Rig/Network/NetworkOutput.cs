using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>What the simulated network does.</summary>
public abstract record NetworkOutput
{
    private NetworkOutput()
    {
    }

    public sealed record ToModem(string Modem, AirEvent Event) : NetworkOutput;

    public sealed record ToService(ServiceInput Input) : NetworkOutput;

    public sealed record Recorded(SessionEvent Event) : NetworkOutput;

    /// <summary>A modem asked for a name that no service has: a hint to the user, said once for each name.</summary>
    /// <param name="Service">What it was asked for, such as "mqtt://broker.test:1883"; null: nobody knows.</param>
    public sealed record UnknownHost(string Modem, string Host, string? Service) : NetworkOutput;
}
