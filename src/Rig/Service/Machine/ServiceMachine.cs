using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Rig.Service.Machine;

/// <summary>
/// The service side of a run: any number of endpoints of any protocol. It accepts connections and gives each to its
/// protocol; it owns all bytes, so it can misbehave on purpose (<see cref="ServiceFault"/>).
/// </summary>
internal sealed class ServiceMachine : ISansIoMachine<ServiceInput, ServiceOutput>
{
    /// <summary>Connections at one time; a further one is closed at once, on the record.</summary>
    private const int ConnectionLimit = 4096;

    /// <summary>Unfinished frames and messages of all connections, in bytes; who exceeds it is closed.</summary>
    private const int HeldLimit = 64 << 20;

    private readonly EndpointList _endpoints = new();
    private readonly Dictionary<(ServiceProtocol Protocol, string Host), ServiceSite> _sites = [];
    private readonly Dictionary<(string Host, int Port), ServiceSite> _morePorts = [];
    private readonly ServiceSide _side;

    /// <summary>A service with these endpoints; its first outputs say where it listens.</summary>
    /// <param name="startDate">Calendar time at the run's time 0.</param>
    /// <param name="seed">The run's.</param>
    public ServiceMachine(IEnumerable<Endpoint> endpoints, DateTimeOffset startDate, ulong seed = 1)
    {
        _side = new ServiceSide(startDate, seed);
        foreach (var endpoint in endpoints) Add(endpoint);
    }

    public TimeSpan? NextTimeout => _side.NextTimeout;

    /// <inheritdoc/>
    public void Handle(ServiceInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case ServiceInput.Received received:
                if (_side.ConnectionOf(received.Connection) is { } connection) Receive(connection, received.Bytes);
                break;
            case ServiceInput.Accepted accepted:
                Accept(accepted);
                break;
            case ServiceInput.Closed closed:
                PeerGone(closed);
                break;
            case ServiceInput.Datagram datagram:
                _side.Record(datagram.Client, new DatagramIn(_side.Now, datagram.Label, datagram.Bytes));
                _endpoints.At(datagram.Host, datagram.Port, isUdp: true).Select(SiteOf).FirstOrDefault()
                    ?.Take(datagram);
                break;
            case ServiceInput.SendText push:
                Push(push.Url, ServiceMessage.Of(push.Text));
                break;
            case ServiceInput.SendBinary push:
                Push(push.Url, new ServiceMessage(push.Bytes, false));
                break;
            case ServiceInput.SendPing ping:
                Ping(ping);
                break;
            case ServiceInput.AddEndpoint add:
                Add(add.Endpoint);
                break;
            case ServiceInput.Begin begin:
                Begin(begin.Fault);
                break;
            case ServiceInput.End end:
                _side.End(end.Fault, end.Place);
                break;
            default:
                throw new ArgumentException($"The service does not know {input.GetType().Name}", nameof(input));
        }

        HandleTimeout(now);
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now) => _side.HandleTimeout(now);

    /// <inheritdoc/>
    public bool TryTake(out ServiceOutput output) => _side.TryTake(out output);

    private void Add(Endpoint endpoint)
    {
        var url = endpoint.Url;
        var isNew = !_endpoints.Listens(url);
        _endpoints.Add(endpoint);
        var protocol = ProtocolTable.Of(url.Scheme);
        if (!_sites.TryGetValue((protocol, url.Host), out var site))
        {
            _sites.Add((protocol, url.Host), site = protocol.Open(_side));
        }

        site.Add(endpoint);
        if (!isNew) return;
        if (!_morePorts.Remove((url.Host, url.Port))) Listen(url, url.Port);
        foreach (var port in site.MorePorts)
        {
            var isTaken = _endpoints.At(url.Host, port, isUdp: false).Any();
            if (!isTaken && _morePorts.TryAdd((url.Host, port), site)) Listen(url, port);
        }
    }

    private void Listen(ServiceUrl url, int port) =>
        _side.Tell(new ServiceOutput.Listening(url.Host, port, url.Transport));

    /// <summary>What serves a new connection.</summary>
    private ServiceSession? Open(ServiceConnection connection, string host)
    {
        var sites = _endpoints.At(host, connection.Port, isUdp: false).Select(SiteOf).Distinct().ToArray();
        if (sites.Length == 0) return _morePorts.GetValueOrDefault((host, connection.Port))?.Accept(connection);
        if (sites.Length == 1) return sites[0].Accept(connection);
        return new WebDoor(
            _side, connection,
            isUpgrade => Array.Find(sites, site => site is WebSocketSite == isUpgrade)!.Accept(connection));
    }

    private ServiceSite SiteOf(Endpoint endpoint) =>
        _sites[(ProtocolTable.Of(endpoint.Url.Scheme), endpoint.Url.Host)];

    private void Accept(ServiceInput.Accepted accepted)
    {
        var connection = new ServiceConnection(accepted.Connection, accepted.Client, accepted.Host, accepted.Port);
        if (_side.Connections.Count >= ConnectionLimit)
        {
            _side.Record(accepted.Client, new ServiceLimited(
                _side.Now, connection.Label, "more connections than the service holds"));
            _side.Tell(new ServiceOutput.Close(accepted.Connection, true));
            return;
        }

        var session = Open(connection, accepted.Host) ?? throw new InvalidOperationException(
            $"a connection to {connection.Label.Place} was accepted, where the service does not listen");
        _side.Add(connection);
        _side.Record(accepted.Client,
            new ServiceAccepted(_side.Now, connection.Label, accepted.Tls, accepted.ServerName));
        connection.Session = session;
        session.Begin();
    }

    private void Receive(ServiceConnection connection, ReadOnlyMemory<byte> bytes)
    {
        if (connection.Session is not { } session) return;
        session.Receive(bytes);
        _side.Count(connection);
        if (_side.HeldBytes > HeldLimit && !connection.IsGone)
        {
            session.Overflow($"the service holds more than {HeldLimit} unfinished bytes");
        }
    }

    private void PeerGone(ServiceInput.Closed closed)
    {
        if (_side.ConnectionOf(closed.Connection) is not { } connection) return;
        _side.Drop(connection);
        connection.Session?.PeerGone(closed.Reset);
        if (!closed.Reset) _side.Tell(new ServiceOutput.Close(closed.Connection, false));
    }

    private void Push(string? url, ServiceMessage message)
    {
        Endpoint? only = null;
        if (url is not null)
        {
            (var target, only) = _endpoints.ForPush(url);
            if (SiteOf(only).Push(target, message)) return;
        }

        var reached = 0;
        foreach (var connection in _side.Connections)
        {
            if (connection.Session is not { } session) continue;
            if (only is not null && session.Endpoint?.Url != only.Url) continue;
            if (session.Push(message)) reached++;
        }

        if (reached == 0) _side.Record("1", new PushReachedNobody(_side.Now, message.IsText ? message.Text : ""));
    }

    private void Ping(ServiceInput.SendPing ping)
    {
        var only = ping.Url is null ? null : _endpoints.Named(ping.Url).Endpoint;
        var reached = 0;
        foreach (var connection in _side.Connections.ToArray())
        {
            if (connection.Session is not { } session) continue;
            if ((only is null || session.Endpoint?.Url == only.Url) && session.Ping(ping.Bytes)) reached++;
        }

        if (reached > 0) return;
        _side.Record("1", new NetworkNoticed(
            _side.Now, "a ping was sent while no WebSocket was open to the service: it reached nobody"));
    }

    private void Begin(ServiceFault fault)
    {
        if (!fault.IsMoment)
        {
            _side.Begin(fault);
            return;
        }

        foreach (var connection in _side.Connections.Where(c => fault.Limits.IsFor(c.Label.Host)).ToArray())
        {
            connection.Session?.Suffer(fault);
        }
    }
}
