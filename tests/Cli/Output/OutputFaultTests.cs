namespace AirHil.Cli.Tests.Output;

/// <summary>
/// Whatever a command is to write, and wherever that is impossible: exit code 4 with the place, and never a fault of
/// AirHil. Disks that fill up are in <see cref="FullDiskTests"/>.
/// </summary>
public sealed class OutputFaultTests
{
    private const string Feature =
        """
        Feature: F
          Scenario: S
            Given the script "firmware"
            When power is applied
            Then within 1 s the log shows "hello"
        """;

    [Theory]
    [InlineData("run firmware --for 1s --record OUT", true)]
    [InlineData("run firmware --for 1s --coverage OUT.lcov", false)]
    [InlineData("test f.feature -o OUT", true)]
    [InlineData("test f.feature --record OUT", true)]
    [InlineData("test f.feature --junit OUT.xml", false)]
    [InlineData("test f.feature --messages OUT.ndjson", false)]
    [InlineData("test f.feature --coverage OUT.lcov", false)]
    [InlineData("hunt f.feature --schedules 1 -o OUT", true)]
    [InlineData("hunt f.feature --schedules 1 -o found --junit OUT.xml", false)]
    [InlineData("replay REC --stimuli --record OUT.ndjson", false)]
    [InlineData("compare REC REC --fit OUT.yaml", false)]
    [InlineData("compare REC REC --html OUT.html", false)]
    [InlineData("export REC --html OUT.html", false)]
    [InlineData("export REC --pcapng OUT.pcapng", false)]
    [InlineData("export REC --vcd OUT.vcd", false)]
    [InlineData("bench emulate --script firmware --dir OUT", true)]
    [InlineData("bench emulate --script firmware --bench-file OUT.yaml", false)]
    public async Task What_cannot_be_written_is_an_error_with_its_place(string command, bool isFolder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the places are those of Linux");
        using var folder = new TempFolder();
        folder.Script("log.info('hello')");
        folder.Write("f.feature", Feature);
        folder.Write("file", "");
        if (command.Contains("REC", StringComparison.Ordinal))
        {
            (await Airhil.In(folder, "run", "firmware", "--for", "1s", "--record", "kept")).ShouldExitWith(0);
            var recording = Directory.GetFiles(Path.Combine(folder.Path, "kept")).Single();
            command = command.Replace("REC", Path.GetRelativePath(folder.Path, recording), StringComparison.Ordinal);
        }

        // A file as a folder, a name that is too long, a file system that takes nothing.
        foreach (var place in (string[])["file/x", new string('n', 300), "/proc/x"])
        {
            await ShouldFail(folder, command, place);
        }

        if (isFolder)
        {
            await ShouldFail(folder, command, "file");
            return;
        }

        // A folder where a file is wanted.
        var ending = command[command.IndexOf("OUT", StringComparison.Ordinal)..][3..];
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder" + ending));
        await ShouldFail(folder, command, "folder");
    }

    private static async Task ShouldFail(TempFolder folder, string command, string place)
    {
        var outcome = await Airhil.In(folder, command.Replace("OUT", place, StringComparison.Ordinal).Split(' '));
        outcome.ShouldExitWith(4).Error.ShouldContain(place[..Math.Min(place.Length, 100)]);
        outcome.Error.ShouldNotContain("fault of AirHil");
        outcome.Error.ShouldNotContain("Exception");
    }
}
