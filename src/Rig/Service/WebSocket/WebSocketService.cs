using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>
/// The service side of a run: a WebSocket server (RFC 6455) with any number of endpoints, raw TCP and UDP endpoints
/// beside them. It owns its frames, so it can misbehave on purpose (<see cref="ServiceFault"/>).
/// </summary>
internal sealed partial class WebSocketService : ISansIoMachine<ServiceInput, ServiceOutput>
{
    /// <summary>Connections at one time; a further one is closed at once, on the record.</summary>
    public const int ConnectionLimit = 4096;

    /// <summary>Unfinished frames and messages of all connections, in bytes; who exceeds it is closed.</summary>
    public const int HeldLimit = 64 << 20;

    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a close frame may stay unanswered before the service hangs up.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly List<Endpoint> _endpoints = [];
    private readonly SortedDictionary<int, ServiceConnection> _connections = [];
    private readonly List<ServiceFault> _faults = [];
    private readonly DueQueue<ServiceAction> _due = new();
    private readonly Queue<ServiceOutput> _outputs = new();
    private readonly List<ServiceMessage> _answers = [];
    private TimeSpan _now;
    private long _held;

    /// <summary>A service with these endpoints; its first outputs say where it listens.</summary>
    public WebSocketService(IEnumerable<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints) Add(endpoint);
    }

    public TimeSpan? NextTimeout => _due.Next;

    /// <inheritdoc/>
    public void Handle(ServiceInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case ServiceInput.Received received:
                if (_connections.TryGetValue(received.Connection, out var connection))
                {
                    Receive(connection, received.Bytes);
                }

                break;
            case ServiceInput.Accepted accepted:
                Accept(accepted);
                break;
            case ServiceInput.Closed closed:
                PeerGone(closed);
                break;
            case ServiceInput.Datagram datagram:
                TakeDatagram(datagram);
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
                _faults.Remove(end.Fault);
                break;
            default:
                throw new ArgumentException($"The service does not know {input.GetType().Name}", nameof(input));
        }

        HandleTimeout(now);
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        while (_due.Next is { } due && due <= now && _due.TryTakeDue(now, out var action))
        {
            if (due > _now) _now = due;
            Perform(action);
        }

        if (now > _now) _now = now;
    }

    /// <inheritdoc/>
    public bool TryTake(out ServiceOutput output) => _outputs.TryDequeue(out output!);

    private void Add(Endpoint endpoint)
    {
        var url = endpoint.Url;
        foreach (var other in _endpoints)
        {
            if (other.Url.Host == url.Host && other.Url.Port == url.Port && other.Url.Scheme != url.Scheme
                && (other.Url.Transport == ServiceTransport.Udp) == (url.Transport == ServiceTransport.Udp))
            {
                throw new ArgumentException($"{url} and {other.Url} cannot share a port", nameof(endpoint));
            }
        }

        var place = _endpoints.FindIndex(e => e.Url == url);
        if (place >= 0)
        {
            var old = _endpoints[place];
            _endpoints[place] = endpoint;
            foreach (var connection in _connections.Values)
            {
                if (ReferenceEquals(connection.Endpoint, old)) connection.Endpoint = endpoint;
            }

            return;
        }

        var isNew = _endpoints.TrueForAll(
            e => e.Url.Host != url.Host || e.Url.Port != url.Port || e.Url.Transport != url.Transport);
        _endpoints.Add(endpoint);
        if (isNew) _outputs.Enqueue(new ServiceOutput.Listening(url.Host, url.Port, url.Transport));
    }

    private void Accept(ServiceInput.Accepted accepted)
    {
        if (_connections.Count >= ConnectionLimit)
        {
            var refused = new Connection(accepted.Connection, accepted.Host, accepted.Port);
            Record(accepted.Client, new ServiceLimited(_now, refused, "more connections than the service holds"));
            _outputs.Enqueue(new ServiceOutput.Close(accepted.Connection, true));
            return;
        }

        var connection = new ServiceConnection(accepted.Connection, accepted.Client, accepted.Host, accepted.Port);
        var raw = _endpoints.Find(
            e => e.Url.Scheme == "tcp" && e.Url.Host == accepted.Host && e.Url.Port == accepted.Port);
        connection.Endpoint = raw;
        connection.State = raw is null ? ServiceConnectionState.Connecting : ServiceConnectionState.Raw;
        _connections.Add(accepted.Connection, connection);
        Record(connection, new ServiceAccepted(_now, connection.Label, accepted.Tls, accepted.ServerName));
    }

    private void PeerGone(ServiceInput.Closed closed)
    {
        if (!_connections.Remove(closed.Connection, out var connection)) return;
        _held -= connection.HeldBytes;
        var isRaw = connection.State == ServiceConnectionState.Raw;
        Record(connection, new ClientGone(_now, connection.Label, isRaw, closed.Reset));
        connection.State = ServiceConnectionState.Closed;
        if (!closed.Reset) _outputs.Enqueue(new ServiceOutput.Close(closed.Connection, false));
    }

    private void TakeDatagram(ServiceInput.Datagram datagram)
    {
        Record(datagram.Client, new DatagramIn(_now, datagram.Label, datagram.Bytes));
        var endpoint = _endpoints.Find(
            e => e.Url.Transport == ServiceTransport.Udp && e.Url.Host == datagram.Host && e.Url.Port == datagram.Port);
        if (endpoint is null) return;
        _answers.Clear();
        endpoint.Behavior.React(new ServiceMessage(datagram.Bytes, false), _answers);
        foreach (var answer in _answers)
        {
            _due.Add(_now + endpoint.Behavior.AnswerDelay, new ServiceAction.SendDatagram(datagram, answer));
        }
    }

    private void Push(string? url, ServiceMessage message)
    {
        var target = url is null ? null : ServiceUrl.Parse(url);
        if (target is not null && !_endpoints.Exists(e => e.Url == target))
        {
            throw new ArgumentException(
                $"There is no service at {target}; there are {string.Join(", ", _endpoints.Select(e => e.Url))}",
                nameof(url));
        }

        var reached = 0;
        foreach (var connection in _connections.Values)
        {
            var isOpen = connection.State is ServiceConnectionState.Open or ServiceConnectionState.Raw;
            if (!isOpen || (target is not null && connection.Endpoint?.Url != target)) continue;
            reached++;
            Plan(connection, TimeSpan.Zero, new ServiceAction.SendMessage(connection, message));
        }

        if (reached == 0) Record("1", new PushReachedNobody(_now, message.IsText ? message.Text : ""));
    }

    /// <summary>Schedules an act on a connection so that it overtakes none before it.</summary>
    private void Plan(ServiceConnection connection, TimeSpan delay, ServiceAction action)
    {
        var due = _now + delay;
        if (due < connection.LastDue) due = connection.LastDue;
        connection.LastDue = due;
        _due.Add(due, action);
    }

    private bool IsActing<T>()
        where T : ServiceFault => Acting<T>() is not null;

    private T? Acting<T>()
        where T : ServiceFault
    {
        foreach (var fault in _faults)
        {
            if (fault is T found) return found;
        }

        return null;
    }

    private void Record(ServiceConnection connection, SessionEvent happened) => Record(connection.Client, happened);

    private void Record(string client, SessionEvent happened) =>
        _outputs.Enqueue(new ServiceOutput.Recorded(happened.Of(client)));
}
