using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>What can happen to the simulated network.</summary>
public abstract record NetworkInput
{
    private NetworkInput()
    {
    }

    /// <summary>A modem put something on the air.</summary>
    public sealed record FromModem(string Modem, AirRequest Request) : NetworkInput;

    /// <summary>Somebody sends a text message to a modem.</summary>
    public sealed record GiveSms(string Modem, SmsGiven Given) : NetworkInput;

    /// <summary>A client of the rig does something with a module that listens.</summary>
    public sealed record MoveClient(string Modem, ClientActed Move) : NetworkInput;

    /// <summary>The service side did something. Every <see cref="ServiceOutput"/> may be passed on as it is.</summary>
    public sealed record FromService(ServiceOutput Output) : NetworkInput;

    /// <summary>
    /// A fault begins, for one modem or (null) for all. The rig records the fault itself; the network records its
    /// effects.
    /// </summary>
    public sealed record Begin(NetworkFault Fault, string? Modem = null) : NetworkInput;

    /// <summary>
    /// One of the faults of equal value that are still acting ends; without that one nothing happens.
    /// </summary>
    /// <param name="Place">Which of them, in the order in which they began, from 0; null: the first.</param>
    public sealed record End(NetworkFault Fault, string? Modem = null, int? Place = null) : NetworkInput;
}
