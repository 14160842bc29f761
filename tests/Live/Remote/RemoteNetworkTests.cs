using System.Globalization;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Tests.Time;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Live.Tests.Remote;

/// <summary>A network at the bench, and the services and faults of the client's run.</summary>
public sealed class RemoteNetworkTests
{
    private const string Url = "tcp://rig.test:7777";

    private static readonly FirmwareSource Script = FirmwareSource.FromText("-- counts");
    private static readonly RemoteOptions Hasty = new() { RetryPause = TimeSpan.FromMilliseconds(20) };

    /// <summary>Far more than anything here takes, for machines that are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_offer_tells_what_the_board_brings_with_it()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(1));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        target.Capabilities.ShouldBe(board.Capabilities);
        target.ServiceHosts.ShouldBe(["rig.test"]);
        target.MostModems.ShouldBe(1);
        board.Alive.ShouldBe(0);

        await using var other = await Benches.Serve(new CountingTarget(TimeSpan.FromSeconds(1)));
        await using var plain = await Benches.Connect(other.Url);
        plain.MostModems.ShouldBe(RemoteProtocol.MaxModems);
        (plain.ServiceHosts, plain.CreateNetwork(new BenchOptions())).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_connection_cut_at_random_moments_loses_nothing_of_a_service_and_doubles_nothing()
    {
        const int Cuts = 15;
        var board = new ScriptedNetworkTarget(TimeSpan.FromMilliseconds(2));
        await using var server = await Benches.Serve(board);
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(relay.Url, Hasty);
        await using var bench = new Bench(OptionsOf(target));
        // Before it has a client, what a service pushes reaches nobody.
        await bench.Expect(Match.Event("service.accept"), Patience);
        var random = new SplitMix64(7);
        var sent = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var due = bench.Now + TimeSpan.FromMilliseconds(20 + (random.NextDouble() * 150));
            // Each cut is of another connection.
            while (bench.Now < due || relay.Accepted <= cut)
            {
                bench.Now.ShouldBeLessThan(due + Patience, target.Link.ToString());
                await bench.ServicePush(Url, $"<{sent++}>");
                await bench.Begin(new SilentHost { Limits = new(Host: $"h{sent}") });
                await bench.RunFor(TimeSpan.FromMilliseconds(5));
            }

            relay.Cut();
        }

        await bench.ServicePush(Url, "<end>");
        (await bench.RunUntil(() => Sent(board).EndsWith("<end>", StringComparison.Ordinal), Patience))
            .ShouldBeTrue(target.Link.ToString());
        relay.Accepted.ShouldBeGreaterThanOrEqualTo(Cuts);
        Sent(board).ShouldBe(string.Concat(Enumerable.Range(0, sent).Select(i => $"<{i}>")) + "<end>");
        board.Last!.Inputs.OfType<NetworkInput.Begin>().Select(b => b.Fault)
            .ShouldBe(Enumerable.Range(1, sent).Select(i => new SilentHost { Limits = new(Host: $"h{i}") }));

        // What came, at the service and in the record, is what was sent, and in order.
        var known = bench.Events.Count;
        (await bench.RunUntil(() => bench.Events.Count > known + 200, Patience)).ShouldBeTrue(target.Link.ToString());
        ShouldCount(bench, SessionLane.Service).ShouldBeGreaterThan(Cuts * 10);
        ShouldCount(bench, SessionLane.Network).ShouldBeGreaterThan(Cuts * 10);
        bench.Events.ShouldNotContain(
            e => e.Kind == EventKinds.NetworkNotice && e.Text.Contains("out of reach", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_network_records_is_dated_as_at_the_bench_in_the_time_of_the_run()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromMilliseconds(10));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        // The session is older than the run.
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await using var bench = new Bench(OptionsOf(target));
        (await bench.RunUntil(() => Recorded(bench).Count() > 30, Patience)).ShouldBeTrue();
        var times = Recorded(bench).Select(e => e.At).ToArray();
        times[0].ShouldBeGreaterThan(TimeSpan.Zero);
        times[^1].ShouldBeLessThanOrEqualTo(bench.Now);
        for (var i = 1; i < times.Length; i++)
        {
            (times[i] - times[i - 1] - TimeSpan.FromMilliseconds(10)).Duration()
                .ShouldBeLessThan(TimeSpan.FromMilliseconds(0.5));
        }
    }

    [Fact]
    public async Task A_run_ends_with_its_network_and_the_next_one_finds_the_place_free()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(1));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        for (var run = 0; run < 3; run++)
        {
            await using (var bench = new Bench(OptionsOf(target) with { Seed = 77 + (ulong)run }))
            {
                (await bench.RunUntil(() => board.Alive == 1 && board.Last!.Inputs.Count == 1, Patience))
                    .ShouldBeTrue();
                board.Options!.Seed.ShouldBe(77 + (ulong)run);
                board.Options.StartDate.ShouldBe(bench.Options.StartDate);
            }

            board.Alive.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("tcp://defect.test:1", "nobody can listen there")]
    [InlineData("tcp://push.test:1", "the remote protocol has no form for a part of 'numbered': SendText")]
    public async Task A_network_that_fails_at_the_bench_ends_the_run_with_the_reason_and_the_bench_goes_on(
        string url, string why)
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(1));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using (var bench = new Bench(OptionsOf(target)))
        {
            bench.AddService(url, new Silent());
            var failure = await Should.ThrowAsync<RunFailedException>(
                async () => await bench.RunFor(Patience));
            failure.InnerException!.Message.ShouldBe($"the network at the remote bench failed: {why}");
        }

        await using var next = new Bench(OptionsOf(target));
        (await next.RunUntil(() => board.Alive == 1, Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_is_lost_takes_the_services_connections_and_the_next_run_has_them_again()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromMilliseconds(5));
        await using var server = await Benches.Serve(
            board, Benches.OnAnyPort with { Resume = TimeSpan.FromSeconds(1) });
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(relay.Url, Hasty);
        await using (var bench = new Bench(OptionsOf(target)))
        {
            (await bench.RunUntil(() => Recorded(bench).Any(), Patience)).ShouldBeTrue();
            relay.Refusing = true;
            relay.Cut();
            await bench.Expect(
                Match.Event(EventKinds.NetworkNotice, null, e => e.Text.Contains("out of reach")), Patience);
            await bench.Expect(Match.Event("tcp.gone"), Patience);
            await bench.Begin(new BlackHole());
            var notice = await bench.Expect(Match.Event(EventKinds.NetworkNotice), Patience);
            notice.Event.Text.ShouldContain("'black hole' has no effect");
            await Benches.Until(() => board.Alive == 0, "the network is gone");
        }

        relay.Refusing = false;
        // A run's network is asked for before its script is prepared.
        await using var next = new Bench(OptionsOf(target));
        (await target.PrepareAsync(Script, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await next.RunUntil(() => Recorded(next).Any(), Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_network_told_an_earlier_life_of_the_modem_does_not_reach_the_next()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(10));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        var network = target.CreateNetwork(OptionsOf(target))!;
        await using var live = (ILiveMachine)network;
        var run = new PlayedRun();
        live.Attach(run);
        network.Handle(new NetworkInput.FromModem("1", new AirRequest.Radio(true)), TimeSpan.Zero);
        await Benches.Until(() => target.Link.Waiting == 1, "the answer is on its way");
        // The module starts again before the run has taken it.
        network.Handle(new NetworkInput.FromModem("1", new AirRequest.Radio(true)), TimeSpan.Zero);
        await Benches.Until(() => target.Link.Waiting == 2, "the next answer is there, too");
        run.DoPosted();
        network.TryTake(out var taken).ShouldBeTrue();
        taken.ShouldBe(new NetworkOutput.ToModem("1", new AirEvent.CoverageChanged(true)));
        network.TryTake(out _).ShouldBeFalse();
        target.Link.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_told_the_bench_ends_the_run_and_is_not_passed_over()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(10));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(OptionsOf(target));
        var failure = await Should.ThrowAsync<RunFailedException>(async () =>
        {
            await bench.Begin(new SilentHost { Limits = new(Host: "two words") });
            await bench.RunFor(Patience);
        });
        failure.InnerException!.Message.ShouldBe(
            "the remote protocol has no word for the fault 'silent host at two words'");
    }

    [Fact]
    public async Task A_client_that_takes_nothing_holds_the_network_back_and_nothing_is_lost()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromMilliseconds(0.2));
        await using var server = await Benches.Serve(board, Benches.OnAnyPort with { MostWaiting = 200 });
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(OptionsOf(target));
        (await bench.RunUntil(() => Recorded(bench).Any(), Patience)).ShouldBeTrue();
        await Benches.Until(() => Benches.Waiting(server) >= 200, "the bench's buffer is full");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Benches.Waiting(server).ShouldBeLessThan(250);
        (await bench.RunUntil(
            () => bench.Events.Any(e => e.Kind == EventKinds.NetworkNotice && e.Text.Contains("held its network back")),
            Patience)).ShouldBeTrue();
        ShouldCount(bench, SessionLane.Service);
        ShouldCount(bench, SessionLane.Network);
    }

    [Fact]
    public async Task More_than_a_network_may_have_ends_the_session()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(10));
        await using var server = await Benches.Serve(board);
        (string Why, Func<int, NetworkInput> Input, int Count)[] cases =
        [
            ("256 services", i => new NetworkInput.FromService(
                new ServiceOutput.Listening("a.test", 1 + i, ServiceTransport.Tcp)), 257),
            ("128 modems", i => new NetworkInput.FromModem($"m{i}", new AirRequest.Radio(false)), 129),
            ("1024 faults", i => new NetworkInput.Begin(new SilentHost { Limits = new(Host: $"h{i}") }), 1025),
        ];
        foreach (var (why, input, count) in cases)
        {
            await using var target = await Benches.Connect(server.Url);
            var network = target.CreateNetwork(OptionsOf(target))!;
            await using var live = (ILiveMachine)network;
            live.Attach(new PlayedRun());
            for (var i = 0; i < count - 1; i++) network.Handle(input(i), TimeSpan.Zero);
            // A moment does not count, nor does a fault that has ended.
            network.Handle(new NetworkInput.Begin(new ResetConnections()), TimeSpan.Zero);
            network.Handle(new NetworkInput.End(new SilentHost { Limits = new(Host: "h0") }), TimeSpan.Zero);
            network.Handle(new NetworkInput.Begin(new SilentHost { Limits = new(Host: "h0") }), TimeSpan.Zero);
            await Benches.Until(() => board.Last!.Inputs.Count == count + 2, "all have come");
            network.Handle(input(count - 1), TimeSpan.Zero);
            await Benches.Until(() => target.Link.Ended is not null, "the session has ended");
            target.Link.Ended!.Message.ShouldContain($"a network has {why}");
            target.Link.Ended.Reason.ShouldBe(RefusalReason.Overflow);
            await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
        }
    }

    [Fact]
    public async Task A_run_at_another_speed_than_the_board_is_refused()
    {
        var board = new ScriptedNetworkTarget(TimeSpan.FromSeconds(10));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var live = (ILiveMachine)target.CreateNetwork(OptionsOf(target))!;
        Should.Throw<InvalidOperationException>(() => live.Attach(new PlayedRun { Speed = 2 }))
            .Message.ShouldContain("leave the speed to the target");
    }

    private static BenchOptions OptionsOf(RemoteTarget target) => new()
    {
        Target = target,
        Services = [new Endpoint(ServiceUrl.Parse(Url), new Silent())],
    };

    private static string Sent(ScriptedNetworkTarget board) => string.Concat(
        board.Last!.Inputs.OfType<NetworkInput.FromService>().Select(i => i.Output).OfType<ServiceOutput.Send>()
            .Select(s => Encoding.ASCII.GetString(s.Bytes.Span)));

    private static IEnumerable<SessionEvent> Recorded(Bench bench) => bench.Events.Where(e => e.Kind == "tcp.tx");

    /// <summary>How many came of what the scripted client sends.</summary>
    private static int ShouldCount(Bench bench, SessionLane lane)
    {
        var kind = lane == SessionLane.Service ? "tcp.in" : "tcp.tx";
        var numbers = bench.Events.Where(e => e.Kind == kind)
            .Select(e => int.Parse(Encoding.ASCII.GetString(e.Bytes.Span).Trim(), CultureInfo.InvariantCulture))
            .ToArray();
        numbers.ShouldBe(Enumerable.Range(0, numbers.Length));
        return numbers.Length;
    }
}
