using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using System.Globalization;
using System.Net;

namespace AirHil.Live.Network;

/// <summary>UDP, at both ends.</summary>
/// <param name="shared">What the parts of the network share.</param>
internal sealed class LiveDatagrams(LiveShared shared, LiveNames names, EdgeListeners listeners)
{
    private readonly NetworkState _net = shared.Net;

    /// <summary>UDP sockets that one modem may hold; the oldest makes room.</summary>
    private const int SocketLimit = 64;

    /// <summary>UDP clients that the edge can answer; the oldest makes room.</summary>
    private const int FlowLimit = 1024;

    /// <summary>Bytes that wait on slow links; further datagrams are lost, as in the queue of a network.</summary>
    private const int SlowLimitBytes = 1 << 20;

    private readonly Dictionary<(string Modem, int Life, int Socket, bool IsInside), UdpFlow> _sockets = [];
    private readonly Dictionary<(string Host, int Port), (DatagramSocket Socket, string Host, int Port)>
        _datagramPorts = [];

    private readonly Dictionary<(DatagramSocket Port, IPEndPoint Client), int> _flows = [];
    private readonly SortedDictionary<int, (DatagramSocket Port, IPEndPoint Client, string Modem)> _clients = [];
    private int _nextFlow = 1;
    private long _nextOrder;
    private int _slowBytes;
    private bool _hasLost;

    private sealed record UdpFlow(DatagramSocket Socket, string Modem, long Order);

    public void Send(ModemAir air, AirRequest.SendUdp datagram)
    {
        var own = _net.Hosts.NameOf(datagram.Address);
        var host = own ?? names.NameOf(datagram.Address);
        _net.Record(air, new UdpSent(_net.Now, new Connection(datagram.Socket, host, datagram.Port), datagram.Bytes));
        if (_net.IsBlocked(air, host) || _net.Faults.Strike<RefuseConnections>(air.Modem, host) is not null) return;
        IPEndPoint target;
        if (own is not null)
        {
            if (!_datagramPorts.TryGetValue((own, datagram.Port), out var port)) return;
            target = new IPEndPoint(listeners.InsideAddress, port.Socket.Place.Port);
        }
        else if (shared.Options.Allowed.Contains(host) || shared.Options.Allowed.Contains(datagram.Address))
        {
            if (!IPAddress.TryParse(datagram.Address, out var address)) return;
            target = new IPEndPoint(address, datagram.Port);
        }
        else
        {
            shared.Notice(air.Modem, string.Create(
                CultureInfo.InvariantCulture,
                $"{datagram.Address}:{datagram.Port} is not in reach: allowed are {shared.Options.Allowed}"));
            return;
        }

        var socket = SocketOf(air, datagram.Socket, own is not null);
        Delayed(air.Modem, host, false, datagram.Bytes.Length, () =>
        {
            if (!_net.IsBlocked(air, host)) socket.Send(datagram.Bytes, target);
        });
    }

    /// <summary>A service is to be reached from now on.</summary>
    public void Listen(string host, int port) => listeners.ListenUdp(host, port, place =>
    {
        var socket = new DatagramSocket(place, (at, from, bytes) => shared.Post(() =>
        {
            at.Taken();
            TakeDatagram(at, host, port, from, bytes);
        }));
        _datagramPorts.Add((host, port), (socket, host, port));
        return socket.Place;
    });

    /// <summary>The service answers.</summary>
    public void Answer(ServiceOutput.SendDatagram datagram)
    {
        if (!_clients.TryGetValue(datagram.Flow, out var client)) return; // It made room for others.
        if (client.Modem.Length == 0)
        {
            client.Port.Send(datagram.Bytes, client.Client);
            return;
        }

        Delayed(client.Modem, datagram.Host, true, datagram.Bytes.Length, () =>
        {
            if (shared.IsBlocked(client.Modem, datagram.Host)) return;
            var label = new Connection(datagram.Flow, datagram.Host, datagram.Port);
            _net.Record(client.Modem, new UdpReceived(_net.Now, label, datagram.Bytes));
            client.Port.Send(datagram.Bytes, client.Client);
        });
    }

    /// <summary>The module has restarted: it knows none of its earlier sockets.</summary>
    public void Abandon(ModemAir air)
    {
        foreach (var key in _sockets.Keys.Where(k => k.Modem == air.Modem).ToArray())
        {
            _sockets.Remove(key, out var flow);
            flow!.Socket.Dispose();
        }
    }

    /// <summary>Releases every socket.</summary>
    public void Release()
    {
        foreach (var port in _datagramPorts.Values) port.Socket.Dispose();
        foreach (var flow in _sockets.Values) flow.Socket.Dispose();
    }

    private void Delayed(string modem, string host, bool toModule, int bytes, Action act)
    {
        if (_net.Faults.Find<SlowLink>(modem, host, toModule) is not { } slow)
        {
            act();
            return;
        }

        if (_slowBytes + bytes > SlowLimitBytes)
        {
            if (!_hasLost)
            {
                shared.Notice(modem, $"{SlowLimitBytes} bytes of datagrams wait on a slow link; more are lost");
            }

            _hasLost = true;
            return;
        }

        _slowBytes += bytes;
        shared.After((slow.RoundTrip / 2) + TimeSpan.FromSeconds((double)bytes / slow.BytesPerSecond), () =>
        {
            _slowBytes -= bytes;
            act();
        });
    }

    private DatagramSocket SocketOf(ModemAir air, int number, bool isInside)
    {
        var key = (air.Modem, air.Life, number, isInside);
        if (_sockets.TryGetValue(key, out var known)) return known.Socket;
        var held = _sockets.Where(s => s.Value.Modem == air.Modem).OrderBy(s => s.Value.Order).ToArray();
        if (held.Length >= SocketLimit)
        {
            _sockets.Remove(held[0].Key);
            held[0].Value.Socket.Dispose();
        }

        var place = new IPEndPoint(isInside ? listeners.InsideAddress : IPAddress.Any, 0);
        var life = air.Life;
        var socket = new DatagramSocket(place, (at, from, bytes) => shared.Post(() =>
        {
            at.Taken();
            if (life == air.Life) ArriveDatagram(air, number, isInside, from, bytes);
        }));
        _sockets.Add(key, new UdpFlow(socket, air.Modem, _nextOrder++));
        return socket;
    }

    private void ArriveDatagram(ModemAir air, int number, bool isInside, IPEndPoint from, ReadOnlyMemory<byte> bytes)
    {
        var (address, port) = (from.Address.ToString(), from.Port);
        var host = names.NameOf(address);
        if (isInside)
        {
            // The modem knows the service by the address and port of its name.
            var service = _datagramPorts.Values.FirstOrDefault(p => p.Socket.Place.Port == from.Port);
            if (service.Socket is null) return;
            (host, address, port) = (service.Host, _net.Hosts.Add(service.Host), service.Port);
        }

        Delayed(air.Modem, host, true, bytes.Length, () =>
        {
            if (_net.IsBlocked(air, host)) return;
            _net.Record(air, new UdpReceived(_net.Now, new Connection(number, host, port), bytes));
            _net.ToModem(air, new AirEvent.UdpReceived(number, address, port, bytes));
        });
    }

    /// <summary>A datagram reached the edge.</summary>
    private void TakeDatagram(DatagramSocket at, string host, int port, IPEndPoint from, ReadOnlyMemory<byte> bytes)
    {
        var inside = _sockets.Values.FirstOrDefault(s => s.Socket.Place.Equals(from));
        var modem = inside?.Modem ?? shared.Options.Edge.ModemOf?.Invoke(from.Address) ?? "1";
        var isKnown = _flows.TryGetValue((at, from), out var flow);
        if (inside is null)
        {
            _net.Record(modem, new UdpSent(_net.Now, new Connection(isKnown ? flow : _nextFlow, host, port), bytes));
            if (shared.IsBlocked(modem, host) || _net.Faults.Strike<RefuseConnections>(modem, host) is not null) return;
        }

        if (!isKnown)
        {
            if (_flows.Count >= FlowLimit)
            {
                var oldest = _clients.First();
                _clients.Remove(oldest.Key);
                _flows.Remove((oldest.Value.Port, oldest.Value.Client));
            }

            flow = _nextFlow++;
            _flows.Add((at, from), flow);
            _clients.Add(flow, (at, from, inside is null ? modem : ""));
        }

        var input = new ServiceInput.Datagram(flow, modem, host, port, bytes);
        if (inside is not null) _net.ToService(input);
        else Delayed(modem, host, false, bytes.Length, () => _net.ToService(input));
    }
}
