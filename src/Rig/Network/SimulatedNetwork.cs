using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>
/// The way between any number of modems and one service side, in memory and in virtual time: DNS, TCP with its
/// repetitions, TLS by outcome and time, UDP; and the faults between them (<see cref="NetworkFault"/>).
/// </summary>
public sealed partial class SimulatedNetwork : ISansIoMachine<NetworkInput, NetworkOutput>
{
    /// <summary>
    /// Connections held at one time; the oldest that its modem has forgotten makes room, on the record.
    /// </summary>
    public const int ConnectionLimit = 4096;

    /// <summary>
    /// Bytes in one direction of a connection that are sent and not acknowledged; more resets it, on the record.
    /// </summary>
    public const int QueueLimitBytes = 2 * 1024 * 1024;

    private readonly NetworkProfile _profile;
    private readonly ulong _seed;
    private readonly List<AirLink> _links = [];
    private readonly SortedDictionary<int, TcpLink> _connections = [];
    private readonly Dictionary<(string Modem, int Connection), TcpLink> _byModem = [];
    private readonly List<(NetworkFault Fault, string? Modem)> _faults = [];
    private readonly HashSet<(string Host, int Port, ServiceTransport Transport)> _listeners = [];
    private readonly HashSet<string> _hinted = new(StringComparer.OrdinalIgnoreCase);
    private readonly DueQueue<NetworkEvent> _due = new();
    private readonly Queue<NetworkOutput> _outputs = new();
    private TimeSpan _now;
    private int _nextConnection = 1;

    /// <summary>A network without hosts; they come with <see cref="ServiceOutput.Listening"/>.</summary>
    /// <param name="seed">The run's seed; the network's generators derive from it.</param>
    public SimulatedNetwork(ulong seed, NetworkProfile profile)
    {
        _seed = seed;
        _profile = profile;
    }

    /// <summary>Names and addresses of the simulated world.</summary>
    public HostTable Hosts { get; } = new();

    public TimeSpan? NextTimeout => _due.Next;

    /// <inheritdoc/>
    public void Handle(NetworkInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case NetworkInput.FromModem(var modem, var request):
                Handle(Link(modem), request);
                break;
            case NetworkInput.FromService(var output):
                Handle(output);
                break;
            case NetworkInput.Begin(var fault, var modem):
                Begin(fault, modem);
                break;
            case NetworkInput.End(var fault, var modem):
                _faults.Remove((fault, modem));
                UpdateCoverage();
                break;
            default:
                throw new ArgumentException($"The network does not know {input.GetType().Name}", nameof(input));
        }
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        while (_due.Next is { } due && due <= now && _due.TryTakeDue(now, out var happened))
        {
            if (due > _now) _now = due;
            Perform(happened);
        }

        if (now > _now) _now = now;
    }

    /// <inheritdoc/>
    public bool TryTake(out NetworkOutput output) => _outputs.TryDequeue(out output!);

    private void Handle(AirLink air, AirRequest request)
    {
        switch (request)
        {
            case AirRequest.SendTcp(var connection, var bytes):
                if (_byModem.TryGetValue((air.Modem, connection), out var sender))
                {
                    SendFromModem(sender, TcpSegmentKind.Data, bytes, "");
                }

                break;
            case AirRequest.OpenTcp open:
                OpenTcp(air, open);
                break;
            case AirRequest.StartTls(var connection, var serverName):
                if (_byModem.TryGetValue((air.Modem, connection), out var secured))
                {
                    Record(air, new TlsStarted(_now, secured.Label));
                    SendFromModem(secured, TcpSegmentKind.TlsHandshake, default, serverName);
                }

                break;
            case AirRequest.CloseTcp(var connection, var abort):
                if (_byModem.TryGetValue((air.Modem, connection), out var closed)) CloseFromModem(closed, abort);
                break;
            case AirRequest.ResolveHost query:
                Resolve(air, query);
                break;
            case AirRequest.SendUdp datagram:
                SendDatagram(air, datagram);
                break;
            case AirRequest.Radio(var isOn):
                SwitchRadio(air, isOn);
                break;
            default:
                throw new ArgumentException($"The network does not know {request.GetType().Name}", nameof(request));
        }
    }

    private void Handle(ServiceOutput output)
    {
        switch (output)
        {
            case ServiceOutput.Send(var connection, var bytes):
                if (_connections.TryGetValue(connection, out var sender)) SendFromService(sender, bytes);
                break;
            case ServiceOutput.Close(var connection, var reset):
                if (_connections.TryGetValue(connection, out var closed)) CloseFromService(closed, reset);
                break;
            case ServiceOutput.Forget(var connection):
                if (_connections.TryGetValue(connection, out var forgotten)) ForgetByService(forgotten);
                break;
            case ServiceOutput.SendDatagram datagram:
                AnswerDatagram(datagram);
                break;
            case ServiceOutput.Listening(var host, var port, var transport):
                Hosts.Add(host);
                _listeners.Add((host, port, transport));
                break;
            case ServiceOutput.Recorded(var happened):
                _outputs.Enqueue(new NetworkOutput.Recorded(happened));
                break;
            default:
                throw new ArgumentException($"The network does not know {output.GetType().Name}", nameof(output));
        }
    }

    private void Perform(NetworkEvent happened)
    {
        switch (happened)
        {
            case NetworkEvent.Arrive arrive:
                Arrive(arrive.Stream, arrive.Segment, arrive.Flight);
                break;
            case NetworkEvent.Acknowledge acknowledge:
                Acknowledge(acknowledge.Stream, acknowledge.Segment);
                break;
            case NetworkEvent.Repeat repeat:
                if (repeat.Stream.IsStuck && repeat.Stream.Timer == repeat.Timer) Repeat(repeat.Stream);
                break;
            case NetworkEvent.Reset reset:
                ArriveReset(reset.Link, reset.AtModem);
                break;
            case NetworkEvent.SendSyn syn:
                SendSyn(syn.Link, syn.Attempt);
                break;
            case NetworkEvent.SynAnswered answered:
                SynAnswered(answered.Link, answered.Attempt);
                break;
            case NetworkEvent.Answer answer:
                ArriveAnswer(answer);
                break;
            case NetworkEvent.Datagram datagram:
                ArriveDatagram(datagram);
                break;
            default:
                throw new InvalidOperationException($"The network cannot do {happened.GetType().Name}");
        }
    }

    private AirLink Link(string modem)
    {
        foreach (var link in _links)
        {
            if (string.Equals(link.Modem, modem, StringComparison.Ordinal)) return link;
        }

        var added = new AirLink(modem, _seed) { IsCovered = !IsActing<DropCoverage>(modem) };
        _links.Add(added);
        return added;
    }

    private void ToModem(AirLink air, AirEvent happened) =>
        _outputs.Enqueue(new NetworkOutput.ToModem(air.Modem, happened));

    private void ToService(ServiceInput input) => _outputs.Enqueue(new NetworkOutput.ToService(input));

    private void Record(AirLink air, SessionEvent happened) =>
        _outputs.Enqueue(new NetworkOutput.Recorded(happened.Of(air.Modem)));
}
