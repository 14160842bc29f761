using System.Diagnostics;
using AirHil.Cli.Tests.Commands.BenchCommands;

namespace AirHil.Cli.Tests.Output;

/// <summary>
/// Files and folders that are removed or replaced while a command runs: it ends, and says what is lost.
/// </summary>
public sealed class VanishedPlaceTests : IDisposable
{
    private const string Feature =
        """
        Feature: Vanished
          Scenario: It prints
            Given the script "firmware"
            When power is applied
            Then within 1 s the log shows "hello"
            When 3 s passes
        """;

    private readonly TempFolder _folder = new();

    public VanishedPlaceTests()
    {
        _folder.Script("log.info('hello') while true do rtos.receive(-1) end");
        _folder.Write("f.feature", Feature);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("removed")]
    [InlineData("garbage")]
    [InlineData("a pipe")]
    [InlineData("a folder")]
    public async Task A_feature_and_a_script_may_change_while_they_run(string becomes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes as Linux has them");
        await using var command = RunningCommand.In(
            _folder.Path, "test", "f.feature", "--clock", "wall", "--record", "kept", "-o", "out");
        await Recording(command, "kept");
        Directory.Delete(Place("firmware"), recursive: true);
        File.Delete(Place("f.feature"));
        if (becomes == "garbage") _folder.Write("f.feature", "garbage (");
        if (becomes == "a folder") Directory.CreateDirectory(Place("f.feature"));
        if (becomes == "a pipe") await Process.Start("mkfifo", [Place("f.feature")])!.WaitForExitAsync(Cancel);

        (await command.Ended()).ShouldExitWith(0).Output.ShouldContain("1 passed, 0 failed");
        var messages = await File.ReadAllTextAsync(Place("out/messages.ndjson"), Cancel);
        messages.ShouldContain("Then within 1 s the log shows");
        messages.ShouldContain("testRunFinished");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recording_that_is_removed_or_replaced_meanwhile_is_told(bool isReplaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file cannot be removed there");
        await using var command = RunningCommand.In(
            _folder.Path, "test", "f.feature", "--clock", "wall", "--record", "kept", "--junit", "out/j.xml");
        var file = await Recording(command, "kept");
        Directory.Delete(Place("kept"), recursive: true);
        Directory.Delete(Place("out"), recursive: true);
        if (isReplaced) _folder.Write(Path.GetRelativePath(_folder.Path, file), "something else");

        var outcome = (await command.Ended()).ShouldExitWith(4);
        outcome.Output.ShouldContain("1 passed, 0 failed");
        outcome.Error.ShouldContain("the recording is lost, since the file was removed or replaced meanwhile");
        File.Exists(Place("out/j.xml")).ShouldBeTrue();
        if (isReplaced) (await File.ReadAllTextAsync(file, Cancel)).ShouldBe("something else");
    }

    [Theory]
    [InlineData("run firmware --for 1s")]
    [InlineData("test")]
    [InlineData("replay x.ndjson")]
    [InlineData("bench list")]
    public async Task A_current_folder_that_is_gone_is_told(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a folder in use cannot be removed there");
        using var shell = Process.Start(
            new ProcessStartInfo(
                "sh",
                [
                    "-c", $"mkdir gone && cd gone && rmdir ../gone && exec dotnet \"$0\" {command}",
                    Path.Combine(AppContext.BaseDirectory, "airhil.dll"),
                ])
            {
                WorkingDirectory = _folder.Path,
                RedirectStandardError = true,
            })!;
        var error = await shell.StandardError.ReadToEndAsync(Cancel);
        await shell.WaitForExitAsync(Cancel);
        error.ShouldBe("airhil: the current folder is gone; go to one that is there\n");
        shell.ExitCode.ShouldBe(4);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Place(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Waits until the scenario is under way.</summary>
    private async Task<string> Recording(RunningCommand command, string folder)
    {
        while (true)
        {
            if (Directory.Exists(Place(folder)) && Directory.GetFiles(Place(folder)) is [var file]
                && new FileInfo(file).Length > 0)
            {
                return file;
            }

            command.HasExited.ShouldBeFalse($"{command.Output}{command.Error}");
            await Task.Delay(20, Cancel);
        }
    }
}
