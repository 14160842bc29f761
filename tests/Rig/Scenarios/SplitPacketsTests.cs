using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class SplitPacketsTests
{
    /// <summary>Each sends two packets at once, while the second half of the first one is late.</summary>
    [Fact]
    public async Task No_byte_overtakes_another()
    {
        using var file = new TempFile("s.ndjson");
        await using var bench = new Bench();
        using var recorder = SessionRecorder.Start(bench, file.Path);
        bench.Firmware(FirmwareSource.FromText(
            """
            _G.sys = require("sys")
            uart.setup(1, 115200)
            sys.timerStart(function() uart.write(1, "abcd") uart.write(1, "efgh") end, 2000)
            sys.run()
            """));
        bench.AddPeer(
            new PeerScript("p.lua", "after(2000, function() send('ijkl') send('mnop') end)", []),
            new PeerPlace.Uart(1));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(1));
        await bench.Begin(new SplitPackets());
        await bench.Begin(new SplitPackets { Limits = new(ToModule: false) });
        await bench.RunFor(TimeSpan.FromSeconds(1));
        await bench.WriteUart(1, "qrst");
        await bench.RunFor(TimeSpan.FromMilliseconds(50));
        await bench.WriteUart(1, "uvwx");
        await bench.RunFor(TimeSpan.FromSeconds(2));
        recorder.Finish();
        Packets(bench.Events.OfType<UartOut>().Where(e => e.At > TimeSpan.FromSeconds(1))).ShouldBe("ab cd efgh");
        Packets(bench.Events.OfType<UartIn>().Where(e => e.Peer.Length > 0)).ShouldBe("ij kl mnop");
        Packets(bench.Events.OfType<UartIn>().Where(e => e.Peer.Length == 0)).ShouldBe("qr st uvwx");
        (await ExactReplay.Run(() => SessionReader.Open(file.Path))).Difference.ShouldBeNull();
    }

    [Fact]
    public async Task A_packet_of_one_byte_comes_once()
    {
        await using var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText("_G.sys = require('sys') uart.setup(1, 115200) sys.run()"));
        await bench.ApplyPower();
        await bench.Begin(new SplitPackets());
        await bench.WriteUart(1, "a");
        await bench.RunFor(TimeSpan.FromSeconds(1));
        bench.Events.OfType<UartIn>().ShouldHaveSingleItem().Bytes.ToArray().ShouldBe("a"u8.ToArray());
    }

    private static string Packets(IEnumerable<SessionEvent> events) => string.Join(' ', events.Select(e =>
        System.Text.Encoding.ASCII.GetString(e.Bytes.Span)));
}
