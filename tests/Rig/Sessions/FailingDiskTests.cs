using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>A disk that fails at any write leaves a recording that is read up to there.</summary>
public sealed class FailingDiskTests
{
    private const int Events = 4_000;

    private static readonly SessionCompression[] Packings = Enum.GetValues<SessionCompression>();

    private static readonly double[] Parts = [0, 0.5, 1];

    [Theory]
    [InlineData(SessionCompression.None)]
    [InlineData(SessionCompression.Gzip)]
    [InlineData(SessionCompression.Zstandard)]
    public void Whichever_write_fails_the_tail_is_torn_and_no_more(SessionCompression packing)
    {
        var recording = new Recording(packing, Events, 250, 1_000_003);
        var whole = Whole(recording);
        whole.Writes.ShouldBeGreaterThan(10);
        var readable = 0;
        for (var failing = 1; failing <= whole.Writes; failing++)
        {
            foreach (var part in Parts) readable += IsReadable(recording, whole, failing, part) ? 1 : 0;
        }

        readable.ShouldBeGreaterThan((whole.Writes - 3) * Parts.Length);
    }

    [Fact]
    public void Any_recording_survives_any_failing_write()
    {
        foreach (var seed in LongRun.Seeds(40, "recordings"))
        {
            var random = SplitMix64.For((ulong)seed, "failing disk");
            var recording = new Recording(
                Packings[random.Below(Packings.Length)], 1 + random.Below(6_000), 1 + random.Below(600),
                1 + random.Below(1_000_000));
            var whole = Whole(recording);
            for (var i = 0; i < 4; i++)
            {
                IsReadable(recording, whole, 1 + random.Below(whole.Writes), random.NextDouble());
            }
        }
    }

    [Fact]
    public void What_is_written_after_a_failure_is_told_to_the_writer_again_and_never_to_the_disk()
    {
        var disk = new FailingDisk(2, 0.5);
        using var writer = new SessionWriter(disk, SessionCompression.None, new SessionHeader(), hash: true);
        writer.Append(Event(1));
        Should.Throw<IOException>(writer.Flush);
        var length = disk.Length;
        Should.Throw<IOException>(() => writer.Append(Event(2))).Message
            .ShouldBe("the session could not be written: No space left on device");
        Should.Throw<IOException>(() => writer.Finish(TimeSpan.FromSeconds(1)));
        disk.Length.ShouldBe(length);
    }

    private static FailingDisk Whole(Recording recording)
    {
        var disk = new FailingDisk(0, 0);
        Record(disk, recording).ShouldBeNull();
        var (all, repairs) = Read(disk.Content);
        all.Count.ShouldBe(recording.Events);
        repairs.ShouldBeEmpty();
        return disk;
    }

    /// <summary>False: the disk was full before the header was whole, and the reader says so.</summary>
    private static bool IsReadable(Recording recording, FailingDisk whole, int failing, double part)
    {
        var disk = new FailingDisk(failing, part);
        var where = $"{recording}, write {failing} of {whole.Writes}, {part:P0} of it taken";
        Record(disk, recording).ShouldNotBeNull(where).Message.ShouldContain("No space left on device");
        disk.Writes.ShouldBe(failing, where);
        whole.Content.AsSpan().StartsWith(disk.Content).ShouldBeTrue(where);
        try
        {
            var (read, cut) = Read(disk.Content);
            cut.Count.ShouldBeLessThanOrEqualTo(1, where);
            read.ShouldBeEvents([.. Enumerable.Range(0, read.Count).Select(i => Event(i, recording.Variety))]);
            return true;
        }
        catch (SessionFormatException problem)
        {
            problem.Message.ShouldStartWith("disk.ndjson:1: ", customMessage: where);
            return false;
        }
    }

    /// <summary>What the writer said of it; null: nothing failed.</summary>
    private static IOException? Record(FailingDisk disk, Recording recording)
    {
        try
        {
            using var writer = new SessionWriter(
                disk, recording.Packing, new SessionHeader(), Timeout.InfiniteTimeSpan);
            for (var i = 0; i < recording.Events; i++)
            {
                writer.Append(Event(i, recording.Variety));
                // In place of the flusher's thread: at moments that repeat.
                if (i % recording.FlushedAfter == recording.FlushedAfter - 1) writer.Flush();
            }

            writer.Finish(TimeSpan.FromSeconds(100));
            return null;
        }
        catch (IOException problem)
        {
            return problem;
        }
    }

    private static LogLine Event(int i, int variety = 1) =>
        new(TimeSpan.FromMilliseconds(i * 7), TimeSpan.Zero, $"line {i} {(uint)i * 2_654_435_761 % variety}");

    private static (List<SessionEvent> Events, IReadOnlyList<string> Repairs) Read(byte[] bytes)
    {
        using var reader = SessionReader.Open(new MemoryStream(bytes), "disk.ndjson");
        return (reader.ReadEvents().ToList(), reader.Repairs);
    }

    /// <param name="FlushedAfter">It is flushed after so many events.</param>
    /// <param name="Variety">How many different texts the events have at most: few are packed well.</param>
    private sealed record Recording(SessionCompression Packing, int Events, int FlushedAfter, int Variety);
}
