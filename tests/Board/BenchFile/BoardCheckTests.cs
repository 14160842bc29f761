using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Emulator;
using AirHil.Board.Lease;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Board.Tests.Emulator;
using AirHil.Board.Tests.Log;

namespace AirHil.Board.Tests.BenchFile;

/// <summary>A bench is looked at, where the board is the emulator on pseudo-terminals.</summary>
public sealed class BoardCheckTests : IDisposable
{
    private const string Script = "log.info(\"airhil\", \"script 0123456789ab\")\nsys.timerLoopStart(log.info, 100, "
        + "\"alive\")";
    private static readonly EmulatedBoardOptions On = new() { DescribesUsb = true, StartsPowered = true };
    private static readonly TerminalPerson Nobody = new(TextReader.Null, TextWriter.Null, isThere: false);
    private readonly string _leases = Directory.CreateTempSubdirectory("airhil-lease-").FullName;

    public void Dispose() => Directory.Delete(_leases, recursive: true);

    [Fact]
    public async Task A_healthy_board_passes_in_all_its_parts()
    {
        using var bench = new EmulatedBench(Script, On);
        var lines = await Check(bench, Describe(bench));
        lines.Where(l => l.Outcome == CheckOutcome.Failed).ShouldBeEmpty();
        lines.Where(l => l.Outcome == CheckOutcome.Ok).Select(l => l.Part).ShouldBe(
            ["lease", "log port", "log", "reset", "firmware", "script", "power", "UART 1", "UART 32"]);
        lines.Single(l => l.Part == "script").Text.ShouldContain("0123456789ab");
        lines.Single(l => l.Part == "firmware").Text.ShouldContain("V1112");
    }

    [Fact]
    public async Task The_wrong_firmware_is_told()
    {
        using var bench = new EmulatedBench(Script, On);
        var board = Describe(bench) with { Firmware = "V1999", Power = null, Reset = ResetMethod.AtCommand };
        var failed = (await Check(bench, board)).Single(l => l.Outcome == CheckOutcome.Failed);
        failed.Part.ShouldBe("firmware");
        failed.Text.ShouldContain("'V1999' is expected");
    }

    [Fact]
    public async Task A_board_that_somebody_holds_is_left_alone()
    {
        using var bench = new EmulatedBench(Script, On);
        using var lease = await BoardLease.AcquireAsync(
            Describe(bench), TimeSpan.Zero, TestContext.Current.CancellationToken, _leases);
        var lines = await Check(bench, Describe(bench));
        lines.Select(l => l.Outcome).ShouldBe([CheckOutcome.Failed, CheckOutcome.Skipped]);
        lines[0].Text.ShouldContain($"process {Environment.ProcessId}");
    }

    [Fact]
    public async Task A_board_in_download_mode_is_recognised_by_its_boot_ROM()
    {
        using var bench = new EmulatedBench(Script, On);
        var log = bench.OpenLog();
        log.Await("I/user.alive");
        log.Port.Write(DownloadMode.DelayedRestart);
        log.Port.Write(DownloadMode.Enter);
        EmulatedBench.Await(
            "download mode", () => File.Exists(bench.Board.BootPort) && !File.Exists(bench.Board.LogPort));
        var lines = await Check(bench, Describe(bench) with { Power = null });
        lines.First(l => l.Part == "log port").Outcome.ShouldBe(CheckOutcome.Failed);
        lines.Single(l => l.Part == "download mode").Text.ShouldContain("its boot ROM answers");
    }

    [Fact]
    public async Task A_port_that_is_no_log_port_is_told()
    {
        using var bench = new EmulatedBench(Script, On);
        var board = new BoardDescription("left", new PortAddress.Usb("1-1", 4));
        var lines = await Check(bench, board, o => o with { MayReset = false, LogLimit = TimeSpan.FromSeconds(1) });
        var log = lines.Single(l => l.Part == "log");
        log.Outcome.ShouldBe(CheckOutcome.Failed);
        log.Text.ShouldContain("another interface than 2");
    }

    [Fact]
    public async Task A_switch_of_another_board_is_found_out()
    {
        using var bench = new EmulatedBench(Script, On);
        var board = Describe(bench) with { Power = new PowerDescription.Command("true", "true") };
        var power = (await Check(bench, board)).Single(l => l.Part == "power");
        power.Outcome.ShouldBe(CheckOutcome.Failed);
        power.Text.ShouldContain("the log goes on");
    }

    [Fact]
    public async Task A_port_that_is_missing_is_told_with_what_there_is()
    {
        using var bench = new EmulatedBench(Script, On);
        var board = new BoardDescription("far", new PortAddress.Usb("7-1", 2));
        var lines = await Check(bench, board);
        lines.Single(l => l.Part == "log port").Text.ShouldContain("there are some at 1-1");
        lines.Single(l => l.Part == "reset").Outcome.ShouldBe(CheckOutcome.Skipped);
    }

    [Fact]
    public void What_is_plugged_in_becomes_a_bench_file()
    {
        using var bench = new EmulatedBench(Script, On);
        var usb = new UsbTopology(bench.Board.Folder);
        EmulatedBench.Await("the ports", () => IsComplete(usb.List()));
        var yaml = BenchDiscovery.Write(usb.List(), _ => "LuatOS")!;
        var board = BenchFileReader.Parse(yaml, "b.yaml").Boards.ShouldHaveSingleItem();
        board.Log.ShouldBe(new PortAddress.Usb("1-1", 2));
        board.Uarts[32].Port.ShouldBe(new PortAddress.Usb("1-1", 6));
        yaml.ShouldContain("confirmed: LuatOS");
        BenchDiscovery.Write(usb.List(), _ => null)!.ShouldContain("by its number alone");
    }

    [Fact]
    public void Of_other_devices_alone_no_bench_file_is_made()
    {
        var adapter = new UsbPort("1-2", 0, "/dev/ttyUSB0", "1a86", "7523", "", "USB\nSerial");
        BenchDiscovery.Write([adapter], _ => null).ShouldBeNull();
        var parked = new UsbPort("1-3", 0, "/dev/ttyACM0", "17d1", "0001", "", "");
        var yaml = BenchDiscovery.Write([adapter, parked], _ => null)!;
        yaml.ShouldContain("download mode");
        yaml.ShouldContain("usb:1-2:0  /dev/ttyUSB0, USBSerial (1a86:7523)");
        BenchFileReader.Parse(yaml, "b.yaml").Boards.ShouldHaveSingleItem().Log.ShouldBe(new PortAddress.Usb("1-3", 2));
    }

    private static BoardDescription Describe(EmulatedBench bench) => bench.Board.Describe("left") with
    {
        Log = new PortAddress.Usb("1-1", 2),
    };

    /// <summary>Whether all ports are there: of a module that runs, or of one in download mode.</summary>
    private static bool IsComplete(IReadOnlyList<UsbPort> ports) =>
        ports.Count(p => p.IsRunningModule) == 3 || ports.Any(p => p.IsDownloadingModule);

    private async Task<List<CheckLine>> Check(
        EmulatedBench bench, BoardDescription board, Func<CheckOptions, CheckOptions>? change = null)
    {
        var lines = new List<CheckLine>();
        var options = new CheckOptions
        {
            Usb = new UsbTopology(bench.Board.Folder),
            Person = Nobody,
            LeaseFolder = _leases,
            OffTime = TimeSpan.FromSeconds(2),
            LogLimit = EmulatedBench.Patience,
            AgentLimit = EmulatedBench.Patience,
        };
        EmulatedBench.Await("the ports", () => IsComplete(options.Usb.List()));
        var check = new BoardCheck(board, change?.Invoke(options) ?? options, lines.Add);
        var well = await check.RunAsync(TestContext.Current.CancellationToken);
        well.ShouldBe(lines.All(l => l.Outcome != CheckOutcome.Failed));
        return lines;
    }
}
