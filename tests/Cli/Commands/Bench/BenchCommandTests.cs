namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>`airhil bench …` as a user types it, with an emulated board.</summary>
[Trait("Clock", "wall")]
public sealed class BenchCommandTests(EmulatedBench bench) : IClassFixture<EmulatedBench>
{
    [Fact]
    public async Task List_tells_ports_supply_and_that_nobody_holds_the_board()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);

        var outcome = (await bench.Run("bench", "list")).ShouldExitWith(0);

        outcome.Output.ShouldContain("emulator  free");
        outcome.Output.ShouldMatch(@"log      .*usb-0:1:1\.2");
        outcome.Output.ShouldMatch(@"UART 1   .*usb-0:2:1\.0-port0, 115200 baud");
        outcome.Output.ShouldMatch(@"power    relay 1 on .*usb-0:3:1\.0-port0");
        outcome.Output.ShouldMatch(@"deploy   .*cp -r \{dir\}");
    }

    [Fact]
    public async Task Emulate_replaces_no_bench_file_that_somebody_wrote_or_changed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        var own = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        foreach (var text in (string[])
            ["# my notes\n", own + "service: { address: 127.0.0.1 }\n", "", own.Replace("cp -r", "my-copy")])
        {
            bench.Folder.Write("mine.yaml", text);
            (await RunningCommand.ToItsEnd(
                bench.Folder.Path, "bench", "emulate", "--script", "first", "--bench-file", "mine.yaml"))
                .ShouldExitWith(4).Error.ShouldContain("'mine.yaml' is not as an emulator wrote it, and would be lost");
            (await File.ReadAllTextAsync(
                Path.Combine(bench.Folder.Path, "mine.yaml"), TestContext.Current.CancellationToken)).ShouldBe(text);
        }

        bench.Folder.Write("mine.yaml", own);
        await using var again = RunningCommand.In(
            bench.Folder.Path, "bench", "emulate", "--script", "first", "--bench-file", "mine.yaml");
        await again.Shows("Ctrl-C ends it");
    }

    [Fact]
    public async Task Check_proves_every_part()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);

        var outcome = (await bench.Run("bench", "check")).ShouldExitWith(0);

        outcome.Output.ShouldNotContain("FAILED");
        foreach (var part in (string[])["lease", "log port", "reset", "firmware", "power", "UART 1", "UART 32"])
        {
            outcome.Output.ShouldContain($"ok       {part}: ");
        }

        outcome.Output.ShouldContain("LuatOS@EC618 base 23.11 bsp V1112 32bit");
    }

    [Fact]
    public async Task Check_tells_which_part_does_not_work_and_what_to_do()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        var text = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        bench.Folder.Write(
            "wrong.yaml", text.Replace("usb-0:2:1.0-port0", "usb-0:9:1.0-port0", StringComparison.Ordinal));

        var outcome = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "bench", "check", "--bench", "wrong.yaml", "--no-reset")).ShouldExitWith(1);

        outcome.Output.ShouldMatch(@"FAILED   UART 1: .*usb-0:9:1\.0-port0: there is no such port now");
        outcome.Output.ShouldContain("ok       UART 32: ");
    }

    [Fact]
    public async Task Discover_writes_a_bench_file_that_check_takes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        (await bench.Run("bench", "power", "emulator", "on")).ShouldExitWith(0);
        await bench.Emulator.Shows("(?s)its USB ports are there(?!.*its USB ports are gone)");

        var found = (await RunningCommand.ToItsEnd(bench.Folder.Path, "bench", "discover", "--usb-root", "board"))
            .ShouldExitWith(0);
        bench.Folder.Write("found.yaml", found.Output);

        found.Output.ShouldContain("usb:1-1:2");
        (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "bench", "check", "--bench", "found.yaml", "--usb-root", "board", "--no-reset"))
            .ShouldExitWith(0).Output.ShouldMatch(@"ok       log: [1-9]\d* frames, 0 malformed pieces");
    }

    [Fact]
    public async Task Power_switches_the_supply()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        (await bench.Run("bench", "power", "emulator", "on")).ShouldExitWith(0);
        var before = bench.Emulator.Output.Length;

        (await bench.Run("bench", "power", "emulator", "cycle")).ShouldExitWith(0);

        await bench.Emulator.Shows(
            "(?s)the relay cuts the supply.*the relay feeds the board.*the module starts", before);
    }

    [Fact]
    public async Task The_console_shows_the_log_and_carries_typed_lines_to_a_uart_and_its_answers_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        (await bench.Run("bench", "power", "emulator", "on")).ShouldExitWith(0);
        await using var console = RunningCommand.In(
            bench.Folder.Path, "bench", "console", "--bench", EmulatedBench.File, "--uart", "1");

        // Before any port is open: the line waits for it.
        await console.Type("hello");

        await console.Shows(@"\[ *\d+\.\d{3}\] I/user\.beat");
        await console.Shows(@"uart1> <hello\\r\\n>");
        var outcome = await console.Stop();
        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldMatch("uart1: opened 1 times, lost 0 times, [0-9]+ bytes came, 7 bytes went");
    }
}
