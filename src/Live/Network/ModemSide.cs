using AirHil.Live.Tls;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>The modem's end of TCP and TLS.</summary>
/// <param name="shared">What the parts of the network share.</param>
internal sealed class ModemSide(LiveShared shared, LiveNames names, EdgeListeners listeners)
{
    private readonly NetworkState _net = shared.Net;

    /// <summary>How the module repeats its SYN.</summary>
    private static readonly NetworkProfile Module = NetworkProfile.LteGood;

    private static readonly TimeSpan SourceMemory = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<int, ModemLink> _links = [];
    private readonly ModemConnections<ModemLink> _byModem = new();

    /// <summary>Our own ends of connections to the edge.</summary>
    private readonly Dictionary<IPEndPoint, ModemLink> _inside = [];

    private static IPEndPoint Anywhere { get; } = new(IPAddress.Any, 0);

    public void Open(ModemAir air, AirRequest.OpenTcp open)
    {
        _byModem.ThrowIfTaken(air.Modem, open.Connection);
        var own = _net.Hosts.NameOf(open.Address);
        var host = own ?? names.NameOf(open.Address);
        var link = new ModemLink(shared.NextLink(), air, open.Connection, host, open.Port, _net.Now)
        {
            Path = shared.NewPath(_net.IsBlocked(air, host), shared.SlowAtModule(air.Modem, host)),
            Target = own is null ? Beyond(air, host, open) : listeners.InsideTarget(own, open.Port),
        };
        if (own is not null && link.Target is not null) link.Source = Anywhere;
        _net.Record(air, new TcpOpening(_net.Now, link.Label, open.Address));
        MakeRoom(air);
        _links.Add(link.Id, link);
        _byModem.Add(air.Modem, open.Connection, link);
        SendSyn(link, 0);
    }

    public void Send(ModemAir air, AirRequest.SendTcp send)
    {
        if (Find(air, send.Connection) is { } link) Send(link, send.Bytes);
    }

    /// <summary>
    /// The operating system cannot be made to probe now, so an end that has told nothing else counts as there.
    /// </summary>
    public void Probe(ModemAir air, AirRequest.ProbeTcp probe)
    {
        if (Find(air, probe.Connection) is not { IsOpen: true } link || _net.IsBlocked(air, link.Host)) return;
        shared.After(shared.RoundTrip(air.Modem, link.Host), () =>
        {
            if (link.IsModemGone || _net.IsBlocked(air, link.Host)) return;
            _net.ToModem(air, new AirEvent.TcpAcknowledged(link.ModemConnection, 0));
        });
    }

    public void StartTls(ModemAir air, AirRequest.StartTls start)
    {
        if (Find(air, start.Connection) is { } link) StartTls(link, start);
    }

    public void Close(ModemAir air, AirRequest.CloseTcp close)
    {
        if (Find(air, close.Connection) is { } link) Close(link, close.Abort);
    }

    /// <summary>Whose connection to the edge comes from there; null: it is none of this run's modems.</summary>
    public ModemLink? FindInside(IPEndPoint source) => _inside.GetValueOrDefault(source);

    /// <summary>The module has restarted: it knows none of its earlier connections.</summary>
    public void Abandon(ModemAir air)
    {
        foreach (var link in _links.Values.Where(l => l.Air == air && !l.IsModemGone).ToArray()) Abandon(link);
    }

    /// <summary>The module lost its address, and this connection with it.</summary>
    public void Abandon(ModemAir air, int connection)
    {
        if (Find(air, connection) is { } link) Abandon(link);
    }

    /// <summary>Connections with a host (null: all), of a modem or of all, end at both ends.</summary>
    public void ResetAll(string? host, string? modem)
    {
        var open = _links.Values
            .Where(l => l.IsOpen && ActingFaults.IsFor(modem, l.Air.Modem) && ActingFaults.IsFor(host, l.Host))
            .ToArray();
        foreach (var link in open) ResetBothEnds(link);
    }

    /// <summary>The process behind a host dies (null: all), for a modem or for all.</summary>
    public void KillAll(string? host, string? modem)
    {
        var killed = _links.Values
            .Where(l => l.IsOpen && ActingFaults.IsFor(modem, l.Air.Modem) && ActingFaults.IsFor(host, l.Host))
            .ToArray();
        foreach (var link in killed)
        {
            link.Connection!.Reset();
            TellClosedOrLater(link);
        }
    }

    /// <summary>A way may have become free, slow or blocked.</summary>
    public void UpdatePaths()
    {
        foreach (var link in _links.Values.ToArray())
        {
            var isBlocked = _net.IsBlocked(link.Air, link.Host);
            link.Path.Set(isBlocked, shared.SlowAtModule(link.Air.Modem, link.Host));
            if (!isBlocked && link.HasSentToNobody) TellClosed(link, reset: true);
        }
    }

    /// <summary>Releases every socket.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var link in _links.Values)
        {
            await link.Trying.CancelAsync();
            link.Answer?.Opened?.Dispose();
            link.Connection?.Dispose();
        }
    }

    private void Abandon(ModemLink link)
    {
        _net.Record(link.Air, new TcpAbandoned(_net.Now, link.Label));
        Leave(link);
        if (link.Connection is { } connection) connection.Forget();
        else Drop(link);
    }

    private ModemLink? Find(ModemAir air, int connection) => _byModem.Find(air.Modem, connection);

    /// <summary>A place in the real world; null where it may not be reached.</summary>
    private IPEndPoint? Beyond(ModemAir air, string host, AirRequest.OpenTcp open)
    {
        if (!shared.Options.Allowed.Contains(host) && !shared.Options.Allowed.Contains(open.Address))
        {
            shared.Notice(air.Modem, string.Create(
                CultureInfo.InvariantCulture,
                $"{open.Address}:{open.Port} is not in reach: allowed are {shared.Options.Allowed}"));
            return null;
        }

        return IPAddress.TryParse(open.Address, out var address) ? new IPEndPoint(address, open.Port) : null;
    }

    private void MakeRoom(ModemAir air)
    {
        var held = _links.Values.Where(l => l.Air == air).ToArray();
        if (held.Length < shared.Options.ConnectionsPerModem) return;
        var oldest = held.FirstOrDefault(l => l.IsModemGone) ?? held[0];
        _net.Record(air, new TcpLimited(_net.Now, oldest.Label));
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
            _net.Record(link.Air, new TcpTimedOut(_net.Now, link.Label, AtService: false));
            Leave(link);
            Drop(link);
            return;
        }

        var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)Module.SynRetryMs * (attempt + 1));
        shared.After(next - _net.Now, () => SendSyn(link, attempt + 1));
        if (_net.IsBlocked(link.Air, link.Host)) return;
        if (link.Answer is not null) SynAnswered(link);
        else if (link.Target is null || IsRefused(link)) Refuse(link);
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
        shared.Beside(async () =>
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

            shared.Post(socket, () => Arrive(error));
        });

        void Arrive(SocketError error)
        {
            link.IsTrying = false;
            if (error != SocketError.Success) socket.Dispose();
            link.Answer = (error == SocketError.Success ? socket : null, error);
            var roundTrip = shared.RoundTrip(link.Air.Modem, link.Host);
            if (roundTrip == TimeSpan.Zero) SynAnswered(link);
            else shared.After(roundTrip, () => SynAnswered(link));
        }
    }

    /// <summary>Binds our end of a connection to the edge, so that the edge knows it when it accepts it.</summary>
    private static IPEndPoint? BindInside(Socket socket, IPEndPoint target)
    {
        try
        {
            socket.Bind(new IPEndPoint(target.Address, 0));
            return (IPEndPoint)socket.LocalEndPoint!;
        }
        catch (SocketException)
        {
            return null; // The connect will tell.
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

        if (_net.IsBlocked(link.Air, link.Host)) return; // A later SYN brings the answer.
        link.Answer = null;
        if (socket is null)
        {
            var why = new SocketException((int)error).Message;
            if (error == SocketError.ConnectionRefused) Refuse(link);
            else shared.Notice(link.Air.Modem, $"{link.Label} does not answer: {why}");
            return;
        }

        if (IsRefused(link))
        {
            socket.Close(0);
            Refuse(link);
            return;
        }

        link.Connection = new LiveConnection(socket, link.Path, e => shared.Post(() => Handle(link, e)));
        _net.Record(link.Air, new TcpOpened(_net.Now, link.Label));
        _net.ToModem(link.Air, new AirEvent.TcpOpened(link.ModemConnection));
        link.Connection.Start(receive: true);
        shared.Track(link.Connection);
        if (_net.Faults.Strike<ResetConnections>(link.Air.Modem, link.Host) is not null) ResetBothEnds(link);
    }

    private bool IsRefused(ModemLink link) =>
        _net.Faults.Strike<RefuseConnections>(link.Air.Modem, link.Host) is not null;

    private void Refuse(ModemLink link)
    {
        _net.Record(link.Air, new TcpRefused(_net.Now, link.Label));
        _net.ToModem(link.Air, new AirEvent.TcpRefused(link.ModemConnection));
        Leave(link);
        Drop(link);
    }

    private void Send(ModemLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.Connection is not { } connection) return; // The modem's stack would have refused it.
        _net.Record(link.Air, new TcpSent(_net.Now, link.Label, bytes));
        if (link.IsPeerGone)
        {
            if (_net.IsBlocked(link.Air, link.Host)) link.HasSentToNobody = true;
            else TellClosed(link, reset: true);
            return;
        }

        connection.Order(new ConnectionOrder.Send(bytes));
        if (connection.WaitingBytes <= LiveNetwork.QueueLimitBytes) return;
        _net.Record(link.Air, new TcpQueueFull(_net.Now, link.Label));
        ResetBothEnds(link);
    }

    private void StartTls(ModemLink link, AirRequest.StartTls start)
    {
        if (link.Connection is not { } connection) return;
        _net.Record(link.Air, new TlsStarted(_net.Now, link.Label));
        var isBlocked = _net.IsBlocked(link.Air, link.Host);
        var fault = isBlocked
            ? _net.Faults.Find<FailTls>(link.Air.Modem, link.Host)
            : _net.Faults.Strike<FailTls>(link.Air.Modem, link.Host);
        switch (fault)
        {
            case { Hang: true }:
                _net.Record(link.Air, new TlsHung(_net.Now, link.Label));
                return;
            case not null when isBlocked:
                // Neither the handshake nor its failure gets through; the connection is left to the module's patience.
                return;
            case not null:
                TlsFailed(link, "handshake failure");
                return;
            default:
                var modem = link.Air.Modem;
                var policy = start.Authorities is { } authorities
                    ? CertificatePolicy.TrustOnly(authorities)
                    : shared.Options.Certificates;
                connection.Order(new ConnectionOrder.SecureAsClient(policy.ClientOptions(
                    start.ServerName, start.Identity, text => shared.Post(() => shared.Notice(modem, text)))));
                return;
        }
    }

    private void TlsFailed(ModemLink link, string reason)
    {
        if (link.IsModemGone || link.IsModemTold) return;
        _net.Record(link.Air, new TlsFailed(_net.Now, link.Label, reason));
        link.IsModemTold = true;
        _net.ToModem(link.Air, new AirEvent.TlsFailed(link.ModemConnection, reason));
    }

    private void Close(ModemLink link, bool abort)
    {
        _net.Record(link.Air, new TcpClosed(_net.Now, link.Label, abort));
        Leave(link);
        if (link.Connection is not { } connection)
        {
            Drop(link);
        }
        else if (link.IsPeerGone || (abort && !_net.IsBlocked(link.Air, link.Host)))
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
                _net.Record(link.Air, new TcpReceived(_net.Now, link.Label, bytes));
                _net.ToModem(link.Air, new AirEvent.TcpReceived(link.ModemConnection, bytes));
                break;
            case ConnectionEvent.Acknowledged(var bytes):
                connection.CountDown(bytes);
                if (link.IsModemGone) break;
                _net.ToModem(link.Air, new AirEvent.TcpAcknowledged(link.ModemConnection, bytes));
                break;
            case ConnectionEvent.Secured when !link.IsModemGone:
                _net.Record(link.Air, new TlsOpened(_net.Now, link.Label));
                _net.ToModem(link.Air, new AirEvent.TlsOpened(link.ModemConnection));
                break;
            case ConnectionEvent.TlsFailed(var reason):
                TlsFailed(link, reason);
                break;
            case ConnectionEvent.Ended(var reset, var gaveUp):
                if (gaveUp) _net.Record(link.Air, new TcpTimedOut(_net.Now, link.Label, AtService: false));
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
        _net.Record(link.Air, new TcpReset(_net.Now, link.Label));
        link.Connection?.Reset();
        if (link.IsModemGone) Drop(link);
        else TellClosedOrLater(link);
    }

    /// <summary>An RST on its way to the modem may get lost; then the next bytes meet another.</summary>
    private void TellClosedOrLater(ModemLink link)
    {
        if (_net.IsCutOff(link.Air)) link.IsPeerGone = true;
        else TellClosed(link, reset: true);
    }

    /// <summary>The modem learns that the peer is gone; after an RST its end is gone too.</summary>
    private void TellClosed(ModemLink link, bool reset)
    {
        if (!link.IsModemGone && !link.IsModemTold)
        {
            link.IsModemTold = true;
            _net.Record(link.Air, new TcpEnded(_net.Now, link.Label, reset));
            _net.ToModem(link.Air, new AirEvent.TcpClosed(link.ModemConnection, reset));
        }

        if (!reset) return;
        Leave(link);
        Drop(link);
    }

    private void Leave(ModemLink link)
    {
        link.IsModemGone = true;
        link.Trying.Cancel();
        _byModem.Remove(link.Air.Modem, link.ModemConnection, link);
    }

    /// <summary>Releases a connection that the modem has left and that nothing more is heard of.</summary>
    private void Drop(ModemLink link)
    {
        _links.Remove(link.Id);
        if (link.Source is not { } source) return;

        // The edge may have yet to accept it, and shall know whose it was.
        shared.After(SourceMemory, () =>
        {
            if (_inside.TryGetValue(source, out var known) && known == link) _inside.Remove(source);
        });
    }
}
