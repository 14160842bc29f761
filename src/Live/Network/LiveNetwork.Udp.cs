using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Live.Network;

/// <summary>UDP, at both ends.</summary>
public sealed partial class LiveNetwork
{
    /// <summary>UDP sockets that one modem may hold; the oldest makes room.</summary>
    private const int SocketLimit = 64;

    /// <summary>UDP clients that the edge can answer; the oldest makes room.</summary>
    private const int FlowLimit = 1024;

    private readonly Dictionary<(string Modem, int Life, int Socket, bool IsInside), UdpFlow> _sockets = [];
    private readonly Dictionary<(string Host, int Port), (DatagramSocket Socket, string Host, int Port)>
        _datagramPorts = [];

    private readonly Dictionary<(DatagramSocket Port, IPEndPoint Client), int> _flows = [];
    private readonly SortedDictionary<int, (DatagramSocket Port, IPEndPoint Client, string Modem)> _clients = [];
    private int _nextFlow = 1;

    private sealed record UdpFlow(DatagramSocket Socket, string Modem, long Order);

    private void SendDatagram(LiveAir air, AirRequest.SendUdp datagram)
    {
        var own = Hosts.NameOf(datagram.Address);
        var host = own ?? _names.GetValueOrDefault(datagram.Address, datagram.Address);
        Record(air, new UdpSent(_now, new Connection(datagram.Socket, host, datagram.Port), datagram.Bytes));
        if (IsBlocked(air, host) || IsRefused(air.Modem, host)) return;
        IPEndPoint target;
        if (own is not null)
        {
            if (!_datagramPorts.TryGetValue((own, datagram.Port), out var port)) return;
            target = new IPEndPoint(InsideAddress, port.Socket.Place.Port);
        }
        else if (_options.Allowed.Contains(host) || _options.Allowed.Contains(datagram.Address))
        {
            if (!IPAddress.TryParse(datagram.Address, out var address)) return;
            target = new IPEndPoint(address, datagram.Port);
        }
        else
        {
            Notice(air.Modem, string.Create(
                CultureInfo.InvariantCulture,
                $"{datagram.Address}:{datagram.Port} is not in reach: allowed are {_options.Allowed}"));
            return;
        }

        var socket = SocketOf(air, datagram.Socket, own is not null);
        Delayed(air.Modem, datagram.Bytes.Length, () =>
        {
            if (!IsBlocked(air, host)) socket.Send(datagram.Bytes, target);
        });
    }

    private void Delayed(string modem, int bytes, Action act)
    {
        if (Acting<SlowLink>(modem) is not { } slow) act();
        else After((slow.RoundTrip / 2) + TimeSpan.FromSeconds((double)bytes / slow.BytesPerSecond), act);
    }

    private DatagramSocket SocketOf(LiveAir air, int number, bool isInside)
    {
        var key = (air.Modem, air.Life, number, isInside);
        if (_sockets.TryGetValue(key, out var known)) return known.Socket;
        var held = _sockets.Where(s => s.Value.Modem == air.Modem).OrderBy(s => s.Value.Order).ToArray();
        if (held.Length >= SocketLimit)
        {
            _sockets.Remove(held[0].Key);
            held[0].Value.Socket.Dispose();
        }

        var place = new IPEndPoint(isInside ? InsideAddress : IPAddress.Any, 0);
        var life = air.Life;
        var socket = new DatagramSocket(place, (at, from, bytes) => Post(() =>
        {
            at.Taken();
            if (life == air.Life) ArriveDatagram(air, number, isInside, from, bytes);
        }));
        _sockets.Add(key, new UdpFlow(socket, air.Modem, _order++));
        return socket;
    }

    private void ArriveDatagram(LiveAir air, int number, bool isInside, IPEndPoint from, ReadOnlyMemory<byte> bytes)
    {
        var (address, port) = (from.Address.ToString(), from.Port);
        var host = _names.GetValueOrDefault(address, address);
        if (isInside)
        {
            // The modem knows the service by the address and port of its name.
            var service = _datagramPorts.Values.FirstOrDefault(p => p.Socket.Place.Port == from.Port);
            if (service.Socket is null) return;
            (host, address, port) = (service.Host, Hosts.Add(service.Host), service.Port);
        }

        Delayed(air.Modem, bytes.Length, () =>
        {
            if (IsBlocked(air, host)) return;
            Record(air, new UdpReceived(_now, new Connection(number, host, port), bytes));
            ToModem(air, new AirEvent.UdpReceived(number, address, port, bytes));
        });
    }

    private void ListenUdp(string host, int port)
    {
        Hosts.Add(host);
        var place = new IPEndPoint(_options.Edge.Address, ListenPort(host, port));
        try
        {
            var socket = new DatagramSocket(place, (at, from, bytes) => Post(() =>
            {
                at.Taken();
                TakeDatagram(at, host, port, from, bytes);
            }));
            _datagramPorts.Add((host, port), (socket, host, port));
            _places[(host, port)] = socket.Place;
            Notice("", string.Create(CultureInfo.InvariantCulture, $"{host}:{port} is served at {socket.Place} (UDP)"));
        }
        catch (SocketException problem)
        {
            throw CannotListen(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), place, problem);
        }
    }

    /// <summary>A datagram reached the edge.</summary>
    private void TakeDatagram(DatagramSocket at, string host, int port, IPEndPoint from, ReadOnlyMemory<byte> bytes)
    {
        var inside = _sockets.Values.FirstOrDefault(s => s.Socket.Place.Equals(from));
        var modem = inside?.Modem ?? _options.Edge.ModemOf?.Invoke(from.Address) ?? "1";
        var isKnown = _flows.TryGetValue((at, from), out var flow);
        if (inside is null)
        {
            Record(modem, new UdpSent(_now, new Connection(isKnown ? flow : _nextFlow, host, port), bytes));
            if (IsBlocked(modem, host) || IsRefused(modem, host)) return;
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
        if (inside is not null) ToService(input);
        else Delayed(modem, bytes.Length, () => ToService(input));
    }

    private void AnswerDatagram(ServiceOutput.SendDatagram datagram)
    {
        if (!_clients.TryGetValue(datagram.Flow, out var client)) return; // It made room for others.
        if (client.Modem.Length == 0)
        {
            client.Port.Send(datagram.Bytes, client.Client);
            return;
        }

        Delayed(client.Modem, datagram.Bytes.Length, () =>
        {
            if (IsBlocked(client.Modem, datagram.Host)) return;
            var label = new Connection(datagram.Flow, datagram.Host, datagram.Port);
            Record(client.Modem, new UdpReceived(_now, label, datagram.Bytes));
            client.Port.Send(datagram.Bytes, client.Client);
        });
    }
}
