namespace AirHil.Cli.Tests.Commands;

/// <summary>A run with stubs says so wherever its result is told.</summary>
public sealed class StubTests
{
    private const string Script =
        """
        sys = require("sys")
        for i = 1, 3 do eink.init(1) end
        log.info("window", eink.getWin())
        sys.run()
        """;

    private static readonly string[] Stubs = ["--stub", "eink", "--stub", "eink.getWin = 200, 100"];

    [Fact]
    public async Task A_strict_run_passes_and_lists_the_calls()
    {
        using var folder = new TempFolder();
        var outcome = (await Airhil.In(
            folder, ["run", folder.Script(Script), "--for", "1s", "--strict", .. Stubs])).ShouldExitWith(0);
        outcome.Output.ShouldContain("I/user.window\t200\t100");
        outcome.Error.ShouldContain("stub: eink.init at main.lua:2, 3 times");
        outcome.Error.ShouldContain("stub: eink.getWin at main.lua:3, once");
    }

    [Fact]
    public async Task Features_tell_them_in_their_summary_and_their_report()
    {
        using var folder = new TempFolder();
        folder.Script(Script);
        folder.Write("window.feature", """
            Feature: Window
              Scenario: It has a size
                Given the script "firmware"
                When power is applied
                Then within 5 s the log shows "I/user.window	200	100"
            """);
        var outcome = (await Airhil.In(folder, ["test", "window.feature", "-o", "out", .. Stubs])).ShouldExitWith(0);
        outcome.Output.ShouldContain("stubs: eink.getWin, eink.init\n1 passed");
        outcome.Output.ShouldNotContain("allowed");
        foreach (var file in new[] { "report.html", "junit.xml", "messages.ndjson" })
        {
            (await File.ReadAllTextAsync(
                Path.Combine(folder.Path, "out", file), TestContext.Current.CancellationToken))
                .ShouldContain("stub: eink.init at main.lua:2, 3 times", customMessage: file);
        }
    }

    [Fact]
    public async Task Values_are_for_one_function()
    {
        using var folder = new TempFolder();
        (await Airhil.In(folder, "run", folder.Script(Script), "--for", "1s", "--stub", "lcd,eink.getWin = 200"))
            .ShouldExitWith(4).Error.ShouldContain(
                "'lcd,eink.getWin': a stub with values stands alone; give the others by a --stub of their own");
    }
}
