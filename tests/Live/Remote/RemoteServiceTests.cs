using System.Globalization;
using AirHil.Board;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Tests;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// The main use of a remote bench: the board and the address at which it meets the rig are there, the features with
/// their services and faults here.
/// </summary>
public sealed class RemoteServiceTests
{
    private const string Host = "rig.test";
    private const string Url = $"ws://{Host}/ws/mine";

    /// <summary>Far more than anything here takes, for machines that are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly FirmwareSource Script = FirmwareSource.FromText(EchoClient.For(Url));

    [Fact]
    public async Task A_boards_services_and_faults_are_the_clients_over_a_connection_that_is_cut_now_and_then()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the emulator lives on the pseudo-terminals of Linux");
        var port = FreePort.Take();
        await using var field = new FieldBoard(new LiveNetworkOptions
        {
            Upstreams = [Upstream.Parse(string.Create(CultureInfo.InvariantCulture, $"{Host}:80=127.0.0.1:{port}"))],
        });
        await using var board = new BoardTarget(await field.Description)
        {
            Deploy = (script, _) =>
            {
                field.Flash = script;
                return Task.CompletedTask;
            },
            Confirms = false,
            Leases = false,
            Network = _ => AtTheEdge(port),
            ServiceHosts = [Host],
        };

        var bench = await Walk(board);

        // The record is the one that a bench at hand would have written: the board's own traffic as the edge saw it.
        foreach (var kind in (string[])["tcp.opened", "tcp.tx", "tcp.rx", "tcp.reset", "service.accept", "ws.open"])
        {
            bench.Events.ShouldContain(e => e.Kind == kind, kind);
        }
    }

    [Fact]
    public async Task A_modules_own_air_can_be_that_of_the_bench()
    {
        var module = new VirtualTarget
        {
            Clock = RigClock.Wall,
            Parameters = new ModemParameters { ColdIpReady = TimeSpan.FromMilliseconds(1200) },
            Network = _ => AtTheEdge(0),
        };

        var bench = await Walk(module);

        foreach (var kind in (string[])["dns.query", "dns.answer", "tcp.open", "tcp.opened", "tcp.tx", "tcp.rx"])
        {
            bench.Events.ShouldContain(e => e.Kind == kind, kind);
        }
    }

    private static LiveNetwork AtTheEdge(int port) => new(new LiveNetworkOptions
    {
        Allowed = AllowedHosts.None,
        Edge = new EdgeOptions { Ports = [new EdgePort(Host, 80, port)] },
    });

    /// <summary>One scenario over the wire, which is cut in the midst of every act.</summary>
    private static async Task<Bench> Walk(IModemTarget board)
    {
        await using var server = await Benches.Serve(board);
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(
            relay.Url, new RemoteOptions { RetryPause = TimeSpan.FromMilliseconds(20) });
        target.Capabilities.ShouldContain(Capability.Service);
        target.Capabilities.ShouldContain(Capability.Network);
        await using var bench = new Bench(new BenchOptions
        {
            Target = target,
            Services = [new Endpoint(ServiceUrl.Parse(Url), new EchoFrames())],
        });
        (await target.PrepareAsync(Script, TestContext.Current.CancellationToken)).ShouldBeNull();
        bench.Firmware(Script);
        await bench.ApplyPower();

        // The service hears, and answers.
        await bench.Expect(Match.Event("ws.text.in", "the service to hear the greeting", e => e.Text == "hello"),
            Patience);
        relay.Cut();
        await bench.Expect(Match.LogExactly("I/user.ws\trecv\thello"), Patience);
        var pushes = Enumerable.Range(1, 5).Select(i => $"news {i}").ToArray();
        foreach (var push in pushes)
        {
            await bench.ServicePush(Url, push);
            relay.Cut();
            await bench.Expect(Match.LogExactly("I/user.ws\trecv\t" + push), Patience);
        }

        // The connection is dropped, and the module comes again.
        await bench.Begin(new ResetConnections());
        relay.Cut();
        await bench.Expect(Match.LogContains("I/user.ws\tdisconnect"), Patience);
        await bench.Expect(Match.LogExactly("I/user.ws\trecv\thello"), Patience);

        // It is refused until it is not.
        await bench.Begin(new RefuseUpgrade(503));
        await bench.Begin(new ResetConnections());
        await bench.Expect(
            Match.LogContains("E/websocket server not support websocket? resp code HTTP/1.1 503"), Patience);
        relay.Cut();
        await bench.Do(new EndFault(new RefuseUpgrade(503)));
        await bench.Expect(Match.LogExactly("I/user.ws\trecv\thello"), Patience);

        // A way that is blocked gives nothing back until it is free.
        await bench.Begin(new BlackHole());
        await bench.ServicePush(Url, "late");
        relay.Cut();
        await bench.ExpectNot(Match.LogContains("late"), TimeSpan.FromSeconds(1));
        await bench.Do(new EndFault(new BlackHole()));
        await bench.Expect(Match.LogExactly("I/user.ws\trecv\tlate"), Patience);

        relay.Accepted.ShouldBeGreaterThan(5);
        bench.Events.ShouldNotContain(e => e.Kind == EventKinds.ModemLost);
        Received(bench).ShouldBe(["hello", .. pushes, "hello", "hello", "late"]);
        return bench;
    }

    private static string[] Received(Bench bench) =>
    [
        .. bench.Events.Where(e => e.Kind == EventKinds.Log)
            .Where(e => e.Text.StartsWith("I/user.ws\trecv", StringComparison.Ordinal))
            .Select(e => e.Text.Split('\t')[2].TrimEnd()),
    ];
}
