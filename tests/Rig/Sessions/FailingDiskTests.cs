using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>A disk that fails at any write leaves a recording that is read up to there.</summary>
public sealed class FailingDiskTests
{
    private static readonly bool Soak = Environment.GetEnvironmentVariable("AIRHIL_SOAK") == "1";

    /// <summary>4,000 by default, 20,000 where AIRHIL_SOAK is 1.</summary>
    private static readonly int Events = Soak ? 20_000 : 4_000;

    private static readonly double[] Parts = Soak ? [0, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1] : [0, 0.5, 1];

    [Theory]
    [InlineData(SessionCompression.None)]
    [InlineData(SessionCompression.Gzip)]
    [InlineData(SessionCompression.Zstandard)]
    public void Whichever_write_fails_the_tail_is_torn_and_no_more(SessionCompression packing)
    {
        var whole = new FailingDisk(0, 0);
        Record(whole, packing).ShouldBeNull();
        var (all, repairs) = Read(whole.Content);
        all.Count.ShouldBe(Events);
        repairs.ShouldBeEmpty();
        whole.Writes.ShouldBeGreaterThan(10);
        var readable = 0;
        for (var failing = 1; failing <= whole.Writes; failing++)
        {
            foreach (var part in Parts)
            {
                var disk = new FailingDisk(failing, part);
                var where = $"write {failing} of {whole.Writes}, {part:P0} of it taken";
                Record(disk, packing).ShouldNotBeNull(where).Message.ShouldContain("No space left on device");
                disk.Writes.ShouldBe(failing, where);
                whole.Content.AsSpan().StartsWith(disk.Content).ShouldBeTrue(where);
                try
                {
                    var (read, cut) = Read(disk.Content);
                    cut.Count.ShouldBeLessThanOrEqualTo(1, where);
                    read.ShouldBeEvents([.. all.Take(read.Count)]);
                    readable++;
                }
                catch (SessionFormatException problem)
                {
                    // Not even the header is whole.
                    problem.Message.ShouldStartWith("disk.ndjson:1: ", customMessage: where);
                }
            }
        }

        readable.ShouldBeGreaterThan((whole.Writes - 3) * Parts.Length);
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

    /// <summary>What the writer said of it; null: nothing failed.</summary>
    private static IOException? Record(FailingDisk disk, SessionCompression packing)
    {
        try
        {
            using var writer = new SessionWriter(disk, packing, new SessionHeader());
            for (var i = 0; i < Events; i++)
            {
                writer.Append(Event(i));
                // The flusher's thread, at moments that repeat.
                if (i % 250 == 249) writer.Flush();
            }

            writer.Finish(TimeSpan.FromSeconds(100));
            return null;
        }
        catch (IOException problem)
        {
            return problem;
        }
    }

    private static LogLine Event(int i) =>
        new(TimeSpan.FromMilliseconds(i * 7), TimeSpan.Zero, $"line {i} {(uint)i * 2_654_435_761 % 1_000_003}");

    private static (List<SessionEvent> Events, IReadOnlyList<string> Repairs) Read(byte[] bytes)
    {
        using var reader = SessionReader.Open(new MemoryStream(bytes), "disk.ndjson");
        return (reader.ReadEvents().ToList(), reader.Repairs);
    }
}
