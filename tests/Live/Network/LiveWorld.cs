using System.Net;
using System.Runtime.ExceptionServices;
using System.Text;
using AirHil.Live.Network;
using AirHil.Live.Tls;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Actors;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.WebSocket;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Live.Tests.Network;

/// <summary>A live network and a service side in one hosted world, without a modem.</summary>
internal sealed class LiveWorld : IAsyncDisposable
{
    public const string Modem = "1";

    public const string EchoHost = "echo.airtun.air32.cn";

    /// <summary>Far more than anything here takes, for machines that are busy.</summary>
    public const double Patience = 20;

    private static readonly byte[] Mask = [0, 1, 2, 3];

    /// <summary>One for all tests, for a key takes its time to make.</summary>
    public static Lazy<LabCertificates> Lab { get; } = new(() => new LabCertificates());

    private readonly WorldHost _host = new(new WallClock());
    private readonly Loop _loop;
    private readonly Shell<NetworkInput, NetworkOutput> _air;
    private readonly Shell<ServiceInput, ServiceOutput> _service;

    public LiveWorld(LiveNetworkOptions? options = null, IReadOnlyList<Endpoint>? endpoints = null)
    {
        options ??= new LiveNetworkOptions();
        Network = new LiveNetwork(options with { Edge = options.Edge with { Lab = Lab } });
        _loop = new Loop(outside: _host);
        _air = new(_loop, "the network", Network, Perform);
        _service = new(
            _loop, "the service",
            new ServiceMachine(endpoints ?? DefaultWorld.Endpoints, DateTimeOffset.UnixEpoch), Perform);
        Settle();
        _host.Start(_loop);
        Do(new AirRequest.Radio(true));
        Seen.Clear();
    }

    public LiveNetwork Network { get; }

    public TimeSpan Now => _host.Clock.Now;

    /// <summary>What reached the modems.</summary>
    public List<(TimeSpan At, AirEvent Event)> Seen { get; } = [];

    public List<SessionEvent> Session { get; } = [];

    public List<string> Hints { get; } = [];

    public IEnumerable<string> Kinds => Session.Select(e => e.Kind);

    public IEnumerable<string> Notices => Session.Where(e => e.Kind == EventKinds.NetworkNotice).Select(e => e.Text);

    public void Do(AirRequest request, string modem = Modem) => Do(new NetworkInput.FromModem(modem, request));

    public void Do(ServiceInput input)
    {
        Turn(TimeSpan.Zero);
        _service.Post(input);
        Settle();
    }

    public void Begin(string phrase, string? modem = null)
    {
        var fault = FaultPhrase.Parse(phrase).Fault;
        if (fault is NetworkFault network) Do(new NetworkInput.Begin(network, modem));
        else Do(new ServiceInput.Begin((ServiceFault)fault));
    }

    public void End(string phrase, string? modem = null)
    {
        var fault = FaultPhrase.Parse(phrase).Fault;
        if (fault is NetworkFault network) Do(new NetworkInput.End(network, modem));
        else Do(new ServiceInput.End((ServiceFault)fault));
    }

    /// <summary>Lets the world turn until something holds.</summary>
    public void Until(Func<bool> condition, string what, double seconds = Patience)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (!condition())
        {
            if (Now > end)
            {
                var seen = string.Join('\n', Session.Select(e => $"{e.At.TotalSeconds:F3} {e.Kind} {e.Text}"));
                throw new TimeoutException($"{what} did not come in {seconds} s; the session:\n{seen}");
            }

            Turn(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Lets the world turn while a client does something.</summary>
    public T During<T>(Task<T> work)
    {
        Until(() => work.IsCompleted, "the client's end");
        return work.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="During{T}"/>
    public void During(Task work)
    {
        Until(() => work.IsCompleted, "the client's end");
        work.GetAwaiter().GetResult();
    }

    /// <summary>Lets the world turn for a time.</summary>
    public void Run(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (end - Now is var left && left > TimeSpan.Zero) Turn(left);
    }

    public T Await<T>(Func<T, bool>? condition = null)
        where T : AirEvent
    {
        T? Find() => Seen.Select(s => s.Event).OfType<T>().FirstOrDefault(e => condition?.Invoke(e) ?? true);
        Until(() => Find() is not null, typeof(T).Name);
        return Find()!;
    }

    public TimeSpan At<T>()
        where T : AirEvent => Seen.First(s => s.Event is T).At;

    /// <summary>Resolves a name and opens a connection to it, up to TLS where asked for.</summary>
    public void Open(int connection, string host, int port, bool tls = false)
    {
        Do(new AirRequest.ResolveHost(connection, host));
        var address = Await<AirEvent.HostResolved>(e => e.Query == connection).Address;
        Do(new AirRequest.OpenTcp(connection, address, port));
        Await<AirEvent.TcpOpened>(e => e.Connection == connection);
        if (!tls) return;
        Do(new AirRequest.StartTls(connection, host));
        Await<AirEvent.TlsOpened>(e => e.Connection == connection);
    }

    /// <summary>Opens a WebSocket to the echo host as the module does (reference §3.6).</summary>
    public void Connect(int connection, string path = "/ws/echo", bool tls = false)
    {
        Open(connection, EchoHost, tls ? 443 : 80, tls);
        Send(connection, Upgrade(path));
        Until(() => Received(connection).Contains("\r\n\r\n", StringComparison.Ordinal), "the upgrade");
        Received(connection).ShouldStartWith("HTTP/1.1 101 ");
        Seen.RemoveAll(s => s.Event is AirEvent.TcpReceived);
    }

    public static string Upgrade(string path) =>
        $"GET {path} HTTP/1.1\r\nHost: {EchoHost}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    public void Send(int connection, string text) =>
        Do(new AirRequest.SendTcp(connection, Encoding.Latin1.GetBytes(text)));

    public void SendFrame(int connection, string text) => Do(new AirRequest.SendTcp(connection, Frame(text)));

    public static byte[] Frame(string text) => WebSocketFrame.Text(text).Encode(Mask);

    /// <summary>Every byte that reached the modem on a connection, as Latin-1.</summary>
    public string Received(int connection) => string.Concat(
        Seen.Select(s => s.Event).OfType<AirEvent.TcpReceived>().Where(e => e.Connection == connection)
            .Select(e => Encoding.Latin1.GetString(e.Bytes.Span)));

    /// <summary>Where a service listens in the real world, as the network has told.</summary>
    public IPEndPoint Place(int port, string host = EchoHost)
    {
        var told = $"{host}:{port} is served at ";
        var place = Notices.First(notice => notice.StartsWith(told, StringComparison.Ordinal))[told.Length..];
        return IPEndPoint.Parse(place.Split(' ')[0]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Network.DisposeAsync();
    }

    private void Do(NetworkInput input)
    {
        Turn(TimeSpan.Zero);
        _air.Post(input);
        Settle();
    }

    /// <summary>Between two turns the world is this thread's.</summary>
    private void Settle()
    {
        try
        {
            _loop.Settle();
        }
        catch (RunFailedException failed) when (failed.InnerException is { } problem)
        {
            ExceptionDispatchInfo.Throw(problem);
        }
    }

    private void Turn(TimeSpan longest)
    {
        try
        {
            _host.Advance(null, Now + longest).AsTask().GetAwaiter().GetResult();
        }
        catch (RunFailedException failed) when (failed.InnerException is { } problem)
        {
            ExceptionDispatchInfo.Throw(problem);
        }

        _loop.Enter();
    }

    private void Perform(ServiceOutput output, TimeSpan now) => _air.Post(new NetworkInput.FromService(output));

    private void Perform(NetworkOutput output, TimeSpan now)
    {
        switch (output)
        {
            case NetworkOutput.ToModem toModem:
                Seen.Add((now, toModem.Event));
                break;
            case NetworkOutput.ToService toService:
                _service.Post(toService.Input);
                break;
            case NetworkOutput.Recorded recorded:
                Session.Add(recorded.Event);
                break;
            case NetworkOutput.UnknownHost unknown:
                Hints.Add(unknown.Host);
                break;
        }
    }
}
