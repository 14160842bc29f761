using System.Text;
using AirHil.Board.Download;
using AirHil.Board.Emulator;
using AirHil.Board.Log;
using AirHil.Board.Ports;
using AirHil.Board.Tests.Log;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Emulator;

/// <summary>The board as a PC sees it: device files that come and go, and bytes.</summary>
public sealed class EmulatedBoardTests
{
    private const string Echo =
        """
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len) uart.write(id, uart.read(id, len)) end)
        log.info("ready", "~}")
        """;

    private const string UsbEcho =
        """
        uart.setup(uart.VUART_0)
        uart.on(uart.VUART_0, "receive", function(id, len) uart.write(id, uart.read(id, len)) end)
        log.info("ready")
        sys.timerLoopStart(log.info, 100, "alive")
        """;

    private static readonly EmulatedBoardOptions On = new() { StartsPowered = true };

    [Fact]
    public void Without_supply_there_are_the_adapters_alone_and_the_relay_brings_the_usb_ports()
    {
        using var bench = new EmulatedBench(Echo);
        File.Exists(bench.Board.UartPort).ShouldBeTrue();
        File.Exists(bench.Board.RelayPort).ShouldBeTrue();
        File.Exists(bench.Board.LogPort).ShouldBeFalse();
        bench.Relay(closed: true);
        var log = bench.Open(bench.Board.LogPort);
        EmulatedBench.Await("the USB virtual UART", () => File.Exists(bench.Board.VirtualUartPort));
        bench.Relay(closed: false);
        EmulatedBench.Await("the end of the USB ports", () => !File.Exists(bench.Board.LogPort));
        EmulatedBench.AwaitHangUp(log);
        bench.Outputs.OfType<ModemReport.PoweredOff>().ShouldHaveSingleItem();
        bench.Outputs.OfType<AirRequest.Radio>().Last().On.ShouldBeFalse();
    }

    [Fact]
    public void The_log_begins_when_the_host_asks_for_it_and_nothing_of_the_boot_is_missing()
    {
        using var bench = new EmulatedBench(Echo, On);
        var port = bench.Open(bench.Board.LogPort);
        var listener = new LogListener(port);
        Thread.Sleep(100);
        listener.Bytes.ShouldBeEmpty();
        port.Write(HostCommands.StartLog);
        listener.Await("I/user.ready");
        var lines = listener.Lines.ToArray();
        lines[0].ShouldBe("am_service_init 851:Air780E_A17");
        lines.ShouldContain("I/main LuatOS@EC618 base 23.11 bsp V1112 32bit");
        lines.ShouldContain("I/user.ready\t~}");
        listener.Records[0].TickMs.ShouldBe(9ul);
    }

    [Fact]
    public void Its_frames_are_those_of_the_reference_byte_for_byte()
    {
        using var bench = new EmulatedBench(
            """
            log.info("GPIO", "Go Go Go", "0", "EC618")
            log.info("wsc", "conack")
            log.info("t", "a~b}c")
            """,
            On);
        var listener = bench.OpenLog();
        listener.Await("I/user.t");
        foreach (var (text, body) in new[]
        {
            ("I/user.GPIO\tGo Go Go\t0\tEC618",
                "00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 1C 00 00 00 49 2F 75 73 65 72 2E 47 50 49 4F 09 47 6F "
                + "20 47 6F 20 47 6F 09 30 09 45 43 36 31 38 7E"),
            ("I/user.wsc\tconack",
                "00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 11 00 00 00 49 2F 75 73 65 72 2E 77 73 63 09 63 6F 6E "
                + "61 63 6B 00 00 00 7E"),
            ("I/user.t\ta~b}c",
                "00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 0E 00 00 00 49 2F 75 73 65 72 2E 74 09 61 7D 02 62 7D "
                + "01 63 00 00 7E"),
        })
        {
            var tick = listener.Await(text).TickMs;
            byte[] head = [0x7E, .. BitConverter.GetBytes((uint)tick)];
            var frame = Convert.ToHexString(head) + body.Replace(" ", "", StringComparison.Ordinal);
            Convert.ToHexString(listener.Bytes).ShouldContain(frame);
        }
    }

    [Fact]
    public void Bytes_on_uart_1_reach_the_script_and_come_back_at_the_speed_of_the_line()
    {
        using var bench = new EmulatedBench(Echo, On, speed: 1);
        bench.OpenLog().Await("I/user.ready");
        var uart = bench.Open(bench.Board.UartPort);
        var sent = new byte[3000];
        for (var i = 0; i < sent.Length; i++) sent[i] = (byte)(i * 7);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        uart.Write(sent);
        EmulatedBench.Take(uart, sent.Length).ShouldBe(sent);
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(3000 * 10 / 115_200.0));
    }

    [Fact]
    public void A_script_that_restarts_takes_the_usb_ports_away_for_the_time_of_an_enumeration_and_uart_1_stays()
    {
        using var bench = new EmulatedBench(
            """
            uart.setup(1, 115200, 8, 1)
            uart.on(1, "receive", function() log.info("last words") rtos.reboot() end)
            log.info("ready")
            """,
            On);
        var first = bench.OpenLog();
        first.Await("I/user.ready");
        var uart = bench.Open(bench.Board.UartPort);
        uart.Write("x"u8);
        EmulatedBench.Await("the end of the log", () => first.Ended);
        first.Lines.Last().ShouldBe("I/user.last words");
        var second = bench.OpenLog();
        second.Await("I/user.ready");
        second.Lines.First().ShouldBe("am_service_init 851:Air780E_A17");
        bench.Outputs.OfType<ModemReport.PoweredOn>().Count().ShouldBe(2);
        // The boot ROM's greeting of the second start came over the line that stayed open.
        Encoding.ASCII.GetString(EmulatedBench.Take(uart, 14)).ShouldBe("^boot.rom'v'!\n");
    }

    [Theory]
    [InlineData(new byte[] { 0x7E, 0x00, 0x01, 0x7E })]
    [InlineData(new byte[] { 0x41, 0x54, 0x2B, 0x45, 0x43, 0x52, 0x53, 0x54, 0x0D, 0x0A })]
    public void The_host_restarts_it_over_the_log_port(byte[] command)
    {
        using var bench = new EmulatedBench(Echo, On);
        var log = bench.OpenLog();
        log.Await("I/user.ready");
        log.Port.Write(command);
        EmulatedBench.Await("the restart", () => bench.Outputs.OfType<ModemReport.PoweredOn>().Count() == 2);
        bench.OpenLog().Await("I/user.ready");
    }

    [Fact]
    public void Two_commands_lead_into_download_mode_and_a_power_cycle_out_of_it()
    {
        using var bench = new EmulatedBench(Echo, On with { DescribesUsb = true });
        var log = bench.OpenLog();
        log.Await("I/user.ready");
        log.Port.Write(DownloadMode.DelayedRestart);
        log.Port.Write(DownloadMode.Enter);
        var rom = bench.Open(bench.Board.BootPort);
        File.Exists(bench.Board.LogPort).ShouldBeFalse();
        bench.AwaitTold("it is in download mode, with one USB port");
        new UsbTopology(bench.Board.Folder).List().ShouldHaveSingleItem().IsDownloadingModule.ShouldBeTrue();
        rom.Write(DownloadSync.For(DownloadStage.DownloadBoot));
        rom.Write(DownloadSync.For(DownloadStage.DownloadBoot));
        var answer = EmulatedBench.Take(rom, 8);
        DownloadSync.Read(answer, DownloadStage.DownloadBoot).ShouldBe(DownloadAnswer.Synchronised);
        bench.Relay(closed: false);
        EmulatedBench.Await("the end of the boot port", () => !File.Exists(bench.Board.BootPort));
        bench.Relay(closed: true);
        bench.OpenLog().Await("I/user.ready");
    }

    [Fact]
    public void A_delayed_restart_without_the_second_command_is_a_restart()
    {
        using var bench = new EmulatedBench(Echo, On);
        var log = bench.OpenLog();
        log.Await("I/user.ready");
        log.Port.Write(DownloadMode.DelayedRestart);
        EmulatedBench.Await("the restart", () => bench.Outputs.OfType<ModemReport.PoweredOn>().Count() == 2);
    }

    [Fact]
    public void Unplugged_it_runs_on_and_keeps_the_log_that_nobody_takes()
    {
        // With this seed the cable is out from 2.8 s for 0.32 s, and then not again for 16 s.
        using var bench = new EmulatedBench(
            UsbEcho, On with { UnplugEvery = TimeSpan.FromSeconds(7), Seed = 674 });
        var before = bench.OpenLog();
        before.Await("I/user.alive");
        EmulatedBench.Await("the hang-up", () => before.Ended);
        var last = before.Records[^1].TickMs;
        var after = bench.OpenLog();
        EmulatedBench.Await("the log", () => after.Records.Count > 10);
        after.Records[0].TickMs.ShouldBeInRange(last + 90, last + 110);
        bench.Outputs.OfType<ModemReport.PoweredOn>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Who_opens_a_port_does_not_meet_what_an_earlier_user_left_unread()
    {
        using var bench = new EmulatedBench(Echo + "\n" + UsbEcho, On);
        bench.OpenLog().Await("I/user.alive");
        var other = bench.Open(bench.Board.VirtualUartPort);
        var first = bench.Open(bench.Board.UartPort);
        first.Write("stale"u8);
        EmulatedBench.Await(
            "the echo that nobody reads",
            () => string.Concat(
                bench.Outputs.OfType<ModemReport.UartReceived>().Select(s => Encoding.ASCII.GetString(s.Bytes.Span)))
                .EndsWith("stale", StringComparison.Ordinal));
        first.Dispose();
        // The board serves its ports in order: when this has come back, it knows that the user has gone.
        other.Write("next"u8);
        EmulatedBench.Take(other, 4);
        var second = bench.Open(bench.Board.UartPort);
        second.Write("fresh"u8);
        Encoding.ASCII.GetString(EmulatedBench.Take(second, 5)).ShouldBe("fresh");
    }

    [Fact]
    public void What_the_log_cannot_keep_is_lost_and_the_rest_is_whole()
    {
        using var bench = new EmulatedBench(
            """
            log.info("ready")
            for i = 1, 500 do log.info("line", i, string.rep("x", 80)) end
            log.info("end")
            sys.timerLoopStart(log.info, 50, "alive")
            """,
            On with { LogBacklogBytes = 8192, EnumerationTime = TimeSpan.FromSeconds(2) });
        var log = bench.OpenLog();
        log.Await("I/user.alive");
        var lines = log.Lines.Where(l => l.StartsWith("I/user.line", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBeInRange(40, 80);
        lines.Select((l, i) => l == $"I/user.line\t{i + 1}\t{new string('x', 80)}").ShouldAllBe(right => right);
        log.Lines.ShouldNotContain("I/user.end");
    }

    [Fact]
    public void The_usb_virtual_uart_is_a_port_of_its_own()
    {
        using var bench = new EmulatedBench(UsbEcho, On);
        bench.OpenLog().Await("I/user.ready");
        var port = bench.Open(bench.Board.VirtualUartPort);
        port.Write("over USB"u8);
        Encoding.ASCII.GetString(EmulatedBench.Take(port, 8)).ShouldBe("over USB");
    }

    [Fact]
    public void Ports_are_found_by_their_place_on_the_bus()
    {
        using var bench = new EmulatedBench(Echo, On with { DescribesUsb = true, Location = "3-1.4" });
        EmulatedBench.Await("the log port", () => File.Exists(bench.Board.LogPort));
        var usb = new UsbTopology(bench.Board.Folder);
        EmulatedBench.Await("the tree", () => usb.List().Count == 3);
        usb.List().Select(p => p.Interface).ShouldBe([2, 4, 6]);
        usb.List().ShouldAllBe(p => p.IsRunningModule && p.Location == "3-1.4");
        bench.Board.LogPort.ShouldEndWith("usb-0:1.4:1.2");
        using var log = new FileStream(usb.Find(new PortAddress.Usb("3-1.4", 2))!, FileMode.Open, FileAccess.ReadWrite);
        log.Write(HostCommands.StartLog);
        log.Flush();
        log.ReadByte().ShouldBe(0x7E);
    }

    [Fact]
    public void Two_boards_live_beside_each_other_in_one_folder()
    {
        var folder = Directory.CreateTempSubdirectory("airhil-test-").FullName;
        try
        {
            using (var one = new EmulatedBench(Echo, On with { Folder = folder, Location = "1-1" }))
            using (var other = new EmulatedBench(UsbEcho, On with { Folder = folder, Location = "1-4" }))
            {
                one.OpenLog().Await("I/user.ready\t~}");
                other.OpenLog().Await("I/user.alive");
                one.Board.UartPort.ShouldNotBe(other.Board.UartPort);
            }

            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void At_random_moments_it_is_unplugged_and_comes_back()
    {
        using var bench = new EmulatedBench(
            UsbEcho, On with { UnplugEvery = TimeSpan.FromSeconds(3) }, speed: 20);
        EmulatedBench.Await(
            "four unplugs", () => bench.Told.Count(t => t == "the USB cable is plugged in") >= 4);
        bench.Outputs.OfType<ModemReport.PoweredOn>().ShouldHaveSingleItem();
    }

    [Fact]
    public void At_ten_times_the_speed_ten_seconds_pass_in_one()
    {
        using var bench = new EmulatedBench("sys.timerLoopStart(log.info, 1000, \"alive\")", On, speed: 10);
        var log = bench.OpenLog();
        var first = log.Await("I/user.alive");
        // At the wall's own pace that would take longer than anything is waited for.
        EmulatedBench.Await("the log", () => log.Records[^1].Tick - first.Tick > EmulatedBench.Patience);
        var last = log.Records[^1];
        (last.TickMs % 1000).ShouldBeInRange(first.TickMs % 1000 - 1, first.TickMs % 1000 + 1);
    }

    [Fact]
    public void Its_links_and_its_temporary_folder_go_with_it()
    {
        string folder;
        using (var bench = new EmulatedBench(Echo, On))
        {
            folder = bench.Board.Folder;
            bench.OpenLog().Await("I/user.ready");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
