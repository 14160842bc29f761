using System.Diagnostics;

namespace AirHil.Cli.Tests.Streams;

/// <summary>Where the log goes when a shell leads it elsewhere.</summary>
public sealed class StandardOutputTests
{
    [Fact]
    public async Task A_file_that_takes_both_outputs_holds_all_of_both_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "led by a POSIX shell");
        using var folder = new TempFolder();
        folder.Script("_G.sys = require('sys') sys.timerLoopStart(function() log.info('beat') end, 500) sys.run()");
        var airhil = Path.Combine(AppContext.BaseDirectory, "airhil.dll");
        using var shell = Process.Start(new ProcessStartInfo(
            "sh",
            ["-c", "(echo before; dotnet \"$0\" run firmware --for 4s; echo after) > all.txt 2>&1", airhil])
        {
            WorkingDirectory = folder.Path,
        })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var text = await File.ReadAllTextAsync(
            Path.Combine(folder.Path, "all.txt"), TestContext.Current.CancellationToken);

        text.ShouldMatch(
            @"(?s)^before\n\[000000000\.009\] .*beat\n.*simulated 4 s in .*session [0-9a-f]{64}\s+after\n$");
    }
}
