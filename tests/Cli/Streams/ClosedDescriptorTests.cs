namespace AirHil.Cli.Tests.Streams;

/// <summary>
/// A process that begins with descriptors that are closed, as some supervisors start one, or that cannot be written.
/// The runtime's first files get the numbers of closed ones, and what a command prints must not go there.
/// </summary>
public sealed class ClosedDescriptorTests
{
    [Theory]
    [InlineData("0<&-")]
    [InlineData("1>&-")]
    [InlineData("2>&-")]
    [InlineData("0<&- 1>&-")]
    [InlineData("0<&- 2>&-")]
    [InlineData("1>&- 2>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    [InlineData("1</dev/null")]
    [InlineData("2</dev/null")]
    public async Task A_command_does_its_work_and_tells_that_nobody_could_read_it(string closed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell as POSIX has it");
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.timerLoopStart(log.info, 100, 'beat') sys.run()");
        var run = await Airhil.Shell(
            folder, $"{closed}", "run", "firmware", "--for", "1m", "--show", "all", "--record", "kept");
        var isOpen = !closed.Contains('1', StringComparison.Ordinal);
        run.ShouldExitWith(isOpen ? 0 : 4);
        run.Output.Contains("beat", StringComparison.Ordinal).ShouldBe(isOpen);
        run.Error.Contains("session ", StringComparison.Ordinal)
            .ShouldBe(!closed.Contains('2', StringComparison.Ordinal));
        if (closed == "1</dev/null") run.Error.ShouldContain("it is open for reading only");
        var file = Directory.GetFiles(Path.Combine(folder.Path, "kept")).ShouldHaveSingleItem();
        (await Airhil.In(folder, "replay", file)).ShouldExitWith(0).Output.ShouldContain("the same: ");
    }

    [Theory]
    [InlineData("1>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    [InlineData("1</dev/null")]
    [InlineData("2</dev/null")]
    public async Task Features_are_run_and_their_report_is_whole(string closed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell as POSIX has it");
        using var folder = new TempFolder();
        var isOpen = !closed.Contains('1', StringComparison.Ordinal);
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        (await Airhil.Shell(folder, closed, "test", "fine.feature", "-o", "out")).ShouldExitWith(isOpen ? 0 : 4);
        var report = File.ReadAllText(Path.Combine(folder.Path, "out", "junit.xml"));
        report.ShouldStartWith("<?xml");
        report.ShouldEndWith("</testsuites>");
    }
}
