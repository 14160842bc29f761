using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Time;
using AirHil.Rig.Time;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

public sealed class RemoteSessionTests
{
    private static readonly FirmwareSource Script = FirmwareSource.FromText("-- counts");
    private static readonly RemoteOptions Hasty = new() { RetryPause = TimeSpan.FromMilliseconds(20) };

    /// <summary>Connections are cut so often; 200 with AIRHIL_SOAK=1.</summary>
    private static int Cuts => LongRun.IsSoak ? 200 : 25;

    [Fact]
    public async Task A_connection_cut_at_random_moments_loses_nothing_and_doubles_nothing()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(0.5));
        var told = new ConcurrentQueue<string>();
        await using var server = await Benches.Serve(board, Benches.OnAnyPort with { Tell = told.Enqueue });
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(relay.Url, Hasty);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        var random = new SplitMix64(7);
        var sent = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var pause = TimeSpan.FromMilliseconds(20 + (random.NextDouble() * 200));
            var due = bench.Now + pause;
            // Each cut is of another connection, which may just be in its greetings.
            while (bench.Now < due || relay.Accepted <= cut)
            {
                bench.Now.ShouldBeLessThan(due + TimeSpan.FromSeconds(30), $"waiting for connection {cut + 1}");
                await bench.WriteUart(1, $"<{sent++}>");
                await bench.RunFor(TimeSpan.FromMilliseconds(7));
            }

            relay.Cut();
        }

        await bench.WriteUart(1, "<end>");
        try
        {
            await bench.Expect(Match.UartText(1, "<end>"), TimeSpan.FromSeconds(30));
        }
        catch (ExpectationException problem)
        {
            Assert.Fail(
                $"{problem.Message}; {bench.Events.LastOrDefault(e => e.Kind == EventKinds.ModemLost)?.Text}; " +
                $"{Benches.Waiting(server)} wait at the bench, {target.Link.Waiting} here; {target.Link}; " +
                string.Join('\n', told.TakeLast(4)));
        }

        relay.Accepted.ShouldBeGreaterThanOrEqualTo(Cuts);
        Echo(bench).ShouldBe(string.Concat(Enumerable.Range(0, sent).Select(i => $"<{i}>")) + "<end>");
        ShouldCountFromZero(bench).ShouldBeGreaterThan(Cuts * 100);
        bench.Events.ShouldNotContain(e => e.Kind == EventKinds.ModemLost);
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_and_replaced()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(2));
        await using var server = await Benches.Serve(board, Benches.OnAnyPort with
        {
            Silence = TimeSpan.FromSeconds(1),
            PingPause = TimeSpan.FromMilliseconds(200),
        });
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(relay.Url, Hasty);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMilliseconds(300));
        relay.Frozen = true;
        await bench.RunFor(TimeSpan.FromSeconds(2));
        relay.Cut();
        relay.Frozen = false;
        var before = board.Last!.Counted;
        (await bench.RunUntil(() => Logs(bench).Count() > before + 100, TimeSpan.FromSeconds(20))).ShouldBeTrue();
        ShouldCountFromZero(bench);
        relay.Accepted.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_bench_that_is_out_of_reach_for_too_long_is_a_modem_lost_and_a_board_freed()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(2));
        await using var server = await Benches.Serve(
            board, Benches.OnAnyPort with { Resume = TimeSpan.FromSeconds(1) });
        await using var relay = new CutRelay(server.Url);
        await using var target = await Benches.Connect(relay.Url, Hasty);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMilliseconds(200));
        board.Alive.ShouldBe(1);
        relay.Refusing = true;
        relay.Cut();
        (await bench.RunUntil(() => bench.Events.Any(e => e.Kind == EventKinds.ModemLost), TimeSpan.FromSeconds(20)))
            .ShouldBeTrue();
        bench.Events.Last(e => e.Kind == EventKinds.ModemLost).Text.ShouldContain("cannot be reached");
        bench.IsPowered().ShouldBeFalse();
        await Benches.Until(() => server.Boards[0].HeldBy is null && board.Alive == 0, "the board is free");

        // A command to it is on the record, and the next script begins a new session.
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMilliseconds(50));
        bench.Events.Count(e => e.Kind == EventKinds.ModemLost).ShouldBe(2);
        (await target.PrepareAsync(Script, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        relay.Refusing = false;
        (await target.PrepareAsync(Script, TestContext.Current.CancellationToken)).ShouldBeNull();
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.Expect(Match.Started(), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(32)]
    [InlineData(64)]
    public async Task A_modem_at_the_bench_is_made_as_the_clients_run_wants_it(int? bits)
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(2));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target, Bits = bits, Seed = 77 });
        bench.Firmware(Script);
        await bench.ApplyPower();
        (await bench.RunUntil(() => board.Last is { Counted: > 0 }, TimeSpan.FromSeconds(20))).ShouldBeTrue();

        var options = board.Options.ShouldNotBeNull();
        options.Bits.ShouldBe(bits);
        options.Seed.ShouldBe(77UL);
        options.StartDate.ShouldBe(bench.Options.StartDate);
    }

    [Fact]
    public async Task A_bench_that_is_stopped_says_so_and_the_modem_is_lost_at_once()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(2));
        var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMilliseconds(100));
        var stopping = server.DisposeAsync().AsTask();
        (await bench.RunUntil(() => bench.Events.Any(e => e.Kind == EventKinds.ModemLost), TimeSpan.FromSeconds(10)))
            .ShouldBeTrue();
        bench.Events.Last(e => e.Kind == EventKinds.ModemLost).Text.ShouldContain("the bench is being stopped");
        await stopping;
        board.Alive.ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_holds_the_modem_back_in_bounded_memory_and_on_record()
    {
        const int most = 50;
        var board = new CountingTarget(TimeSpan.FromMilliseconds(0.1)) { LineBytes = 1_000 };
        await using var server = await Benches.Serve(board, Benches.OnAnyPort with { MostWaiting = most });
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        // Nobody lets the run's time pass, so nobody takes what comes.
        // The client's own end fills too before the bench's stays full.
        long counted;
        do
        {
            await Benches.Until(() => Benches.Waiting(server) == most, "the buffer is full");
            counted = board.Last!.Counted;
            counted.ShouldBeLessThan(20 * most);
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        while (board.Last.Counted > counted + 1);

        Benches.Waiting(server).ShouldBe(most);
        target.Link.Waiting.ShouldBeLessThanOrEqualTo(most);

        (await bench.RunUntil(() => Logs(bench).Count() > 5_000, TimeSpan.FromSeconds(20))).ShouldBeTrue();
        ShouldCountFromZero(bench);
        bench.Events.ShouldContain(e => e.Kind == EventKinds.ModemNotice && e.Text.Contains("nothing is lost"));
    }

    [Theory]
    [InlineData(50, 64 << 20, "51 messages with ")]
    [InlineData(16_384, 20_000, "were not taken yet; a bench waits before")]
    public async Task A_bench_that_does_not_wait_for_its_client_ends_the_session(int most, long bytes, string why)
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(0.1)) { LineBytes = 1_000 };
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(
            server.Url, new RemoteOptions { MostWaiting = most, MostWaitingBytes = bytes });
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        // Nobody lets the run's time pass, so nobody takes what comes.
        await Benches.Until(() => target.Link.Ended is not null, "the session has ended");
        target.Link.Ended!.Reason.ShouldBe(RefusalReason.Overflow);
        target.Link.Ended.Message.ShouldContain(why);
        target.Link.Waiting.ShouldBeLessThanOrEqualTo(most + 1);
        await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
    }

    [Fact]
    public async Task Log_lines_keep_the_distances_that_they_had_at_the_bench()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(20));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(2));
        var times = Logs(bench).Select(e => e.At).ToArray();
        times.Length.ShouldBeGreaterThan(50);
        // The clocks are compared again with every ping, of which there are few; between them the distances stay.
        var moved = times.Zip(times.Skip(1), (one, next) => (next - one - TimeSpan.FromMilliseconds(20)).Duration())
            .Count(off => off > TimeSpan.FromMilliseconds(0.5));
        moved.ShouldBeLessThan(times.Length / 10);
    }

    [Fact]
    public async Task The_script_travels_and_the_bench_says_why_it_cannot_be_had()
    {
        FirmwareSource? arrived = null;
        var files = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["main.lua"] = Encoding.UTF8.GetBytes("print('ü')"),
            ["data.bin"] = new Payloads(3).Bytes(700_000),
            ["empty.lua"] = ReadOnlyMemory<byte>.Empty,
        };
        var board = new CountingTarget(TimeSpan.FromSeconds(1))
        {
            Prepare = (source, _) =>
            {
                arrived = source;
                return ValueTask.FromResult(source.Name == "bad" ? "the board does not take it" : null);
            },
        };
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        var source = FirmwareSource.FromBytes("good", files);
        (await target.PrepareAsync(source, TestContext.Current.CancellationToken)).ShouldBeNull();
        arrived!.Files.Select(f => f.Key).ShouldBe(["main.lua", "data.bin", "empty.lua"]);
        foreach (var (name, content) in arrived.Files) content.Span.SequenceEqual(files[name].Span).ShouldBeTrue(name);
        var first = arrived;
        (await target.PrepareAsync(source, TestContext.Current.CancellationToken)).ShouldBeNull();
        arrived.ShouldBeSameAs(first, "a script that is known there is not sent again");
        (await target.PrepareAsync(FirmwareSource.FromBytes("bad", files), TestContext.Current.CancellationToken))
            .ShouldBe("the board does not take it");
        for (var i = 0; i < RemoteProtocol.KeptFirmwares + 2; i++)
        {
            var other = FirmwareSource.FromText($"-- {i}", $"script {i}");
            (await target.PrepareAsync(other, TestContext.Current.CancellationToken)).ShouldBeNull();
            arrived.Name.ShouldBe(other.Name);
        }

        (await target.PrepareAsync(source, TestContext.Current.CancellationToken)).ShouldBeNull();
        arrived.Name.ShouldBe("good");
    }

    [Fact]
    public async Task A_preparation_that_nobody_waits_for_is_cancelled_and_one_that_throws_is_told()
    {
        var limit = TimeSpan.FromSeconds(20);
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var board = new CountingTarget(TimeSpan.FromSeconds(1))
        {
            Prepare = async (source, cancel) =>
            {
                if (source.Name == "throws") throw new IOException("the cable fell out");
                begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                catch (OperationCanceledException)
                {
                    cancelled.SetResult();
                    throw;
                }

                return null;
            },
        };
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        using var impatience = new CancellationTokenSource();
        var preparing = target.PrepareAsync(Script, impatience.Token).AsTask();
        await begun.Task.WaitAsync(limit, TestContext.Current.CancellationToken);
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(preparing);
        await cancelled.Task.WaitAsync(limit, TestContext.Current.CancellationToken);
        var reason = await target.PrepareAsync(
            FirmwareSource.FromText("", "throws"), TestContext.Current.CancellationToken);
        reason.ShouldNotBeNull().ShouldContain("the cable fell out");
    }

    [Fact]
    public async Task What_the_air_answered_to_an_earlier_life_of_the_modem_does_not_reach_the_next()
    {
        var board = new CountingTarget(TimeSpan.FromSeconds(10));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        var modem = target.Create(Script, new BenchOptions { Target = target }, "1");
        await using var live = (ILiveMachine)modem;
        var run = new PlayedRun();
        live.Attach(run);
        modem.Handle(new ModemCommand.ApplyPower(), TimeSpan.Zero);
        await Benches.Until(() => Take<AirRequest.Radio>(run, modem), "the radio is on");
        modem.Handle(new AirEvent.CoverageChanged(true), TimeSpan.Zero);
        modem.Handle(new ModemCommand.PullReset(), TimeSpan.Zero);
        // The run has not yet seen the new start when this is said.
        modem.Handle(new AirEvent.TcpOpened(1), TimeSpan.Zero);
        await Benches.Until(() => Take<AirRequest.Radio>(run, modem), "the radio is on again");
        modem.Handle(new AirEvent.TcpOpened(2), TimeSpan.Zero);
        modem.Handle(new ModemCommand.WriteUart(1, "end"u8.ToArray()), TimeSpan.Zero);
        await Benches.Until(() => Take<ModemReport.UartReceived>(run, modem), "the echo is there");
        var inputs = board.Last!.Inputs;
        inputs.OfType<AirEvent>().ShouldBe([new AirEvent.CoverageChanged(true), new AirEvent.TcpOpened(2)]);
    }

    [Fact]
    public async Task What_the_run_has_not_taken_at_its_end_is_acknowledged()
    {
        await using var server = await Benches.Serve(new CountingTarget(TimeSpan.FromMilliseconds(1)));
        await using var target = await Benches.Connect(server.Url);
        var modem = target.Create(Script, new BenchOptions { Target = target }, "1");
        var live = (ILiveMachine)modem;
        live.Attach(new PlayedRun());
        modem.Handle(new ModemCommand.ApplyPower(), TimeSpan.Zero);
        await Benches.Until(() => target.Link.Waiting > 100, "much is there and nobody takes it");
        await live.DisposeAsync();
        await Benches.Until(() => target.Link.Waiting == 0, "all is acknowledged");
    }

    [Fact]
    public async Task What_the_modem_says_while_its_cut_is_on_the_way_is_not_heard()
    {
        var board = new CountingTarget(TimeSpan.FromMilliseconds(1));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        var modem = target.Create(Script, new BenchOptions { Target = target }, "1");
        await using var live = (ILiveMachine)modem;
        var run = new PlayedRun();
        live.Attach(run);
        for (var life = 0; life < 5; life++)
        {
            modem.Handle(new ModemCommand.ApplyPower(), TimeSpan.Zero);
            await Benches.Until(() => Take<ModemReport.LogLine>(run, modem), "it counts");
            modem.Handle(new ModemCommand.CutPower(), TimeSpan.Zero);
            var heard = new List<ModemOutput>();
            await Benches.Until(() => TakeAll(run, modem, heard).OfType<ModemReport.PoweredOff>().Any(), "it is off");
            heard.OfType<ModemReport.LogLine>().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_modem_that_fails_at_the_bench_is_lost_with_the_reason_and_the_bench_goes_on()
    {
        var fails = true;
        var counting = new CountingTarget(TimeSpan.FromMilliseconds(5));
        var board = new HookedTarget(counting, () =>
        {
            if (fails) throw new InvalidOperationException("no port for it");
        });
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Script);
        (await bench.RunUntil(() => bench.Events.Any(e => e.Kind == EventKinds.ModemLost), TimeSpan.FromSeconds(20)))
            .ShouldBeTrue();
        bench.Events.Last(e => e.Kind == EventKinds.ModemLost).Text.ShouldContain("no port for it");
        fails = false;
        bench.Firmware(Script);
        await bench.ApplyPower();
        await bench.Expect(Match.Started(), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Packets_on_a_UART_keep_their_pauses_however_unevenly_they_come()
    {
        // What compiles the way of a packet is not to be what delays one.
        await TimesOfPackets();
        var times = await TimesOfPackets();
        for (var i = 1; i < 5; i++)
        {
            (times[i] - times[i - 1]).ShouldBeInRange(
                TimeSpan.FromMilliseconds(17.9), TimeSpan.FromMilliseconds(20), $"before packet {i}");
        }
    }

    private static async Task<IReadOnlyList<TimeSpan>> TimesOfPackets()
    {
        var board = new CountingTarget(TimeSpan.FromSeconds(10));
        var outbox = new Outbox(100, 1_000_000);
        await using var modem = new ServedModem(
            1, () => board.Create(Script, new BenchOptions(), "1"), new WallClock(), TimeSpan.Zero, outbox);
        // The first is late, the others are not.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++)
        {
            modem.Post(new ModemCommand.WriteUart(1, "x"u8.ToArray()), i * TimeSpan.FromMilliseconds(20), 0);
        }

        await Benches.Until(() => outbox.Count == 5, "all came back");
        return board.Last!.Times;
    }

    private static IEnumerable<SessionEvent> Logs(Bench bench) => bench.Events.Where(e => e.Lane == SessionLane.Log);

    private static string Echo(Bench bench) => string.Concat(bench.Events
        .Where(e => e.Kind == EventKinds.UartOut(1)).Select(e => Encoding.ASCII.GetString(e.Bytes.Span)));

    private static int ShouldCountFromZero(Bench bench)
    {
        var lines = Logs(bench).Select(e => long.Parse(e.Text.Trim(), CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i < lines.Length; i++) lines[i].ShouldBe(i);
        return lines.Length;
    }

    private static List<ModemOutput> TakeAll(
        PlayedRun run, ISansIoMachine<ModemInput, ModemOutput> modem, List<ModemOutput> into)
    {
        run.DoPosted();
        while (modem.TryTake(out var output)) into.Add(output);
        return into;
    }

    private static bool Take<T>(PlayedRun run, ISansIoMachine<ModemInput, ModemOutput> modem) =>
        TakeAll(run, modem, []).OfType<T>().Any();

    private sealed class HookedTarget(IModemTarget inner, Action created) : IModemTarget
    {
        public string Name => inner.Name;

        public IReadOnlyCollection<string> Capabilities => inner.Capabilities;

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem)
        {
            created();
            return inner.Create(firmware, options, modem);
        }
    }
}
