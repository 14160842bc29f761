using System.Diagnostics;
using AirHil.Rig.Replay;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>`kill -9` in the midst of a recording: what was flushed is read, and is what the run did.</summary>
public sealed class KilledRecordingTests
{
    private const int EnoughBytes = 4_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_recording_that_was_killed_is_read_up_to_its_last_flush_and_repeats_exactly()
    {
        using var folder = new TempFolder();
        var script = Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "airhil.dll"), "run", script, "--for", "9000d", "--record",
                folder.Path,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Who is killed cannot take away what its runtime put into the folder for temporary files.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        using (var process = Process.Start(start)!)
        {
            // Nobody reads the log, but the pipe must not fill.
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var clock = Stopwatch.StartNew();
            while (Length(folder.Path) < EnoughBytes && !process.HasExited && clock.Elapsed < Patience)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            process.HasExited.ShouldBeFalse();
            using var kill = Process.Start("kill", ["-KILL", $"{process.Id}"]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var file = Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
        using (var reader = SessionReader.Open(file))
        {
            reader.ReadEvents().Count().ShouldBeGreaterThan(100);
            reader.End.ShouldBeNull();
            reader.Repairs.ShouldHaveSingleItem().ShouldContain("was cut off after");
        }

        var result = await ExactReplay.Run(() => SessionReader.Open(file));
        result.Difference.ShouldBeNull();
        result.Events.ShouldBeGreaterThan(100);
    }

    private static long Length(string folder) => Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length);
}
