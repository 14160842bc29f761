using AirHil.Board.Description;
using AirHil.Board.Emulator;
using AirHil.Board.Log;
using AirHil.Board.Modem;
using AirHil.Board.Ports;
using AirHil.Board.Tests.Emulator;
using AirHil.Board.Tests.Log;
using AirHil.Modem;
using AirHil.Modem.Observation;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests.Conformance;

/// <summary>
/// The log that the vendor published of a real module, framed and played on a tty at its ticks, is understood as any
/// module's log is.
/// </summary>
public sealed class PlayedBoardTests
{
    private const double Speed = 20;

    [Fact]
    public async Task The_published_log_tells_boot_version_network_connection_and_echo()
    {
        Terminals.SkipWithout();
        using var player = new Player(VendorLog.Echo);
        await using var bench = new Bench(new BenchOptions { Target = new PlayedTarget(player) });
        bench.Firmware(FirmwareSource.FromText(""));
        await bench.ApplyPower();
        var patience = TimeSpan.FromMinutes(5);
        await bench.Expect(Match.Moment<Moment.Booted>(), patience);
        await bench.Expect(
            Match.Moment<Moment.FirmwareVersion>(v => v is { Chip: "EC618", Version: "V1112", Bits: 32 }), patience);
        var ready = await bench.Expect(Match.Moment<Moment.IpReady>(), patience);
        ready.Event.Tick.ShouldBe(TimeSpan.FromMilliseconds(4448));
        await bench.Expect(Match.Moment<Moment.Connecting>(c => c.Host == "echo.airtun.air32.cn"), patience);
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), patience);
        await bench.Expect(Match.LogContains("WebSocket connect succeed!"), patience);
        var echo = await bench.Expect(Match.LogContains("\"action\": \"echo\""), patience);
        echo.Moment.ShouldBeOfType<Moment.UserLog>().Tag.ShouldBe("wsc");
        (echo.At - ready.At).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    }

    private sealed class PlayedTarget(Player player) : IModemTarget
    {
        public string Name => "a recording";

        public IReadOnlyCollection<string> Capabilities => [];

        public RigClock Clock => RigClock.Wall;

        public double Speed => PlayedBoardTests.Speed;

        public TimeSpan Latency => TimeSpan.FromSeconds(Speed);

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem) =>
            new BoardModem(new BoardDescription("played", new PortAddress.Path(player.Port)));
    }

    /// <summary>Waits for the rig's reset and its wish for the log, and then plays.</summary>
    private sealed class Player : IDisposable
    {
        private readonly PseudoTerminal _terminal = PseudoTerminal.Open();
        private readonly (uint TickMs, string Text)[] _lines;

        public Player((uint TickMs, string Text)[] lines)
        {
            _lines = lines;
            new Thread(Play) { IsBackground = true }.Start();
        }

        public string Port => _terminal.SlavePath;

        public void Dispose() => _terminal.Dispose();

        private void Play()
        {
            var commands = new HostCommandReader();
            var chunk = new byte[256];
            for (var isReset = false; !isReset;)
            {
                var count = _terminal.Read(chunk, TimeSpan.FromSeconds(1));
                if (_terminal.IsUnplugged()) return;
                commands.Push(chunk.AsSpan(0, count));
                while (commands.TryTake(out var command)) isReset |= command is HostCommand.Reboot;
            }

            var clock = new WallClock(Speed);
            foreach (var line in _lines)
            {
                Thread.Sleep(clock.Until(TimeSpan.FromMilliseconds(line.TickMs)));
                if (_terminal.IsUnplugged()) return;
                _terminal.Write(VendorLog.Frames([line]));
            }
        }
    }
}
