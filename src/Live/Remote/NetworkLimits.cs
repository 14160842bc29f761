using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Live.Remote;

/// <summary>What one network of a client may take of the bench: ports, modems and faults.</summary>
internal sealed class NetworkLimits
{
    private readonly HashSet<(string Host, int Port)> _ports = [];
    private readonly HashSet<string> _modems = new(StringComparer.Ordinal);
    private readonly List<(NetworkFault Fault, string? Modem)> _faults = [];

    /// <summary>Counts what the network is about to be given.</summary>
    /// <exception cref="MalformedMessageException">It is too much.</exception>
    public void Count(NetworkInput input)
    {
        switch (input)
        {
            case NetworkInput.FromService(ServiceOutput.Listening(var host, var port, _)):
                _ports.Add((host, port));
                Check(_ports.Count, RemoteProtocol.MaxNetworkPorts, "services");
                break;
            case NetworkInput.FromModem(var modem, _):
                _modems.Add(modem);
                Check(_modems.Count, RemoteProtocol.MaxModems, "modems");
                break;
            case NetworkInput.Begin(var fault, var modem) when !fault.IsMoment:
                _faults.Add((fault, modem));
                Check(_faults.Count, RemoteProtocol.MaxNetworkFaults, "faults at a time");
                break;
            case NetworkInput.End(var fault, var modem, _):
                _faults.Remove((fault, modem));
                break;
        }
    }

    private static void Check(int count, int most, string what)
    {
        if (count <= most) return;
        throw new MalformedMessageException($"a network has {most} {what} at most", RefusalReason.Overflow);
    }
}
