using System.Globalization;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Modem.Faults;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Tests;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Live.Tests.Network;

/// <summary>A virtual module on the wall clock and the live network.</summary>
public sealed class VirtualModuleTests
{
    private const string Recv = "I/user.wsc\trecv";

    /// <summary>Far more than anything here takes, for machines that are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A module that finds its network sooner than a cold one, so that nobody waits for it.</summary>
    private static readonly ModemParameters Quick = new() { ColdIpReady = TimeSpan.FromMilliseconds(1200) };

    private static FirmwareSource Tutorial =>
        FirmwareSource.FromPath(Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo"));

    [Fact]
    public async Task The_tutorials_script_talks_to_our_service_and_records_what_it_would_on_the_simulated_network()
    {
        var simulated = await Walk(new VirtualTarget { Parameters = Quick });
        var live = await Walk(Live(new LiveNetworkOptions()));
        foreach (var family in (string[])["dns", "tcp", "tls", "udp", "ws", "service"])
        {
            var kinds = Kinds(live, family);
            kinds.ShouldBe(Kinds(simulated, family), $"{family}: {string.Join(' ', kinds)}");
        }

        Kinds(live, "tls").ShouldBe(["tls.start", "tls.opened"]);

        // What is said of names and connections is the same as well, addresses and numbers included.
        string[] Said(IReadOnlyList<SessionEvent> events) =>
        [
            .. events.Where(e => e.Kind is "dns.query" or "dns.answer" or "tcp.open" or "service.accept")
                .Select(e => $"{e.Kind} {e.Text}").Order(StringComparer.Ordinal),
        ];
        Said(live).ShouldBe(Said(simulated));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_tutorials_script_talks_to_a_users_own_service(bool throughTheEdge)
    {
        await using var service = await UserService.Start();
        var port = service.Port.ToString(CultureInfo.InvariantCulture);
        var options = throughTheEdge
            ? new LiveNetworkOptions { Upstreams = [Upstream.Parse($"{LiveWorld.EchoHost}:443=127.0.0.1:{port}")] }
            : new LiveNetworkOptions { Resolver = new FakeResolver(), Allowed = AllowedHosts.Of(FakeResolver.Known) };
        var script = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo", "main.lua"),
            TestContext.Current.CancellationToken);
        if (!throughTheEdge)
        {
            script = script.Replace(LiveWorld.EchoHost, FakeResolver.Known + ":" + port, StringComparison.Ordinal);
        }

        await using var bench = new Bench(new BenchOptions { Target = Live(options), Services = [] });
        bench.Firmware(FirmwareSource.FromText(script));
        await bench.ApplyPower();
        var got = await bench.Expect(Match.LogContains(Recv), Patience);
        got.Event.Text.ShouldContain("\"action\":\"echo\"");
        bench.Events.ShouldContain(e => e.Kind == EventKinds.NetworkNotice
            && e.Text.Contains("the module does not check", StringComparison.Ordinal));
        await bench.Begin(new ResetConnections());
        await bench.Expect(Match.Moment<Moment.WebSocketClosed>(), Patience);
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), Patience);
    }

    [Fact]
    public async Task The_network_drops_and_comes_back()
    {
        var parameters = Quick with { CoverageLossDetection = TimeSpan.FromMilliseconds(300) };
        await using var bench = new Bench(new BenchOptions { Target = Live(new LiveNetworkOptions(), parameters) });
        bench.Firmware(Tutorial);
        await bench.ApplyPower();
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), Patience);
        await bench.Begin(new DropCoverage(), TimeSpan.FromSeconds(1));
        await bench.Expect(Match.Moment<Moment.IpLost>(), Patience);
        await bench.Expect(Match.Moment<Moment.IpReady>(), Patience);
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), Patience);
    }

    [Fact]
    public async Task A_power_cycle_leaves_nothing_behind()
    {
        await using var bench = new Bench(new BenchOptions { Target = Live(new LiveNetworkOptions()) });
        bench.Firmware(Tutorial);
        await bench.ApplyPower();
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), Patience);
        await bench.CutPower();
        await bench.RunFor(TimeSpan.FromMilliseconds(200));
        await bench.ApplyPower();
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), Patience);
        await bench.Expect(Match.LogContains(Recv), Patience);
        bench.Events.Count(e => e.Kind == "tcp.abandoned").ShouldBe(1);
    }

    private static async Task<IReadOnlyList<SessionEvent>> Walk(VirtualTarget target)
    {
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Tutorial);
        await bench.ApplyPower();
        await bench.Expect(Match.LogContains(Recv), Patience);
        await bench.RunFor(TimeSpan.FromSeconds(1));
        await bench.Begin(new CloseWithFrame(1000));
        await bench.Expect(Match.Moment<Moment.WebSocketClosed>(), Patience);
        await bench.RunFor(TimeSpan.FromSeconds(1));
        return [.. bench.Events];
    }

    private static string[] Kinds(IReadOnlyList<SessionEvent> events, string family) =>
        [.. events.Select(e => e.Kind).Where(k => k.StartsWith(family + ".", StringComparison.Ordinal))];

    private static VirtualTarget Live(LiveNetworkOptions options, ModemParameters? parameters = null) => new()
    {
        Clock = RigClock.Wall,
        Parameters = parameters ?? Quick,
        Network = _ => new LiveNetwork(options),
    };
}
