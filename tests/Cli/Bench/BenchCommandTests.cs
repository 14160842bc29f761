using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.BenchCommands;

/// <summary>`airhil bench …` and `airhil test --target board:NAME`, as a user types them, with an emulated board.</summary>
public sealed partial class BenchCommandTests(EmulatedBench bench) : IClassFixture<EmulatedBench>
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
        bench.Folder.Write("wrong.yaml", text.Replace("V1112", "V2000", StringComparison.Ordinal)
            .Replace("usb-0:2:1.0-port0", "usb-0:9:1.0-port0", StringComparison.Ordinal));

        var outcome = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "bench", "check", "--bench", "wrong.yaml")).ShouldExitWith(1);

        outcome.Output.ShouldMatch("FAILED   firmware: .*'V2000' is expected; flash that firmware, or change the key");
        outcome.Output.ShouldMatch(@"FAILED   UART 1: .*usb-0:9:1\.0-port0: there is no such port now");
        outcome.Output.ShouldContain("ok       power: ");
    }

    [Fact]
    public async Task Discover_writes_a_bench_file_that_check_takes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        (await bench.Run("bench", "power", "emulator", "on")).ShouldExitWith(0);
        await bench.Emulator.Shows("its USB ports are there");

        var found = (await RunningCommand.ToItsEnd(bench.Folder.Path, "bench", "discover", "--usb-root", "board"))
            .ShouldExitWith(0);
        bench.Folder.Write("found.yaml", found.Output);

        found.Output.ShouldContain("usb:1-1:2");
        (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "bench", "check", "--bench", "found.yaml", "--usb-root", "board"))
            .ShouldExitWith(0).Output.ShouldContain("ok       reset: the banner came after ");
    }

    [Fact]
    public async Task Power_switches_the_supply()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        (await bench.Run("bench", "power", "emulator", "on")).ShouldExitWith(0);
        var before = bench.Emulator.Output.Length;

        (await bench.Run("bench", "power", "emulator", "cycle")).ShouldExitWith(0);

        var said = bench.Emulator.Output[before..];
        said.ShouldMatch("(?s)the relay cuts the supply.*the relay feeds the board.*the module starts");
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
        (await console.Stop()).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_feature_runs_on_the_board_which_gets_its_script_by_deploying()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        bench.Folder.Script(EmulatedBench.Named("second"), "second");
        bench.Folder.Write("second.feature", Feature("Second", "second"));

        var outcome = (await bench.Run("test", "second.feature", "--target", "board:emulator")).ShouldExitWith(0);

        outcome.Output.ShouldContain("1 passed, 0 failed");
        bench.Emulator.Output.ShouldContain("it has another script on it now: ");
        File.ReadAllText(Path.Combine(bench.Folder.Path, "first", "main.lua")).ShouldBe(EmulatedBench.Named("first"));
    }

    [Fact]
    public async Task A_script_with_the_agent_is_confirmed_by_the_log_and_what_cannot_be_deployed_is_skipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        WithAgent("third");
        WithAgent("fourth");
        bench.Folder.Script(EmulatedBench.Named("fifth"), "fifth");
        bench.Folder.Write("third.feature", Feature("Third", "third"));
        bench.Folder.Write("fourth.feature", Feature("Fourth", "fourth"));
        bench.Folder.Write("fifth.feature", Feature("Fifth", "fifth"));
        var text = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        bench.Folder.Write("fixed.yaml", DeployLine().Replace(text, ""));

        (await bench.Run("test", "third.feature", "--target", "board:emulator")).ShouldExitWith(0);
        var check = (await bench.Run("bench", "check")).ShouldExitWith(0);
        var outcome = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "test", "third.feature", "fourth.feature", "fifth.feature", "--target", "board:emulator",
            "--bench", "fixed.yaml", "-v")).ShouldExitWith(0);

        var hash = Regex.Match(check.Output, "ok       script: .*?([0-9a-f]{12})").Groups[1].Value;
        hash.Length.ShouldBe(12, check.Output);
        outcome.Output.ShouldContain("1 passed, 0 failed, 2 skipped");
        outcome.Output.ShouldMatch($"the board 'emulator' runs the script {hash}, not 'fourth' \\([0-9a-f]{{12}}\\), and "
            + "it cannot be put there: the bench file names no way");
        outcome.Output.ShouldContain("nobody can tell whether the board 'emulator' runs 'fifth'");
    }

    [Fact]
    public async Task A_dry_run_names_what_the_board_lacks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        bench.Folder.Write(
            "needs.feature",
            """
            Feature: Needs
              Scenario: Radio
                Given the script "first"
                When power is applied
                And coverage is lost for 2 s

              Scenario: Nothing
                Given the script "first"
                When power is applied
                Then within 5 s the log shows "I/user.beat"

              @needs-virtual-time
              Scenario: Exact times
                Given the script "first"
            """);

        var outcome = (await bench.Run("test", "needs.feature", "--target", "board:emulator", "--dry-run"))
            .ShouldExitWith(0);

        outcome.Output.ShouldMatch(@"Needs / Radio\n +skipped: .*'board:emulator'.*radio");
        outcome.Output.ShouldMatch(@"Needs / Exact times\n +skipped: .*virtual-time");
        outcome.Output.ShouldMatch(@"Needs / Nothing\n(?! +skipped)");
    }

    [Fact]
    public async Task One_run_holds_the_board_and_kill_9_frees_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        bench.Folder.Write(
            "holding.feature",
            """
            Feature: Holding
              Scenario: It takes its time
                Given the script "first"
                When power is applied
                And 100 s passes
            """);
        bench.Folder.Write("second-run.feature", Feature("Second run", "first"));
        var text = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        bench.Folder.Write("hasty.yaml", text + "limits: { leaseWait: 100ms }\n");
        await using var first = RunningCommand.In(
            bench.Folder.Path, "test", "holding.feature", "--target", "board:emulator", "--bench", EmulatedBench.File);
        var holder = $"pid {first.Id}";
        await Held(true);

        var list = await bench.Run("bench", "list");
        var second = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "test", "second-run.feature", "--target", "board:emulator", "--bench", "hasty.yaml",
            "-v")).ShouldExitWith(5);
        var console = (await bench.Run("bench", "console", "--for", "1s")).ShouldExitWith(6);

        list.Output.ShouldContain("emulator  held by ");
        list.Output.ShouldContain(holder);
        second.Output.ShouldContain(holder);
        console.Error.ShouldContain(holder);
        first.HasExited.ShouldBeFalse();
        await first.Kill();
        (await bench.Run("bench", "list")).Output.ShouldContain("emulator  free");

        async Task Held(bool isHeld)
        {
            for (var i = 0; i < 50; i++)
            {
                if ((await bench.Run("bench", "list")).Output.Contains("held by", StringComparison.Ordinal) == isHeld)
                {
                    return;
                }
            }

            throw new TimeoutException($"the board is not {(isHeld ? "held" : "free")}");
        }
    }

    /// <summary>A script with the rig's agent, which tells its hash.</summary>
    private void WithAgent(string name)
    {
        bench.Folder.Script(
            EmulatedBench.Named(name).Replace(
                "sys.run()", "require(\"airhil\").start{uart = uart.VUART_0}\nsys.run()", StringComparison.Ordinal),
            name);
        bench.Folder.Write(
            $"{name}/airhil.lua",
            File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "fixtures", "agent", "airhil.lua")));
    }

    private static string Feature(string title, string script) =>
        $"""
        Feature: {title}
          Scenario: It answers
            Given the script "{script}"
            When power is applied
            Then within 10 s the log shows "I/user.this is	{script}"
            When "ping" arrives at UART 1
            Then within 2 s UART 1 sends "<ping>"
        """;

    [GeneratedRegex(@"(?m)^ *deploy:.*\n")]
    private static partial Regex DeployLine();
}
