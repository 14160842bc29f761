using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>Coverage, faults, DNS and UDP.</summary>
public sealed partial class SimulatedNetwork
{
    private readonly Dictionary<(string Modem, int Life, int Socket), int> _flows = [];
    private readonly SortedDictionary<int, (AirLink Air, int Life, int Socket)> _flowOwners = [];
    private int _nextFlow = 1;

    private void SwitchRadio(AirLink air, bool isOn)
    {
        air.IsRadioOn = isOn;
        if (!isOn) return;
        air.Life++;
        Abandon(air);
        air.IsCovered = !IsActing<DropCoverage>(air.Modem);
        ToModem(air, new AirEvent.CoverageChanged(air.IsCovered));
    }

    /// <summary>The module has restarted: it knows none of its earlier connections and sockets.</summary>
    private void Abandon(AirLink air)
    {
        foreach (var link in _connections.Values.Where(l => l.Air == air && !l.IsModemGone).ToArray())
        {
            Record(air, new TcpAbandoned(_now, link.Label));
            LeaveModem(link);
            link.Up.Clear();
            Settle(link);
        }

        foreach (var flow in _flowOwners.Where(f => f.Value.Air == air).Select(f => f.Key).ToArray())
        {
            var owner = _flowOwners[flow];
            _flowOwners.Remove(flow);
            _flows.Remove((air.Modem, owner.Life, owner.Socket));
        }
    }

    private void Begin(NetworkFault fault, string? modem)
    {
        if (fault is ResetConnections)
        {
            foreach (var link in _connections.Values.Where(l => l.IsOpen && IsFor(modem, l.Air.Modem)).ToArray())
            {
                ResetBothEnds(link);
            }

            return;
        }

        _faults.Add((fault, modem));
        UpdateCoverage();
        if (fault is not RefuseConnections down) return;
        var killed = _connections.Values.Where(l => IsFor(modem, l.Air.Modem) && IsFor(down.Host, l.Host)).ToArray();
        foreach (var link in killed) KillAtService(link);
    }

    private void UpdateCoverage()
    {
        foreach (var air in _links)
        {
            var isCovered = !IsActing<DropCoverage>(air.Modem);
            if (isCovered == air.IsCovered) continue;
            air.IsCovered = isCovered;
            Record(air, new CoverageChanged(_now, isCovered));
            if (air.IsRadioOn) ToModem(air, new AirEvent.CoverageChanged(isCovered));
        }
    }

    /// <summary>Null stands for all.</summary>
    private static bool IsFor(string? named, string actual) =>
        named is null || string.Equals(named, actual, StringComparison.OrdinalIgnoreCase);

    private bool IsActing<T>(string modem)
        where T : NetworkFault => Acting<T>(modem) is not null;

    private T? Acting<T>(string modem)
        where T : NetworkFault
    {
        foreach (var (fault, target) in _faults)
        {
            if (fault is T found && IsFor(target, modem)) return found;
        }

        return null;
    }

    /// <summary>Nothing passes between the modem and the network.</summary>
    private bool IsCutOff(AirLink air) => !air.IsRadioOn || !air.IsCovered || IsActing<BlackHole>(air.Modem);

    /// <summary>Nothing passes between the modem and the host.</summary>
    private bool IsBlocked(AirLink air, string host)
    {
        if (IsCutOff(air) || host.Length == 0) return true;
        foreach (var (fault, modem) in _faults)
        {
            if (fault is SilentHost silent && IsFor(modem, air.Modem) && IsFor(silent.Host, host)) return true;
        }

        return false;
    }

    private bool IsRefused(AirLink air, string host)
    {
        foreach (var (fault, modem) in _faults)
        {
            if (fault is RefuseConnections down && IsFor(modem, air.Modem) && IsFor(down.Host, host)) return true;
        }

        return false;
    }

    private TimeSpan Delay(AirLink air, bool isUp, int bytes)
    {
        var slow = Acting<SlowLink>(air.Modem);
        var roundTripMs =
            slow is null ? _profile.RoundTripMs : Math.Max(_profile.RoundTripMs, (int)slow.RoundTrip.TotalMilliseconds);
        var rate = isUp ? _profile.UplinkBytesPerSecond : _profile.DownlinkBytesPerSecond;
        if (slow is not null) rate = Math.Min(rate, slow.BytesPerSecond);
        var upMs = roundTripMs / 2;
        return (isUp ? air.Up : air.Down).Delay(bytes, rate, isUp ? upMs : roundTripMs - upMs, _profile.JitterMs, _now);
    }

    /// <summary>What a slow link adds to a time that the profile gives as a whole.</summary>
    private TimeSpan Extra(AirLink air, int roundTrips, int bytes)
    {
        if (Acting<SlowLink>(air.Modem) is not { } slow) return TimeSpan.Zero;
        var trip = slow.RoundTrip - TimeSpan.FromMilliseconds(_profile.RoundTripMs);
        if (trip < TimeSpan.Zero) trip = TimeSpan.Zero;
        return (trip * roundTrips) + TimeSpan.FromMilliseconds(1000L * bytes / slow.BytesPerSecond);
    }

    private bool IsLost(AirLink air) => _profile.LossPercent > 0 && air.Loss.NextDouble() * 100 < _profile.LossPercent;

    private void Resolve(AirLink air, AirRequest.ResolveHost query)
    {
        Record(air, new DnsAsked(_now, query.Host));
        var address = Hosts.AddressOf(query.Host);
        if (address is null && _hinted.Add(query.Host))
        {
            _outputs.Enqueue(new NetworkOutput.UnknownHost(air.Modem, query.Host));
        }

        var isSilent = address is null && _profile.UnknownHosts == UnknownHostPolicy.Silence;
        foreach (var (fault, modem) in _faults)
        {
            if (fault is not FailDns fail || !IsFor(modem, air.Modem) || !IsFor(fail.Host, query.Host)) continue;
            address = null;
            isSilent = fail.Silence;
        }

        var wayThere = Delay(air, true, 60);
        if (isSilent || IsCutOff(air) || IsLost(air) || IsLost(air)) return;
        var beyond = TimeSpan.FromMilliseconds(_profile.DnsMs - (_profile.RoundTripMs / 2)) + Extra(air, 1, 120);
        var due = _now + wayThere + beyond;
        if (due < _now) due = _now;
        AirEvent answer =
            address is null ? new AirEvent.HostNotFound(query.Query) : new AirEvent.HostResolved(query.Query, address);
        _due.Add(due, new NetworkEvent.Answer(air, air.Life, query.Host, answer));
    }

    private void ArriveAnswer(NetworkEvent.Answer answer)
    {
        if (answer.Life != answer.Air.Life || IsCutOff(answer.Air)) return;
        switch (answer.Event)
        {
            case AirEvent.HostResolved resolved:
                Record(answer.Air, new DnsAnswered(_now, answer.Host, resolved.Address));
                break;
            case AirEvent.HostNotFound:
                Record(answer.Air, new DnsAnswered(_now, answer.Host, null));
                break;
            case AirEvent.UdpReceived received:
                Record(answer.Air, new UdpReceived(
                    _now, new Connection(received.Socket, answer.Host, received.Port), received.Bytes));
                break;
            default:
                throw new InvalidOperationException($"{answer.Event.GetType().Name} is no answer");
        }

        ToModem(answer.Air, answer.Event);
    }

    private void SendDatagram(AirLink air, AirRequest.SendUdp datagram)
    {
        var host = Hosts.NameOf(datagram.Address) ?? "";
        var label = new Connection(datagram.Socket, host.Length == 0 ? datagram.Address : host, datagram.Port);
        Record(air, new UdpSent(_now, label, datagram.Bytes));
        var delay = Delay(air, true, datagram.Bytes.Length + 28);
        if (IsLost(air) || IsBlocked(air, host)) return;
        var key = (air.Modem, air.Life, datagram.Socket);
        if (!_flows.TryGetValue(key, out var flow))
        {
            flow = _nextFlow++;
            _flows.Add(key, flow);
            _flowOwners.Add(flow, (air, air.Life, datagram.Socket));
        }

        var input = new ServiceInput.Datagram(flow, air.Modem, host, datagram.Port, datagram.Bytes);
        _due.Add(_now + delay, new NetworkEvent.Datagram(air, input));
    }

    private void ArriveDatagram(NetworkEvent.Datagram datagram)
    {
        var (air, input) = datagram;
        if (IsBlocked(air, input.Host) || IsRefused(air, input.Host)) return;
        if (_listeners.Contains((input.Host, input.Port, ServiceTransport.Udp))) ToService(input);
    }

    private void AnswerDatagram(ServiceOutput.SendDatagram datagram)
    {
        if (!_flowOwners.TryGetValue(datagram.Flow, out var owner)) return; // The module that asked has restarted.
        var (air, life, socket) = owner;
        var delay = Delay(air, false, datagram.Bytes.Length + 28);
        if (IsLost(air) || IsBlocked(air, datagram.Host)) return;
        var answer = new AirEvent.UdpReceived(socket, Hosts.Add(datagram.Host), datagram.Port, datagram.Bytes);
        _due.Add(_now + delay, new NetworkEvent.Answer(air, life, datagram.Host, answer));
    }
}
