namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>Every command that uses a board ends with exit code 6 where another process holds it.</summary>
[Trait("Clock", "wall")]
public sealed class HeldBoardTests(EmulatedBench bench) : IClassFixture<EmulatedBench>
{
    private const string Feature =
        """
        Feature: Held
          Scenario: It beats
            Given the script "first"
            When power is applied
            Then within 30 s the log shows "I/user.beat"
        """;

    /// <summary>What follows `airhil`; every one gets `--bench`.</summary>
    private static readonly string[][] Commands =
    [
        ["test", "held.feature", "--target", "board:emulator"],
        ["run", "first", "--for", "1s", "--target", "board:emulator"],
        ["replay", "first.ndjson.zst", "--stimuli", "--target", "board:emulator"],
        ["bench", "check"],
        ["bench", "console", "--for", "1s"],
        ["bench", "power", "emulator", "on"],
        ["bench", "power", "emulator", "off"],
        ["bench", "power", "emulator", "cycle"],
        ["bench", "serve", "board:emulator", "--listen", "127.0.0.1:0"],
        ["bench", "serve", "--listen", "127.0.0.1:0"],
    ];

    [Fact]
    public async Task Every_command_that_uses_a_held_board_ends_with_6()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        bench.Folder.Write("held.feature", Feature);
        var text = await File.ReadAllTextAsync(
            Path.Combine(bench.Folder.Path, EmulatedBench.File), TestContext.Current.CancellationToken);
        bench.Folder.Write("hasty.yaml", text + "limits: { leaseWait: 100ms }\n");
        (await RunningCommand.ToItsEnd(
            bench.Folder.Path, "run", "first", "--for", "5s", "--record", "recorded")).ShouldExitWith(0);
        File.Move(
            Directory.GetFiles(Path.Combine(bench.Folder.Path, "recorded")).ShouldHaveSingleItem(),
            Path.Combine(bench.Folder.Path, "first.ndjson.zst"));
        await using var holder = RunningCommand.In(
            bench.Folder.Path, "bench", "console", "--bench", EmulatedBench.File);
        await holder.Shows("I/user.beat");

        foreach (var command in Commands)
        {
            var outcome = (await RunningCommand.ToItsEnd(bench.Folder.Path, [.. command, "--bench", "hasty.yaml"]))
                .ShouldExitWith(6);
            (outcome.Output + outcome.Error).ShouldContain(
                $"the board 'emulator' is held by process {holder.Id} of ", customMessage: string.Join(' ', command));
            outcome.Output.ShouldNotContain(" passed, ", customMessage: string.Join(' ', command));
        }

        holder.HasExited.ShouldBeFalse();
    }
}
