using System.Runtime.ExceptionServices;
using System.Text;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.WebSocket;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Network;

/// <summary>A network and a service side in one loop, without a modem.</summary>
internal sealed class AirWorld
{
    public const string Modem = "1";

    public const string EchoHost = "echo.airtun.air32.cn";

    public static readonly byte[] Mask = [0, 1, 2, 3];

    /// <summary>The golden trace's link without its jitter, so that times are exact.</summary>
    public static readonly NetworkProfile Steady = NetworkProfile.LteGood with { JitterMs = 0 };

    /// <summary>Calendar time at the world's time 0.</summary>
    private static readonly DateTimeOffset Date = new(2024, 10, 12, 13, 29, 47, TimeSpan.Zero);

    private readonly Loop _loop = new();
    private readonly SimulatedNetwork _network;
    private readonly Shell<NetworkInput, NetworkOutput> _air;
    private readonly Shell<ServiceInput, ServiceOutput> _service;

    public AirWorld(NetworkProfile? profile = null, IReadOnlyList<Endpoint>? endpoints = null, ulong seed = 1)
    {
        _network = new SimulatedNetwork(seed, profile ?? Steady);
        _air = new(_loop, "the network", _network, Perform);
        _service = new(_loop, "the service", new ServiceMachine(endpoints ?? DefaultWorld.Endpoints, Date), Perform);
        _loop.Settle();
        Do(new AirRequest.Radio(true));
        Seen.Clear();
    }

    public TimeSpan Now => _loop.Now;

    /// <summary>What reached the modem.</summary>
    public List<(TimeSpan At, AirEvent Event)> Seen { get; } = [];

    public List<SessionEvent> Session { get; } = [];

    public List<string> Hints { get; } = [];

    public HostTable Hosts => _network.Hosts;

    public IEnumerable<string> Kinds => Session.Select(e => e.Kind);

    public void Do(AirRequest request, string modem = Modem) => Do(new NetworkInput.FromModem(modem, request));

    public void Do(ServiceInput input)
    {
        _service.Post(input);
        Settle();
    }

    public void Begin(Fault fault)
    {
        if (fault is NetworkFault network) Do(new NetworkInput.Begin(network));
        else Do(new ServiceInput.Begin((ServiceFault)fault));
    }

    public void End(Fault fault)
    {
        if (fault is NetworkFault network) Do(new NetworkInput.End(network));
        else Do(new ServiceInput.End((ServiceFault)fault));
    }

    public void Run(double seconds) => _loop.Advance(null, Now + TimeSpan.FromSeconds(seconds));

    /// <summary>
    /// Opens connection <paramref name="connection"/> to the echo host and upgrades it as the module does (reference
    /// §3.6).
    /// </summary>
    public void Connect(int connection, string path = "/ws/echo", bool tls = false)
    {
        var port = tls ? 443 : 80;
        Do(new AirRequest.OpenTcp(connection, Hosts.AddressOf(EchoHost)!, port));
        Await<AirEvent.TcpOpened>();
        if (tls)
        {
            Do(new AirRequest.StartTls(connection, EchoHost));
            Await<AirEvent.TlsOpened>();
        }

        foreach (var part in Upgrade(path, port)) Do(new AirRequest.SendTcp(connection, Encoding.ASCII.GetBytes(part)));
        Await<AirEvent.TcpReceived>();
        Run(1);
        Received(connection).ShouldStartWith("HTTP/1.1 101 ");
        Seen.Clear();
    }

    private void Await<T>()
        where T : AirEvent
    {
        for (var i = 0; i < 600 && !Seen.Exists(s => s.Event is T); i++) Run(0.1);
    }

    public static string[] Upgrade(string path, int port) =>
    [
        $"GET {path} HTTP/1.1\r\nHost: {EchoHost}:{port}\r\n",
        "Auth:Basic%20ABCDEGG\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==\r\n" +
        "Sec-WebSocket-Version: 13\r\n\r\n",
    ];

    public void SendText(int connection, string text) =>
        Do(new AirRequest.SendTcp(connection, WebSocketFrame.Text(text).Encode(Mask)));

    /// <summary>Every byte that reached the modem on a connection, as Latin-1.</summary>
    public string Received(int connection) => string.Concat(
        Seen.Select(s => s.Event).OfType<AirEvent.TcpReceived>().Where(e => e.Connection == connection)
            .Select(e => Encoding.Latin1.GetString(e.Bytes.Span)));

    public T Only<T>()
        where T : AirEvent => Seen.Select(s => s.Event).OfType<T>().ShouldHaveSingleItem();

    public TimeSpan At<T>()
        where T : AirEvent => Seen.First(s => s.Event is T).At;

    public void Do(NetworkInput input)
    {
        _air.Post(input);
        Settle();
    }

    /// <summary>What a machine throws is the test's to see.</summary>
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
