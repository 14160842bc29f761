using System.Globalization;
using System.Net.Sockets;
using System.Net;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Live.Network;

/// <summary>The modem's end of TCP and TLS.</summary>
public sealed partial class LiveNetwork
{
    private static readonly TimeSpan SourceMemory = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<int, ModemLink> _links = [];
    private readonly Dictionary<(string Modem, int Connection), ModemLink> _byModem = [];

    /// <summary>Our own ends of connections to the edge.</summary>
    private readonly Dictionary<IPEndPoint, ModemLink> _inside = [];

    private void OpenTcp(LiveAir air, AirRequest.OpenTcp open)
    {
        if (_byModem.ContainsKey((air.Modem, open.Connection)))
        {
            throw new ArgumentException($"Modem {air.Modem} opens connection {open.Connection} twice", nameof(open));
        }

        var own = Hosts.NameOf(open.Address);
        var host = own ?? _names.GetValueOrDefault(open.Address, open.Address);
        var link = new ModemLink(_nextLink++, air, open.Connection, host, open.Port, _now)
        {
            Path = NewPath(IsBlocked(air, host), Acting<SlowLink>(air.Modem)),
            Target = own is null ? Beyond(air, host, open) : InsideTarget(own, open.Port),
        };
        if (own is not null && link.Target is not null) link.Source = Anywhere;
        Record(air, new TcpOpening(_now, link.Label, open.Address));
        MakeRoom(air);
        _links.Add(link.Id, link);
        _byModem.Add((air.Modem, open.Connection), link);
        SendSyn(link, 0);
    }

    /// <summary>A place in the real world; null where it may not be reached.</summary>
    private IPEndPoint? Beyond(LiveAir air, string host, AirRequest.OpenTcp open)
    {
        if (!_options.Allowed.Contains(host) && !_options.Allowed.Contains(open.Address))
        {
            Notice(air.Modem, string.Create(
                CultureInfo.InvariantCulture,
                $"{open.Address}:{open.Port} is not in reach: allowed are {_options.Allowed}"));
            return null;
        }

        return IPAddress.TryParse(open.Address, out var address) ? new IPEndPoint(address, open.Port) : null;
    }

    private void MakeRoom(LiveAir air)
    {
        var held = _links.Values.Where(l => l.Air == air).ToArray();
        if (held.Length < _options.ConnectionsPerModem) return;
        var oldest = held.FirstOrDefault(l => l.IsModemGone) ?? held[0];
        Record(air, new TcpLimited(_now, oldest.Label));
        ResetBothEnds(oldest);
    }

    /// <summary>
    /// A SYN of the module, or its repetition: the wait is constant, and it stops after TCP_SYNMAXRTX (reference
    /// §3.6). The operating system repeats its own; the module's instants say when a way that was blocked is tried
    /// again.
    /// </summary>
    private void SendSyn(ModemLink link, int attempt)
    {
        if (link.IsModemGone || link.IsOpen) return;
        if (attempt > Module.SynRetries)
        {
            // Silence is the answer; the modem's own stack ends the connect.
            Record(link.Air, new TcpTimedOut(_now, link.Label, AtService: false));
            Leave(link);
            Drop(link);
            return;
        }

        var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)Module.SynRetryMs * (attempt + 1));
        After(next - _now, () => SendSyn(link, attempt + 1));
        if (IsBlocked(link.Air, link.Host)) return;
        if (link.Answer is not null) SynAnswered(link);
        else if (link.Target is null || IsRefused(link.Air.Modem, link.Host)) Refuse(link);
        else if (!link.IsTrying) Connect(link, link.Target);
    }

    private void Connect(ModemLink link, IPEndPoint target)
    {
        link.IsTrying = true;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (link.Source is not null && BindInside(socket, target) is { } source)
        {
            link.Source = source;
            _inside[source] = link;
        }

        var stop = link.Trying.Token;
        Beside(async () =>
        {
            var error = SocketError.Success;
            try
            {
                await socket.ConnectAsync(target, stop);
            }
            catch (SocketException problem)
            {
                error = problem.SocketErrorCode;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                return;
            }

            Post(socket, () => Arrive(error));
        });

        void Arrive(SocketError error)
        {
            link.IsTrying = false;
            if (error != SocketError.Success) socket.Dispose();
            link.Answer = (error == SocketError.Success ? socket : null, error);
            if (Acting<SlowLink>(link.Air.Modem) is { } slow) After(slow.RoundTrip, () => SynAnswered(link));
            else SynAnswered(link);
        }
    }

    private void SynAnswered(ModemLink link)
    {
        if (link.Answer is not var (socket, error) || link.IsOpen) return;
        if (link.IsModemGone)
        {
            link.Answer = null;
            socket?.Dispose();
            return;
        }

        if (IsBlocked(link.Air, link.Host)) return; // A later SYN brings the answer.
        link.Answer = null;
        if (socket is null)
        {
            if (error == SocketError.ConnectionRefused) Refuse(link);
            else Notice(link.Air.Modem, $"{link.Label} does not answer: {new SocketException((int)error).Message}");
            return;
        }

        if (IsRefused(link.Air.Modem, link.Host))
        {
            socket.Close(0);
            Refuse(link);
            return;
        }

        link.Connection = new LiveConnection(socket, link.Path, e => Post(() => Handle(link, e)));
        Record(link.Air, new TcpOpened(_now, link.Label));
        ToModem(link.Air, new AirEvent.TcpOpened(link.ModemConnection));
        link.Connection.Start(receive: true);
        Track(link.Connection);
    }

    private void Refuse(ModemLink link)
    {
        Record(link.Air, new TcpRefused(_now, link.Label));
        ToModem(link.Air, new AirEvent.TcpRefused(link.ModemConnection));
        Leave(link);
        Drop(link);
    }

    private void Send(ModemLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.Connection is not { } connection) return; // The modem's stack would have refused it.
        Record(link.Air, new TcpSent(_now, link.Label, bytes));
        if (link.IsPeerGone)
        {
            if (IsBlocked(link.Air, link.Host)) link.HasSentToNobody = true;
            else TellClosed(link, reset: true);
            return;
        }

        connection.Order(new ConnectionOrder.Send(bytes));
        if (connection.WaitingBytes <= QueueLimitBytes) return;
        Record(link.Air, new TcpQueueFull(_now, link.Label));
        ResetBothEnds(link);
    }

    private void StartTls(ModemLink link, string serverName)
    {
        if (link.Connection is not { } connection) return;
        Record(link.Air, new TlsStarted(_now, link.Label));
        switch (Acting<FailTls>(link.Air.Modem))
        {
            case { Hang: true }:
                Record(link.Air, new TlsHung(_now, link.Label));
                return;
            case not null when IsBlocked(link.Air, link.Host):
                // Neither the handshake nor its failure gets through; the connection is left to the module's patience.
                return;
            case not null:
                TlsFailed(link, "handshake failure");
                return;
            default:
                var modem = link.Air.Modem;
                connection.Order(new ConnectionOrder.SecureAsClient(_options.Certificates.ClientOptions(
                    serverName, text => Post(() => Notice(modem, text)))));
                return;
        }
    }

    private void TlsFailed(ModemLink link, string reason)
    {
        if (link.IsModemGone || link.IsModemTold) return;
        Record(link.Air, new TlsFailed(_now, link.Label, reason));
        link.IsModemTold = true;
        ToModem(link.Air, new AirEvent.TlsFailed(link.ModemConnection, reason));
    }

    private void Close(ModemLink link, bool abort)
    {
        Record(link.Air, new TcpClosed(_now, link.Label, abort));
        Leave(link);
        if (link.Connection is not { } connection)
        {
            Drop(link);
        }
        else if (link.IsPeerGone || (abort && !IsBlocked(link.Air, link.Host)))
        {
            connection.Reset();
            Drop(link);
        }
        else
        {
            // An RST that cannot get through is lost; what the peer sends later is answered by another.
            if (!abort) connection.Order(new ConnectionOrder.Finish());
            connection.Forget();
        }
    }

    private void Handle(ModemLink link, ConnectionEvent happened)
    {
        if (link.Connection is not { } connection || !_links.ContainsKey(link.Id)) return;
        switch (happened)
        {
            case ConnectionEvent.Received(var bytes):
                connection.Consumed(bytes.Length);
                if (link.IsModemGone) return;
                Record(link.Air, new TcpReceived(_now, link.Label, bytes));
                ToModem(link.Air, new AirEvent.TcpReceived(link.ModemConnection, bytes));
                break;
            case ConnectionEvent.Acknowledged(var bytes):
                connection.CountDown(bytes);
                if (!link.IsModemGone) ToModem(link.Air, new AirEvent.TcpAcknowledged(link.ModemConnection, bytes));
                break;
            case ConnectionEvent.Secured when !link.IsModemGone:
                Record(link.Air, new TlsOpened(_now, link.Label));
                ToModem(link.Air, new AirEvent.TlsOpened(link.ModemConnection));
                break;
            case ConnectionEvent.TlsFailed(var reason):
                TlsFailed(link, reason);
                break;
            case ConnectionEvent.Ended(var reset, var gaveUp):
                if (gaveUp) Record(link.Air, new TcpTimedOut(_now, link.Label, AtService: false));
                if (link.IsModemGone || reset) connection.Dispose();
                if (link.IsModemGone) Drop(link);
                else TellClosed(link, reset);
                break;
            default:
                break; // The modem that it is for has gone.
        }
    }

    private void ResetBothEnds(ModemLink link)
    {
        Record(link.Air, new TcpReset(_now, link.Label));
        link.Connection?.Reset();
        if (link.IsModemGone) Drop(link);
        else TellClosedOrLater(link);
    }

    /// <summary>An RST on its way to the modem may get lost; then the next bytes meet another.</summary>
    private void TellClosedOrLater(ModemLink link)
    {
        if (IsCutOff(link.Air)) link.IsPeerGone = true;
        else TellClosed(link, reset: true);
    }

    /// <summary>The modem learns that the peer is gone; after an RST its end is gone too.</summary>
    private void TellClosed(ModemLink link, bool reset)
    {
        if (!link.IsModemGone && !link.IsModemTold)
        {
            link.IsModemTold = true;
            Record(link.Air, new TcpEnded(_now, link.Label, reset));
            ToModem(link.Air, new AirEvent.TcpClosed(link.ModemConnection, reset));
        }

        if (!reset) return;
        Leave(link);
        Drop(link);
    }

    private void Leave(ModemLink link)
    {
        link.IsModemGone = true;
        link.Trying.Cancel();
        if (_byModem.TryGetValue((link.Air.Modem, link.ModemConnection), out var known) && known == link)
        {
            _byModem.Remove((link.Air.Modem, link.ModemConnection));
        }
    }

    /// <summary>Releases a connection that the modem has left and that nothing more is heard of.</summary>
    private void Drop(ModemLink link)
    {
        _links.Remove(link.Id);
        if (link.Source is not { } source) return;

        // The edge may have yet to accept it, and shall know whose it was.
        After(SourceMemory, () =>
        {
            if (_inside.TryGetValue(source, out var known) && known == link) _inside.Remove(source);
        });
    }
}
