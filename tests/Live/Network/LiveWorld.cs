using System.Diagnostics;
using System.Net;
using System.Text;
using AirHil.Live.Network;
using AirHil.Live.Tls;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.WebSocket;
using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Network;

/// <summary>A live network and a service side wired together without actors, on this thread and the wall.</summary>
internal sealed class LiveWorld : ILiveRun, IAsyncDisposable
{
    public const string Modem = "1";

    public const string EchoHost = "echo.airtun.air32.cn";

    /// <summary>Far more than anything here takes, for machines that are busy.</summary>
    public const double Patience = 20;

    private static readonly byte[] Mask = [0, 1, 2, 3];

    /// <summary>One for all tests, for a key takes its time to make.</summary>
    private static readonly Lazy<LabCertificates> Lab = new(() => new LabCertificates());

    private readonly long _origin = Stopwatch.GetTimestamp();
    private readonly SemaphoreSlim _rung = new(0);
    private readonly WebSocketService _service;

    public LiveWorld(LiveNetworkOptions? options = null, IReadOnlyList<Endpoint>? endpoints = null)
    {
        options ??= new LiveNetworkOptions();
        Network = new LiveNetwork(options with { Edge = options.Edge with { Lab = Lab } });
        _service = new WebSocketService(endpoints ?? DefaultWorld.Endpoints);
        Network.Attach(this);
        Settle();
        Do(new AirRequest.Radio(true));
        Seen.Clear();
    }

    public LiveNetwork Network { get; }

    public TimeSpan Now => Stopwatch.GetElapsedTime(_origin);

    public double Speed => 1;

    /// <summary>What reached the modems.</summary>
    public List<(TimeSpan At, AirEvent Event)> Seen { get; } = [];

    public List<SessionEvent> Session { get; } = [];

    public List<string> Hints { get; } = [];

    public IEnumerable<string> Kinds => Session.Select(e => e.Kind);

    public IEnumerable<string> Notices => Session.Where(e => e.Kind == EventKinds.NetworkNotice).Select(e => e.Text);

    public void Ring() => _rung.Release();

    public void Do(AirRequest request, string modem = Modem)
    {
        Network.Handle(new NetworkInput.FromModem(modem, request), Now);
        Settle();
    }

    public void Do(ServiceInput input)
    {
        _service.Handle(input, Now);
        Settle();
    }

    public void Begin(string phrase, string? modem = null)
    {
        var fault = FaultPhrase.Parse(phrase).Fault;
        if (fault is NetworkFault network) Network.Handle(new NetworkInput.Begin(network, modem), Now);
        else _service.Handle(new ServiceInput.Begin((ServiceFault)fault), Now);
        Settle();
    }

    public void End(string phrase, string? modem = null)
    {
        var fault = FaultPhrase.Parse(phrase).Fault;
        if (fault is NetworkFault network) Network.Handle(new NetworkInput.End(network, modem), Now);
        else _service.Handle(new ServiceInput.End((ServiceFault)fault), Now);
        Settle();
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

    public IPEndPoint Place(int port, string host = EchoHost) => Network.PlaceOf(host, port)!;

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    private void Turn(TimeSpan longest)
    {
        var now = Now;
        var next = Earlier(Network.NextTimeout, _service.NextTimeout);
        var wait = next is { } due && due - now < longest ? due - now : longest;
        if (wait > TimeSpan.Zero) _rung.Wait(wait);
        while (_rung.Wait(0))
        {
            // Every ring is answered by one look.
        }

        _service.HandleTimeout(Now);
        Network.HandleTimeout(Now);
        Settle();
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private void Settle()
    {
        bool isBusy;
        do
        {
            isBusy = false;
            while (_service.TryTake(out var output))
            {
                isBusy = true;
                Network.Handle(new NetworkInput.FromService(output), Now);
            }

            while (Network.TryTake(out var output))
            {
                isBusy = true;
                switch (output)
                {
                    case NetworkOutput.ToModem toModem:
                        Seen.Add((Now, toModem.Event));
                        break;
                    case NetworkOutput.ToService toService:
                        _service.Handle(toService.Input, Now);
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
        while (isBusy);
    }
}
