using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>`airhil test --target board:NAME --bench FILE`, with an emulated board in a process of its own.</summary>
[Trait("Clock", "wall")]
public sealed partial class BoardRunTests(EmulatedBench bench) : IClassFixture<EmulatedBench>
{
    [Fact]
    public async Task A_script_is_deployed_and_confirmed_by_the_log_and_one_that_cannot_be_deployed_is_skipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        WithAgent("third");
        WithAgent("fourth");
        bench.Folder.Write("third.feature", Feature("Third", "third"));
        bench.Folder.Write("fourth.feature", Feature("Fourth", "fourth"));
        var text = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        bench.Folder.Write("fixed.yaml", DeployLine().Replace(text, ""));

        var deployed = (await bench.Run("test", "third.feature", "--target", "board:emulator", "-v"))
            .ShouldExitWith(0);
        var hash = Regex.Matches(bench.Emulator.Output, "another script on it now: ([0-9a-f]{12})")[^1].Groups[1].Value;
        var kept = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "test", "third.feature", "fourth.feature", "--target", "board:emulator", "--bench",
            "fixed.yaml", "-v")).ShouldExitWith(0);

        deployed.Output.ShouldContain("1 passed, 0 failed");
        kept.Output.ShouldContain("1 passed, 0 failed, 1 skipped");
        kept.Output.ShouldContain("\nskipped 1: the board 'emulator' runs the script");
        kept.Output.ShouldMatch($"the board 'emulator' runs the script {hash}, not 'fourth' \\([0-9a-f]{{12}}\\), and "
            + "it cannot be put there: the bench file names no way");
        // What was deployed is the board's; the user's own script is as it was.
        File.ReadAllText(Path.Combine(bench.Folder.Path, "first", "main.lua")).ShouldBe(EmulatedBench.Named("first"));
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
                Then within 30 s the log shows "I/user.beat"

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
            bench.Folder.Path, "test", "holding.feature", "--target", "board:emulator", "--bench", EmulatedBench.File,
            "-v");
        var holder = $"process {first.Id} of ";
        while (!(await bench.Run("bench", "list")).Output.Contains(holder, StringComparison.Ordinal))
        {
            first.HasExited.ShouldBeFalse($"it ended and never held the board: {first.Output}{first.Error}");
        }

        var list = await bench.Run("bench", "list");
        var second = (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "test", "second-run.feature", "--target", "board:emulator", "--bench", "hasty.yaml",
            "-v")).ShouldExitWith(6);
        var console = (await bench.Run("bench", "console", "--for", "1s")).ShouldExitWith(6);

        list.Output.ShouldContain("emulator  held by ");
        list.Output.ShouldContain(holder);
        second.Error.ShouldContain(holder);
        second.Output.ShouldBeEmpty();
        console.Error.ShouldContain(holder);
        first.HasExited.ShouldBeFalse();
        await first.Kill();
        (await bench.Run("bench", "list")).Output.ShouldContain("emulator  free");
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
            Then within 30 s the log shows "I/user.this is	{script}"
            When "ping" arrives at UART 1
            Then within 30 s UART 1 sends "<ping>"
        """;

    [GeneratedRegex(@"(?m)^ *deploy:.*\n")]
    private static partial Regex DeployLine();
}
