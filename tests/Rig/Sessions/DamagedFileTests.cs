using System.Text;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

[Trait("Clock", "wall")]
public sealed class DamagedFileTests
{
    private const int ShortRun = 1000;

    private static readonly string[] Names = ["s.ndjson", "s.ndjson.gz", "s.ndjson.zst"];

    [Fact]
    public async Task Recordings_cut_anywhere_are_read_up_to_the_cut_with_a_note()
    {
        var whole = await Recordings();
        foreach (var seed in LongRun.Seeds(ShortRun, "recordings"))
        {
            var random = SplitMix64.For((ulong)seed, "cut recordings");
            var file = random.Below(whole.Length);
            var (bytes, events) = whole[file];
            var length = random.Below(bytes.Length);
            try
            {
                var (read, repairs) = Read(bytes[..length]);
                repairs.Count.ShouldBe(1, $"cut {Names[file]} at {length} of {bytes.Length}");
                repairs[0].ShouldContain("cut off");
                read.Count.ShouldBeLessThanOrEqualTo(events.Count);
                read.ShouldBeEvents([.. events.Take(read.Count)]);
            }
            catch (SessionFormatException problem)
            {
                // Not even the header is whole.
                problem.Message.ShouldContain("damaged.ndjson:1: ");
            }
        }
    }

    [Fact]
    public async Task Recordings_with_changed_bytes_are_never_taken_silently()
    {
        var whole = await Recordings();
        var (all, errors, repaired) = (0, 0, 0);
        foreach (var seed in LongRun.Seeds(ShortRun, "recordings"))
        {
            all++;
            var random = SplitMix64.For((ulong)seed, "changed recordings");
            var file = random.Below(whole.Length);
            var changed = whole[file].Bytes.ToArray();
            var count = 1 + random.Below(3);
            for (var n = 0; n < count; n++) changed[random.Below(changed.Length)] ^= (byte)(1 + random.Below(255));
            if (changed.AsSpan().SequenceEqual(whole[file].Bytes)) continue;
            try
            {
                var (read, repairs) = Read(changed);
                repaired++;
                if (repairs.Count > 0) continue;
                // The header of gzip has a date and a system, that of Zstandard an unused bit: nothing covers them, and
                // they change nothing.
                Names[file].ShouldNotBe("s.ndjson", customMessage: $"seed {seed}");
                read.ShouldBeEvents(whole[file].Events);
            }
            catch (SessionFormatException problem)
            {
                problem.Message.ShouldStartWith("damaged.ndjson:");
                errors++;
            }
        }

        errors.ShouldBeGreaterThan(all / 2);
        (errors + repaired).ShouldBeGreaterThan(all - (all / 100));
    }

    [Fact]
    public async Task A_changed_byte_is_placed_between_the_checksums_around_it()
    {
        var (bytes, _) = (await Recordings())[0];
        var text = Encoding.UTF8.GetString(bytes);
        var at = text.IndexOf("NETIF_LINK_ON", StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n') + 1;
        bytes[at]++;
        var problem = Should.Throw<SessionFormatException>(() => Read(bytes));
        problem.Message.ShouldContain("were changed after they were recorded");
        var from = int.Parse(
            problem.Message.Split("lines ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var to = int.Parse(problem.Message.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        line.ShouldBeInRange(from, to);
        (to - from).ShouldBeLessThan(40);
    }

    [Fact]
    public async Task A_line_taken_out_and_one_put_behind_the_end_are_noticed()
    {
        var (bytes, _) = (await Recordings())[0];
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').ToList();
        var without = lines.Where((_, i) => i != lines.Count - 4);
        Should.Throw<SessionFormatException>(() => Read(Encoding.UTF8.GetBytes(string.Join('\n', without))));
        Should.Throw<SessionFormatException>(
                () => Read([.. bytes, .. "{\"t\":99,\"log\":\"log\",\"line\":\"more\"}\n"u8]))
            .Message.ShouldContain("behind its closing line");
    }

    [Theory]
    [InlineData("s.ndjson")]
    [InlineData("s.ndjson.gz")]
    [InlineData("s.ndjson.zst")]
    public async Task What_was_flushed_can_be_read_while_the_file_grows(string name)
    {
        using var file = new TempFile(name);
        using var writer = new SessionWriter(file.Path, new SessionHeader());
        var written = 0;
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 700; i++) writer.Append(Event(written++));
            writer.Flush();
            File.Copy(file.Path, file.Beside("copy"), overwrite: true);
            var copy = await File.ReadAllBytesAsync(file.Beside("copy"), TestContext.Current.CancellationToken);
            var (read, repairs) = Read(copy);
            read.Count.ShouldBe(written);
            repairs.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_second_after_an_event_it_has_left_the_process()
    {
        using var file = new TempFile("s.ndjson.zst");
        using var writer = new SessionWriter(file.Path, new SessionHeader());
        writer.Append(Event(1));
        var read = 0;
        // The promise is one second; a machine that is busy may need a little longer to wake a thread.
        for (var i = 0; i < 100 && read == 0; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            File.Copy(file.Path, file.Beside("copy"), overwrite: true);
            var copy = await File.ReadAllBytesAsync(file.Beside("copy"), TestContext.Current.CancellationToken);
            read = Read(copy).Events.Count;
        }

        read.ShouldBe(1);
    }

    private static LogLine Event(int i) => new(TimeSpan.FromMilliseconds(i * 7), TimeSpan.Zero, $"line {i}");

    private static async Task<(byte[] Bytes, IReadOnlyList<SessionEvent> Events)[]> Recordings()
    {
        var all = new List<(byte[], IReadOnlyList<SessionEvent>)>();
        foreach (var name in Names)
        {
            using var file = new TempFile(name);
            var events = await RecordedRuns.Record(file.Path);
            all.Add((await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken), events));
        }

        return [.. all];
    }

    private static (List<SessionEvent> Events, IReadOnlyList<string> Repairs) Read(byte[] bytes)
    {
        using var reader = SessionReader.Open(new MemoryStream(bytes), "damaged.ndjson");
        return (reader.ReadEvents().ToList(), reader.Repairs);
    }
}
