using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>
/// The way between any number of modems and one service side, in memory and in virtual time: DNS, TCP with its
/// repetitions, TLS by outcome and time, UDP; and the faults between them
/// (<see cref="AirHil.Modem.Faults.NetworkFault"/>).
/// </summary>
public sealed class SimulatedNetwork : NetworkMachine
{
    /// <summary>
    /// Connections held at one time; the oldest that its modem has forgotten makes room, on the record.
    /// </summary>
    public const int ConnectionLimit = 4096;

    /// <summary>
    /// Bytes in one direction of a connection that are sent and not acknowledged; more resets it, on the record.
    /// </summary>
    public const int QueueLimitBytes = 2 * 1024 * 1024;

    private readonly DueQueue<NetworkEvent> _due = new();
    private readonly ServicePlaces _places = new();
    private readonly SimulatedDatagrams _datagrams;
    private readonly TcpEnds _tcp;
    private readonly TcpConnects _connects;
    private readonly ModuleClients _clients;

    /// <summary>A network without hosts; they come with <see cref="ServiceOutput.Listening"/>.</summary>
    /// <param name="seed">The run's seed; the network's generators derive from it.</param>
    public SimulatedNetwork(ulong seed, NetworkProfile profile)
    {
        var way = new AirTimes(profile, State, seed);
        _datagrams = new SimulatedDatagrams(profile, State, way, _due, _places);
        _tcp = new TcpEnds(profile, State, way, _due, _places);
        _connects = new TcpConnects(profile, State, way, _due, _places, _tcp);
        _clients = new ModuleClients(State, way, _due, _tcp);
    }

    protected override TimeSpan? NextDue => _due.Next;

    /// <inheritdoc/>
    protected override void Advance(TimeSpan now)
    {
        while (_due.Next is { } due && due <= now && _due.TryTakeDue(now, out var happened))
        {
            State.MoveTo(due);
            Perform(happened);
        }

        State.MoveTo(now);
    }

    protected override void Open(ModemAir air, AirRequest.OpenTcp open) => _connects.Open(air, open);

    protected override void Send(ModemAir air, AirRequest.SendTcp send) => _tcp.Send(air, send);

    protected override void Probe(ModemAir air, AirRequest.ProbeTcp probe) => _tcp.Probe(air, probe);

    protected override void StartTls(ModemAir air, AirRequest.StartTls start) => _tcp.StartTls(air, start);

    protected override void Close(ModemAir air, AirRequest.CloseTcp close) => _tcp.Close(air, close);

    protected override void Act(ModemAir air, ClientActed move) => _clients.Act(air, move);

    protected override void Accept(ModemAir air, AirRequest.AcceptTcp accept) => _clients.Accept(air, accept);

    protected override void Resolve(ModemAir air, AirRequest.ResolveHost query) => _datagrams.Resolve(air, query);

    protected override void SendDatagram(ModemAir air, AirRequest.SendUdp datagram) => _datagrams.Send(air, datagram);

    protected override void Abandon(ModemAir air)
    {
        _tcp.Abandon(air);
        _datagrams.Abandon(air);
    }

    protected override void Abandon(ModemAir air, int connection) => _tcp.Abandon(air, connection);

    protected override void FromService(ServiceOutput output)
    {
        if (output is ServiceOutput.SendDatagram datagram) _datagrams.Answer(datagram);
        else _tcp.FromService(output);
    }

    protected override void Listen(ServiceOutput.Listening place)
    {
        Hosts.Add(place.Host);
        _places.Add(place.Host, place.Port, place.Transport);
    }

    protected override void ResetAll(string? host, string? modem) => _tcp.ResetAll(host, modem);

    protected override void KillAll(string? host, string? modem) => _tcp.KillAll(host, modem);

    private void Perform(NetworkEvent happened)
    {
        switch (happened)
        {
            case NetworkEvent.Arrive arrive:
                _tcp.Transport.Arrive(arrive.Stream, arrive.Segment, arrive.Flight);
                break;
            case NetworkEvent.Acknowledge acknowledge:
                _tcp.Transport.Acknowledge(acknowledge.Stream, acknowledge.Segment);
                break;
            case NetworkEvent.Repeat repeat:
                if (repeat.Stream.IsStuck && repeat.Stream.Timer == repeat.Timer) _tcp.Transport.Repeat(repeat.Stream);
                break;
            case NetworkEvent.Reset reset:
                _tcp.Transport.ArriveReset(reset.Link, reset.AtModem);
                break;
            case NetworkEvent.ClientSyn syn:
                _clients.SendSyn(syn.Link, syn.Attempt);
                break;
            case NetworkEvent.ClientArrives arrives:
                _clients.Arrive(arrives.Link);
                break;
            case NetworkEvent.ClientAccepted accepted:
                _clients.Open(accepted.Link);
                break;
            case NetworkEvent.ClientAcknowledges acknowledges:
                _clients.ArriveAcknowledgement(acknowledges.Link);
                break;
            case NetworkEvent.ProbeAnswered probe:
                _tcp.AnswerProbe(probe.Link);
                break;
            case NetworkEvent.SendSyn syn:
                _connects.SendSyn(syn.Link, syn.Attempt);
                break;
            case NetworkEvent.SynAnswered answered:
                _connects.Answer(answered.Link, answered.Attempt);
                break;
            case NetworkEvent.Answer answer:
                _datagrams.Arrive(answer);
                break;
            case NetworkEvent.Datagram datagram:
                _datagrams.Arrive(datagram);
                break;
            default:
                throw new InvalidOperationException($"The network cannot do {happened.GetType().Name}");
        }
    }
}
