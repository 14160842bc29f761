using System.Text;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Reports.Waves;

namespace AirHil.Reports.Tests.Waves;

/// <summary>The dump is compared with the session by a parser of its own, and read by the viewers' own.</summary>
public sealed class VcdExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-waves-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Power_registration_connections_and_faults_change_when_they_did()
    {
        var events = (await DemoRun.Scenario("The link comes back")).Session!.Events.ToArray();

        var file = Write(events);

        file.Timescale.ShouldBe("100ns");
        file.Signals["module_1.power"][^1].Value.ShouldBe(1);
        Changes(file, "rig.fault_drop_coverage")
            .ShouldBe([(At(events, "fault.begin"), 1), (At(events, "fault.end"), 0)]);
        Changes(file, "rig.faults").Select(c => c.Value).ShouldBe([1, 0]);
        Changes(file, "module_1.registered").Select(c => c.Value).ShouldBe([0, 1, 0, 1]);
        Changes(file, "module_1.no_coverage")
            .ShouldBe([(At(events, "coverage.lost"), 1), (At(events, "coverage.found"), 0)]);
        Changes(file, "module_1.connections")[^1].Value.ShouldBe(1); // The module forgot the first with its address.
        file.End.ShouldBe(events[^1].At.Ticks);
    }

    [Fact]
    public async Task A_text_for_the_service_is_a_pulse()
    {
        var events = await EchoRun.Events();

        var file = Write([.. events]);

        file.Signals["module_1.websocket_up"].Count.ShouldBe(events.Count(e => e.Kind == "ws.text.in"));
    }

    [Fact]
    public async Task Serial_bytes_are_laid_out_one_behind_the_other()
    {
        var events = (await DemoRun.Scenario("Readings go out byte for byte")).Session!.Events.ToArray();
        var sent = events.First(e => e.Kind == "uart1.tx" && e.Text.Length == 0 && e.Bytes.Length == 12);

        var file = Write(events);

        var bytes = file.Signals["module_1.uart1_tx_byte"].Where(c => c.Value is not null).TakeLast(12).ToArray();
        Encoding.ASCII.GetString([.. bytes.Select(b => (byte)b.Value!)]).ShouldBe("04=HR;5.12=T");
        (bytes[1].At - bytes[0].At).ShouldBe(868); // Ten bits at 115,200 baud, in 100 ns.
        file.Signals["module_1.uart1_tx_active"][^1].ShouldBe((sent.At.Ticks, 0));
        file.Types["module_1.uart1_tx_byte"].ShouldBe(("wire", 8));
    }

    [Fact]
    public async Task The_watchdog_runs_down_and_bites()
    {
        var events = (await DemoRun.Scenario("A busy loop resets")).Session!.Events.ToArray();

        var file = Write(events);

        var left = file.Signals["module_1.watchdog_left_s"];
        left.Max(c => c.Value)!.Value.ShouldBe(18);
        left.Min(c => c.Value)!.Value.ShouldBeLessThan(0.2);
        file.Signals["module_1.watchdog_reset"].ShouldHaveSingleItem();
        file.Signals["module_1.cpu_busy"].Max(c => c.Value)!.Value.ShouldBe(1, 0.01);
        file.Signals["module_1.lua_heap_bytes"].Max(c => c.Value)!.Value.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public void A_pin_is_high_where_the_module_drives_it_so_and_what_the_rig_does_with_it_stands_beside()
    {
        var file = Write(
        [
            new PinDriven(TimeSpan.FromTicks(10), 27, PinDrive.High) { Modem = "1" },
            new PinDriven(TimeSpan.FromTicks(20), 27, PinDrive.Low) { Modem = "1" },
            new PinHeld(TimeSpan.FromTicks(30), 22, PinHold.High) { Modem = "1" },
            new PinHeld(TimeSpan.FromTicks(40), 22, PinHold.Low) { Modem = "1" },
            new PinHeld(TimeSpan.FromTicks(50), 22, PinHold.Released) { Modem = "1" },
            new PinPulsed(TimeSpan.FromTicks(60), 4, 1000, 250, 0) { Modem = "1" },
        ]);

        Changes(file, "module_1.gpio27").ShouldBe([(10, 1d), (20, 0d)]);
        Seen(file, "module_1.gpio22_held_high")[^2..].ShouldBe([(30, 1d), (40, 0d)]);
        Seen(file, "module_1.gpio22_held_low")[^2..].ShouldBe([(40, 1d), (50, 0d)]);
        Changes(file, "module_1.gpio4_hertz").ShouldBe([(60, 1000d)]);
        Changes(file, "module_1.gpio4_duty").ShouldBe([(60, 0.25)]);
    }

    [Fact]
    public async Task GTKWave_reads_every_change_of_every_signal()
    {
        foreach (var title in (string[])["The link comes back", "Readings go out", "A busy loop resets"])
        {
            var written = Path.Combine(_folder.FullName, "session.vcd");
            var events = (await DemoRun.Scenario(title)).Session!.Events;
            VcdExport.Write(written, events);

            await WaveTool.Run("gtkwave", "vcd2fst", written, written + ".fst");
            var read = VcdFile.Parse(await WaveTool.Run("gtkwave", "fst2vcd", written + ".fst"));

            var file = Write(events);
            read.Types.ShouldBe(file.Types);
            foreach (var signal in file.Signals.Keys) Seen(read, signal).ShouldBe(Seen(file, signal), signal);
        }
    }

    [Theory]
    [InlineData("uart1_tx", "04=HR;5.12=T")]
    [InlineData("uart1_rx", "T=21.5;RH=40")]
    public async Task The_UART_decoder_of_PulseView_reads_the_serial_line(string line, string text)
    {
        var written = Path.Combine(_folder.FullName, "session.vcd");
        VcdExport.Write(written, (await DemoRun.Scenario("Readings go out")).Session!.Events);

        var decoded = await WaveTool.Run("sigrok-cli", "sigrok-cli", "-I", "vcd", "-i", written,
            "-P", $"uart:rx={line}:baudrate=115200:format=ascii", "-A", "uart=rx-data");

        string.Concat(decoded.Split('\n').Select(row => row.Replace("uart-1: ", ""))).ShouldEndWith(text);
    }

    [Fact]
    public void A_session_without_events_is_a_dump_without_signals() => Write([]).Signals.ShouldBeEmpty();

    private static long At(SessionEvent[] events, string kind) => events.First(e => e.Kind == kind).At.Ticks;

    private static (long At, double? Value)[] Changes(VcdFile file, string signal) =>
        [.. file.Signals[signal].Skip(1)];

    /// <summary>What an eye sees: of what changes at one time the last, and no change to what was there.</summary>
    private static List<(long At, double? Value)> Seen(VcdFile file, string signal)
    {
        List<(long At, double? Value)> seen = [];
        foreach (var at in file.Signals[signal].GroupBy(c => c.At))
        {
            var change = at.Last();
            var isEvent = file.Types[signal].Type == "event";
            if (isEvent ? at.Key > 0 : seen.Count == 0 || seen[^1].Value != change.Value) seen.Add(change);
        }

        return seen;
    }

    private static VcdFile Write(IEnumerable<SessionEvent> events)
    {
        using var output = new StringWriter();
        VcdExport.Write(output, events);
        return VcdFile.Parse(output.ToString());
    }
}
