using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Tests.Sessions;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Replay;

public sealed class PeerReplayTests
{
    /// <summary>It talks by itself, at times that it draws, and holds a pin.</summary>
    private const string Talker =
        """
        local function talk()
          send(require("words").echo)
          log("said", parameters.word)
          level(3, random(0, 1))
          after(random(500, 3000), talk)
        end
        talk()
        """;

    private static readonly PeerScript Script = new("talker.lua", Talker, [new("word", "echo")])
    {
        Modules = [new("words", "return {echo = '\"echo\"\\r\\n'}")],
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 7)]
    public async Task A_run_with_a_peer_is_repeated_bit_for_bit(ulong seed, ulong interleaving)
    {
        using var file = new TempFile("s.ndjson.zst");
        var options = new BenchOptions { Seed = seed, Interleaving = interleaving };
        var events = await Record(file.Path, options);
        events.OfType<UartIn>().ShouldContain(e => e.Peer == "talker.lua");
        events.OfType<PinHeld>().ShouldContain(e => e.Peer == "talker.lua");
        var result = await ExactReplay.Run(() => SessionReader.Open(file.Path));
        result.Difference.ShouldBeNull();
        result.Hash.ShouldBe(result.RecordedHash);
        result.Events.ShouldBe(events.Count);
    }

    /// <summary>What the peer did comes from the recording, and is not done a second time.</summary>
    [Fact]
    public async Task A_recording_stands_for_module_and_peer()
    {
        using var file = new TempFile("s.ndjson.zst");
        var events = await Record(file.Path, new BenchOptions());
        await using var bench = RecordedRuns.Bench(
            "uart-passthrough-a", new BenchOptions { Target = RecordedTarget.Open(file.Path) });
        bench.AddPeer(Script, new PeerPlace.Uart(1));
        await RecordedRuns.Play(bench);
        bench.Events.ShouldBeEvents(events);
    }

    /// <summary>
    /// A replay has the rig's packets from the recording; a recording in the module's place has the peer's.
    /// </summary>
    /// <param name="peerAt">When the peer sends, in ms; the rig sends at 2 s.</param>
    [Theory]
    [InlineData(1000)]
    [InlineData(3000)]
    public async Task A_fault_strikes_the_same_packets_again(int peerAt)
    {
        using var file = new TempFile("s.ndjson");
        IReadOnlyList<SessionEvent> events;
        await using (var bench = new Bench())
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            await Play(bench);
            recorder.Finish();
            events = bench.Events;
        }

        events.OfType<UartIn>().Count(e => e.Peer.Length > 0).ShouldBe(2, "the first one is split");
        events.OfType<UartIn>().Count(e => e.Peer.Length == 0).ShouldBe(2, "the first one is split");
        (await ExactReplay.Run(() => SessionReader.Open(file.Path))).Difference.ShouldBeNull();
        await using var again = new Bench(new BenchOptions { Target = RecordedTarget.Open(file.Path) });
        await Play(again);
        again.Events.ShouldBeEvents(events);

        async Task Play(Bench bench)
        {
            bench.Firmware(FirmwareSource.FromText("_G.sys = require('sys') uart.setup(1, 115200) sys.run()"));
            bench.AddPeer(
                new PeerScript("p.lua", $"after({peerAt}, function() send('from peer') end)", []),
                new PeerPlace.Uart(1));
            await bench.ApplyPower();
            await bench.Begin(new SplitPackets { Limits = new(Times: 1) });
            await bench.RunFor(TimeSpan.FromSeconds(2));
            await bench.WriteUart(1, "from rig");
            await bench.RunFor(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>On every kind of place, and the module is put on the bench behind the peers.</summary>
    [Fact]
    public async Task Peers_on_buses_and_pins_are_repeated_too()
    {
        using var file = new TempFile("s.ndjson.zst");
        var lua = FirmwareSource.FromText(
            """
            _G.sys = require("sys")
            i2c.setup(0, i2c.FAST)
            local flash = spi.deviceSetup(0, 8, 0, 0, 8, 2000000, spi.MSB, 1, 0)
            local led = gpio.setup(27, 0)
            sys.timerLoopStart(function()
              led(1)
              i2c.send(0, 0x44, "ab")
              log.info("read", i2c.recv(0, 0x44, 2), flash:transfer("xyz", 3, 3))
              led(0)
            end, 100)
            sys.run()
            """);
        var bus = new PeerScript("bus.lua", "function on_data(d) send(d:upper()) log(d, random(9)) end", []);
        var pin = new PeerScript("pin.lua", "function on_level(p, l) if p == place.pin then log(l) end end", []);
        await using (var bench = new Bench(new BenchOptions { KeptEvents = 1000 }))
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            bench.AddPeer(bus, new PeerPlace.I2c("0", 0x44));
            bench.AddPeer(bus, new PeerPlace.Spi("0", 8));
            bench.AddPeer(pin, new PeerPlace.Pin(27));
            bench.Firmware(lua);
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(1));
            recorder.Finish();
            bench.Events.OfType<LogLine>().ShouldContain(e => e.Text.Contains("read\tAB\t", StringComparison.Ordinal));
            bench.Events.OfType<ScriptLogged>().Select(e => e.Name).Distinct().Order()
                .ShouldBe(["bus.lua", "pin.lua"]);
        }

        (await ExactReplay.Run(() => SessionReader.Open(file.Path))).IsSame.ShouldBeTrue();
    }

    [Fact]
    public async Task An_error_ends_the_run_with_its_line()
    {
        await using var bench = RecordedRuns.Bench("websocket-echo");
        bench.AddPeer(new PeerScript("late.lua", "after(1500, function()\nlog(x.y) end)", []), new PeerPlace.Uart(1));
        var problem = await Should.ThrowAsync<ScriptFailedException>(
            async () => await bench.RunFor(TimeSpan.FromSeconds(2)));
        problem.Message.ShouldStartWith("the script \"late.lua\" failed at 1.5 s: late.lua:2: attempt to index a nil");
        bench.Events.ShouldContain(e => e is ScriptFailed);
    }

    private static async Task<IReadOnlyList<SessionEvent>> Record(string path, BenchOptions options)
    {
        await using var bench = RecordedRuns.Bench("uart-passthrough-a", options);
        using var recorder = SessionRecorder.Start(bench, path);
        bench.AddPeer(Script, new PeerPlace.Uart(1));
        await RecordedRuns.Play(bench);
        recorder.Finish();
        return bench.Events;
    }
}
