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

    /// <summary>
    /// How long a process lives behind its first write at most, in milliseconds: its second flush comes after a second.
    /// Later moments are as these, and what was recorded by then takes as long to repeat.
    /// </summary>
    private const int MostDelay = 2_500;

    /// <summary>One of so many is killed at any moment from its start on, mostly before the first write.</summary>
    private const int BlindEach = 10;

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
        // The next recording is made while the last one is repeated, which takes as long.
        var judging = Task.CompletedTask;
        for (var i = 0; i < kills; i++)
        {
            var number = i;
            var (folder, lost) = await Killed(random.Below(MostDelay), isBlind: i % BlindEach == 0);
            if (lost > longest) longest = lost;
            await judging;
            judging = Task.Run(
                async () =>
                {
                    using (folder)
                    {
                        if (await EventsOf(folder, number) is not { } count)
                        {
                            early++;
                            return;
                        }

                        events += count;
                        whole++;
                    }
                },
                TestContext.Current.CancellationToken);
        }

        await judging;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills: {whole} repeat exactly ({events} events), {early} before the first write; the last " +
            $"write was {longest.TotalMilliseconds:F0} ms before the kill at most");
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(3), "a second, and what a busy host adds");
    }

    /// <summary>A folder with what is left of a recording, and how old its last write was at the kill.</summary>
    private static async Task<(TempFolder Folder, TimeSpan Lost)> Killed(int milliseconds, bool isBlind)
    {
        var folder = new TempFolder();
        using var process = Start(folder.Path);
        // A busy host takes its time until there is something to lose.
        while (!isBlind && Length(folder.Path) == 0 && !process.HasExited)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        process.HasExited.ShouldBeFalse();
        process.Kill();
        var killed = DateTime.UtcNow;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (folder, Length(folder.Path) == 0
            ? TimeSpan.Zero
            : killed - File.GetLastWriteTimeUtc(Directory.GetFiles(folder.Path).ShouldHaveSingleItem()));
    }

    /// <summary>How many events repeat exactly; null: not even the header is whole.</summary>
    private static async Task<long?> EventsOf(TempFolder folder, int number)
    {
        if (Length(folder.Path) == 0) return null;
        try
        {
            var file = Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
            var result = await ExactReplay.Run(() => SessionReader.Open(file));
            result.Difference.ShouldBeNull($"kill {number}");
            return result.Events;
        }
        catch (SessionFormatException problem)
        {
            problem.Message.ShouldContain(":1: ", customMessage: $"kill {number}");
            return null;
        }
    }

    private static Process Start(string folder)
    {
        var script = Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo");
        var assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [assembly, "run", script, "--for", "9000d", "--record", folder])
        {
            // Commands that other tests call in this process change its current folder, and remove it.
            WorkingDirectory = folder,
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
