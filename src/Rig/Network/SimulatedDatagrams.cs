using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>DNS and UDP: packets that belong to no connection.</summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="due">What is on its way.</param>
/// <param name="listeners">Where services listen.</param>
internal sealed class SimulatedDatagrams(
    NetworkProfile profile, NetworkState net, AirTimes way, DueQueue<NetworkEvent> due, ServicePlaces listeners)
{
    private readonly Dictionary<(string Modem, int Life, int Socket), int> _flows = [];
    private readonly SortedDictionary<int, (ModemAir Air, int Life, int Socket)> _flowOwners = [];
    private int _nextFlow = 1;

    public void Resolve(ModemAir air, AirRequest.ResolveHost query)
    {
        net.Record(air, new DnsAsked(net.Now, query.Host));
        var address = net.Hosts.AddressOf(query.Host);
        if (address is null) net.Hint(air.Modem, query);
        var isSilent = address is null && profile.UnknownHosts == UnknownHostPolicy.Silence;
        // A query that does not get so far is none of the times that the fault has.
        if (!net.IsCutOff(air) && net.Faults.StrikeDns(air.Modem, query.Host) is { } fault)
        {
            address = fault is EmptyDns ? "" : null;
            isSilent = fault is FailDns { Silence: true };
        }

        var wayThere = way.Delay(air, "", true, 60);
        if (isSilent || net.IsCutOff(air) || way.IsEitherLost(air, "")) return;
        var beyond = TimeSpan.FromMilliseconds(profile.DnsMs - (profile.RoundTripMs / 2)) + way.Extra(air, "", 1, 120);
        var at = net.Now + wayThere + beyond;
        if (at < net.Now) at = net.Now;
        AirEvent answer =
            address is null ? new AirEvent.HostNotFound(query.Query) : new AirEvent.HostResolved(query.Query, address);
        due.Add(at, new NetworkEvent.Answer(air, air.Life, query.Host, answer));
    }

    public void Arrive(NetworkEvent.Answer answer)
    {
        if (answer.Life != answer.Air.Life || net.IsCutOff(answer.Air)) return;
        switch (answer.Event)
        {
            case AirEvent.HostResolved resolved:
                net.Record(answer.Air, new DnsAnswered(net.Now, answer.Host, resolved.Address));
                break;
            case AirEvent.HostNotFound:
                net.Record(answer.Air, new DnsAnswered(net.Now, answer.Host, null));
                break;
            case AirEvent.UdpReceived received:
                net.Record(answer.Air, new UdpReceived(
                    net.Now, new Connection(received.Socket, answer.Host, received.Port), received.Bytes));
                break;
            default:
                throw new InvalidOperationException($"{answer.Event.GetType().Name} is no answer");
        }

        net.ToModem(answer.Air, answer.Event);
    }

    public void Send(ModemAir air, AirRequest.SendUdp datagram)
    {
        var host = net.Hosts.NameOf(datagram.Address) ?? "";
        var label = new Connection(datagram.Socket, host.Length == 0 ? datagram.Address : host, datagram.Port);
        net.Record(air, new UdpSent(net.Now, label, datagram.Bytes));
        var delay = way.Delay(air, host, true, datagram.Bytes.Length + 28);
        if (way.IsLost(air, host, isUp: true) || net.IsBlocked(air, host)) return;
        var key = (air.Modem, air.Life, datagram.Socket);
        if (!_flows.TryGetValue(key, out var flow))
        {
            flow = _nextFlow++;
            _flows.Add(key, flow);
            _flowOwners.Add(flow, (air, air.Life, datagram.Socket));
        }

        var input = new ServiceInput.Datagram(flow, air.Modem, host, datagram.Port, datagram.Bytes);
        due.Add(net.Now + delay, new NetworkEvent.Datagram(air, input));
    }

    public void Arrive(NetworkEvent.Datagram datagram)
    {
        var (air, input) = datagram;
        if (net.IsBlocked(air, input.Host)) return;
        if (net.Faults.Strike<RefuseConnections>(air.Modem, input.Host) is not null) return;
        if (listeners.HasUdp(input.Host, input.Port)) net.ToService(input);
    }

    public void Answer(ServiceOutput.SendDatagram datagram)
    {
        if (!_flowOwners.TryGetValue(datagram.Flow, out var owner)) return; // The module that asked has restarted.
        var (air, life, socket) = owner;
        var delay = way.Delay(air, datagram.Host, false, datagram.Bytes.Length + 28);
        if (way.IsLost(air, datagram.Host, isUp: false) || net.IsBlocked(air, datagram.Host)) return;
        var answer = new AirEvent.UdpReceived(socket, net.Hosts.Add(datagram.Host), datagram.Port, datagram.Bytes);
        due.Add(net.Now + delay, new NetworkEvent.Answer(air, life, datagram.Host, answer));
    }

    /// <summary>The module has restarted: it knows none of its earlier sockets.</summary>
    public void Abandon(ModemAir air)
    {
        foreach (var flow in _flowOwners.Where(f => f.Value.Air == air).Select(f => f.Key).ToArray())
        {
            var owner = _flowOwners[flow];
            _flowOwners.Remove(flow);
            _flows.Remove((air.Modem, owner.Life, owner.Socket));
        }
    }
}
