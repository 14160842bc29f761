using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Edge;
using AirHil.Live.Tls;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Time;

namespace AirHil.Live.Network;

/// <summary>
/// The way between modems and the real world: real names, real sockets, real TLS. The run's own services listen on real
/// ports (the edge), where boards and any other client reach them; a virtual module's requests for their hosts lead
/// there, all others into the world. Faults act on the bytes between the two ends, once for each connection.
/// </summary>
/// <remarks>
/// All state belongs to the world's thread. What other threads have to say waits in a queue; every connection may have
/// at most 256 kB in it.
/// </remarks>
public sealed partial class LiveNetwork : ISansIoMachine<NetworkInput, NetworkOutput>, ILiveMachine
{
    /// <summary>
    /// Bytes of one connection that are sent and not yet taken by the operating system; more resets it, on the record.
    /// </summary>
    public const int QueueLimitBytes = SimulatedNetwork.QueueLimitBytes;

    /// <summary>How long the end of a run waits for connections to be released.</summary>
    private static readonly TimeSpan DisposePatience = TimeSpan.FromSeconds(5);

    private static readonly NetworkProfile Module = NetworkProfile.LteGood;

    private readonly LiveNetworkOptions _options;
    private readonly List<LiveAir> _airs = [];
    private readonly List<(NetworkFault Fault, string? Modem)> _faults = [];
    private readonly HashSet<string> _hinted = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<Action> _mail = new();
    private readonly PriorityQueue<Action, (long Due, long Order)> _due = new();
    private readonly Queue<NetworkOutput> _outputs = new();
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _ended = new();
    private ILiveRun? _run;
    private TimeSpan _now;
    private long _order;
    private int _nextLink = 1;

    /// <summary>A network whose own hosts come with <see cref="ServiceOutput.Listening"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public LiveNetwork(LiveNetworkOptions? options = null)
    {
        _options = options ?? new LiveNetworkOptions();
        Limit(_options.ConnectionsPerModem, 4096, nameof(LiveNetworkOptions.ConnectionsPerModem));
        Limit(_options.Edge.ConnectionLimit, 65_535, nameof(EdgeOptions.ConnectionLimit));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.GiveUpAfter, TimeSpan.Zero, nameof(options));
        if (_options.Edge.Certificate is not { } certificate) return;
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException(
                "The certificate of the edge has no private key; give a PFX file, or PEM files of both",
                nameof(options));
        }

        // Windows takes no key that lives in memory alone.
        if (OperatingSystem.IsWindows())
        {
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }

        _ownCertificate = SslStreamCertificateContext.Create(certificate, _options.Edge.Chain, offline: true);
    }

    /// <summary>Names and addresses of the run's own services, as its modems see them.</summary>
    public HostTable Hosts { get; } = new();

    /// <summary>
    /// The authority of the certificates that TLS services of the run have where they were given none.
    /// </summary>
    public LabCertificates Certificates => _options.Edge.Lab.Value;

    public TimeSpan? NextTimeout => _due.TryPeek(out _, out var key) ? new TimeSpan(key.Due) : null;

    private TimeSpan RunNow => _run?.Now ?? _now;

    private double Speed => _run?.Speed ?? 1;

    private static void Limit(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }

    /// <inheritdoc/>
    public void Attach(ILiveRun run)
    {
        _run = run;
        foreach (var upstream in _options.Upstreams)
        {
            Listen(upstream.Host, upstream.Port, ServiceTransport.Tcp, upstream);
        }
    }

    /// <inheritdoc/>
    public void Handle(NetworkInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case NetworkInput.FromModem(var modem, var request):
                Handle(Air(modem), request);
                break;
            case NetworkInput.FromService(var output):
                Handle(output);
                break;
            case NetworkInput.Begin(var fault, var modem):
                Begin(fault, modem);
                break;
            case NetworkInput.End(var fault, var modem):
                _faults.Remove((fault, modem));
                Update();
                break;
            default:
                throw new ArgumentException($"The network does not know {input.GetType().Name}", nameof(input));
        }
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        if (now > _now) _now = now;
        while (_mail.TryDequeue(out var happened)) happened();
        while (_due.TryPeek(out _, out var key) && key.Due <= _now.Ticks) _due.Dequeue()();
    }

    /// <inheritdoc/>
    public bool TryTake(out NetworkOutput output) => _outputs.TryDequeue(out output!);

    /// <summary>Releases every socket.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended.IsCancellationRequested) return;
        foreach (var listener in _listeners.Values) listener.Dispose();
        await _ended.CancelAsync();

        // What was accepted or connected and not yet reported is closed, too.
        while (_mail.TryDequeue(out var happened)) happened();
        foreach (var port in _datagramPorts.Values) port.Socket.Dispose();
        foreach (var flow in _sockets.Values) flow.Socket.Dispose();
        foreach (var link in _links.Values)
        {
            await link.Trying.CancelAsync();
            link.Answer?.Opened?.Dispose();
            link.Connection?.Dispose();
        }

        foreach (var link in _edge.Values)
        {
            link.Connection.Dispose();
            link.Onward?.Dispose();
        }

        try
        {
            await Task.WhenAll(_running).WaitAsync(DisposePatience);
        }
        catch (TimeoutException)
        {
            // A connect of the operating system may take its time; nobody listens to it any more.
        }

        _ended.Dispose();
    }

    private void Handle(LiveAir air, AirRequest request)
    {
        switch (request)
        {
            case AirRequest.SendTcp(var connection, var bytes):
                if (_byModem.TryGetValue((air.Modem, connection), out var sender)) Send(sender, bytes);
                break;
            case AirRequest.OpenTcp open:
                OpenTcp(air, open);
                break;
            case AirRequest.StartTls(var connection, var serverName):
                if (_byModem.TryGetValue((air.Modem, connection), out var secured)) StartTls(secured, serverName);
                break;
            case AirRequest.CloseTcp(var connection, var abort):
                if (_byModem.TryGetValue((air.Modem, connection), out var closed)) Close(closed, abort);
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

    /// <summary>From any thread: this shall happen on the world's. False: the run has ended, and it will not.</summary>
    private bool Post(Action happened)
    {
        if (_ended.IsCancellationRequested) return false;
        _mail.Enqueue(happened);
        _run?.Ring();
        return true;
    }

    /// <summary>The same with a socket, which is closed if nobody takes it any more.</summary>
    private void Post(Socket socket, Action happened)
    {
        if (!Post(happened)) socket.Dispose();
    }

    /// <summary>Runs beside the world; what it throws is a defect and ends the run.</summary>
    private void Beside(Func<Task> work)
    {
        _running.RemoveAll(t => t.IsCompletedSuccessfully);
        _running.Add(Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The run has ended, or nobody waits for it any more.
            }
            catch (Exception defect)
            {
                Post(() => throw new InvalidOperationException($"The live network failed: {defect.Message}", defect));
            }
        }));
    }

    private void Track(LiveConnection connection)
    {
        var completion = connection.Completion;
        Beside(() => completion);
    }

    private void After(TimeSpan delay, Action act) => _due.Enqueue(act, ((_now + delay).Ticks, _order++));

    private LivePath NewPath(bool isBlocked, SlowLink? slow)
    {
        var path = new LivePath(() => RunNow, Speed, _options.GiveUpAfter);
        path.Set(isBlocked, slow);
        return path;
    }

    private LiveAir Air(string modem)
    {
        foreach (var air in _airs)
        {
            if (string.Equals(air.Modem, modem, StringComparison.Ordinal)) return air;
        }

        var added = new LiveAir(modem) { IsCovered = !IsActing<DropCoverage>(modem) };
        _airs.Add(added);
        return added;
    }

    private void ToModem(LiveAir air, AirEvent happened) =>
        _outputs.Enqueue(new NetworkOutput.ToModem(air.Modem, happened));

    private void ToService(ServiceInput input) => _outputs.Enqueue(new NetworkOutput.ToService(input));

    private void Notice(string modem, string text) => Record(modem, new NetworkNoticed(_now, text));

    private void Record(LiveAir air, SessionEvent happened) => Record(air.Modem, happened);

    private void Record(string modem, SessionEvent happened) =>
        _outputs.Enqueue(new NetworkOutput.Recorded(happened.Of(modem)));

    private static IPEndPoint Anywhere { get; } = new(IPAddress.Any, 0);
}
