using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Reports.Waves;

namespace AirHil.Reports.Tests.Waves;

/// <summary>The dump is read back by a parser of its own and compared with the session.</summary>
public sealed class VcdExportTests
{
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
        Changes(file, "module_1.connections")[^1].Value.ShouldBe(2); // The first is half open: coverage took its end.
        file.Signals["module_1.websocket_up"].Count.ShouldBe(events.Count(e => e.Kind == "ws.text.in"));
        file.End.ShouldBe(events[^1].At.Ticks);
    }

    [Fact]
    public async Task Serial_bytes_are_laid_out_one_behind_the_other()
    {
        var events = (await DemoRun.Scenario("Readings go out byte for byte")).Session!.Events.ToArray();
        var sent = events.First(e => e.Kind == "uart1.tx" && e.Text.Length == 0 && e.Bytes.Length == 12);

        var file = Write(events);

        var bytes = file.Signals["module_1.uart1_tx"].Where(c => c.Value is not null).TakeLast(12).ToArray();
        Encoding.ASCII.GetString([.. bytes.Select(b => (byte)b.Value!)]).ShouldBe("04=HR;5.12=T");
        (bytes[1].At - bytes[0].At).ShouldBe(868); // Ten bits at 115,200 baud, in 100 ns.
        file.Signals["module_1.uart1_tx_active"][^1].ShouldBe((sent.At.Ticks, 0));
        file.Types["module_1.uart1_tx"].ShouldBe(("wire", 8));
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
    public void A_session_without_events_is_a_dump_without_signals() => Write([]).Signals.ShouldBeEmpty();

    private static long At(SessionEvent[] events, string kind) => events.First(e => e.Kind == kind).At.Ticks;

    private static (long At, double? Value)[] Changes(VcdFile file, string signal) =>
        [.. file.Signals[signal].Skip(1)];

    private static VcdFile Write(IEnumerable<SessionEvent> events)
    {
        using var output = new StringWriter();
        VcdExport.Write(output, events);
        return VcdFile.Parse(output.ToString());
    }
}
