using System.Diagnostics;
using AirHil.Modem;
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
        using (var process = Start(folder.Path))
        {
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

    /// <summary>
    /// At any moment of its life a recording is killed, as often as AIRHIL_KILLS says: at most its last second is lost,
    /// and what is left repeats exactly.
    /// </summary>
    [Fact]
    public async Task A_recording_is_killed_at_random_moments()
    {
        var kills = LongRun.Number("AIRHIL_KILLS", 0);
        Assert.SkipUnless(kills > 0, "AIRHIL_KILLS is not set");
        var random = SplitMix64.For((ulong)LongRun.FirstSeed, "kills");
        var (whole, early, events) = (0, 0, 0L);
        var longest = TimeSpan.Zero;
        for (var i = 0; i < kills; i++)
        {
            using var folder = new TempFolder();
            using var process = Start(folder.Path);
            await Task.Delay(500 + random.Below(5_500), TestContext.Current.CancellationToken);
            process.HasExited.ShouldBeFalse();
            process.Kill();
            var killed = DateTime.UtcNow;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (Length(folder.Path) == 0)
            {
                early++;
                continue;
            }

            var file = Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
            var lost = killed - File.GetLastWriteTimeUtc(file);
            if (lost > longest) longest = lost;
            try
            {
                var result = await ExactReplay.Run(() => SessionReader.Open(file));
                result.Difference.ShouldBeNull($"kill {i}");
                events += result.Events;
                whole++;
            }
            catch (SessionFormatException problem)
            {
                // Not even the header is whole.
                problem.Message.ShouldContain(":1: ", customMessage: $"kill {i}");
                early++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills: {whole} repeat exactly ({events} events), {early} before the first write; the last " +
            $"write was {longest.TotalMilliseconds:F0} ms before the kill at most");
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(3), "a second, and what a busy host adds");
    }

    private static Process Start(string folder)
    {
        var script = Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo");
        var assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [assembly, "run", script, "--for", "9000d", "--record", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Who is killed cannot take away what its runtime put into the folder for temporary files.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        // Nobody reads the log, but the pipe must not fill.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static long Length(string folder) => Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length);
}
