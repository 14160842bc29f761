using AirHil.Modem.Sessions;
using AirHil.Rig.Comparison;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>
/// A long session is written, read, compared and played in constant memory: 100,000 events, and with AIRHIL_SOAK=1 ten
/// million.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class LongSessionTests
{
    private const long MostBytesHeld = 48 << 20;

    private static readonly int Count = LongRun.IsSoak ? 10_000_000 : 100_000;

    [Fact]
    public async Task A_long_session_takes_no_more_memory_than_a_short_one()
    {
        using var file = new TempFile("long.ndjson.zst");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var writer = new SessionWriter(file.Path, new SessionHeader()))
        {
            writer.Append(new PowerApplied(TimeSpan.Zero));
            for (var i = 1; i < Count; i++) writer.Append(Event(i));
            Held(before);
            writer.Finish(TimeSpan.FromDays(1));
        }

        var seen = 0;
        using (var reader = SessionReader.Open(file.Path))
        {
            foreach (var e in reader.ReadEvents())
            {
                if (++seen == Count / 2) Held(before);
            }
        }

        seen.ShouldBe(Count);
        SessionComparer.Compare(
                () => SessionReader.Open(file.Path), () => SessionReader.Open(file.Path), new ComparisonOptions())
            .Equal.ShouldBeTrue();
        Held(before);

        await using var bench = new Bench(new BenchOptions
        {
            Target = RecordedTarget.Open(file.Path),
            KeptEvents = 1000,
        });
        bench.Firmware(FirmwareSource.FromText(""));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromDays(30));
        bench.Session.Total.ShouldBe(Count);
        Held(before);
    }

    [Fact]
    public void Two_sessions_that_have_nothing_in_common_are_compared_in_bounded_time()
    {
        var count = Math.Min(Count, 200_000);
        var result = SessionComparer.Compare(
            Enumerable.Range(0, count).Select(Event),
            Enumerable.Range(0, count).Select(i => new LogLine(Event(i).At, Event(i).At, $"other {i}")),
            new ComparisonOptions());
        result.Count.ShouldBe(count);
        result.Differences.Count.ShouldBe(ComparisonResult.MostListed);
        result.First!.LeftIndex.ShouldBe(0);
    }

    private static LogLine Event(int i) =>
        new(TimeSpan.FromMilliseconds(i), TimeSpan.FromMilliseconds(i), $"I/user.line\t{i % 1000}");

    private static void Held(long before) =>
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(MostBytesHeld);
}
