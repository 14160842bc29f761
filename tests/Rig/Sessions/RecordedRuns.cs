using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>Runs to record, and recordings of them.</summary>
internal static class RecordedRuns
{
    public static string Script(string name) => Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", name);

    public static Bench Bench(string script, BenchOptions? options = null)
    {
        var bench = new Bench(options);
        bench.Firmware(FirmwareSource.FromPath(Script(script)));
        return bench;
    }

    /// <summary>A run with a bit of everything, recorded to a file.</summary>
    public static async Task<IReadOnlyList<SessionEvent>> Record(
        string path, string script = "uart-passthrough-a", BenchOptions? options = null, MaskOptions? mask = null)
    {
        await using var bench = Bench(script, options);
        using var recorder = SessionRecorder.Start(bench, path, mask: mask);
        await Play(bench);
        recorder.Finish();
        return bench.Session.EventsWithVitals();
    }

    public static async Task Play(Bench bench, bool skipFirst = false)
    {
        if (!skipFirst) await bench.WriteUart(1, "too early");
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(9));
        await bench.WriteUart(1, UartStimulus.Burst(3, "\"echo\"\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(40)));
        await bench.RunFor(TimeSpan.FromSeconds(2));
        await bench.Mark("faults");
        await bench.Begin(new DropCoverage(), TimeSpan.FromSeconds(8));
        await bench.RunFor(TimeSpan.FromSeconds(20));
        await bench.ServicePush(null, "pushed");
        await bench.ServicePush(null, new byte[] { 0, 1, 254, 255 });
        await bench.ServicePing(null, "p"u8.ToArray());
        await bench.RunFor(TimeSpan.FromSeconds(1));
        await bench.PullReset();
        await bench.RunFor(TimeSpan.FromSeconds(5));
        await bench.CutPower();
        await bench.RunFor(TimeSpan.FromSeconds(1));
    }

    public static IReadOnlyList<SessionEvent> Read(string path)
    {
        using var reader = SessionReader.Open(path);
        var events = reader.ReadEvents().ToList();
        reader.Repairs.ShouldBeEmpty();
        return events;
    }

    /// <summary>Values, not references to memory.</summary>
    public static void ShouldBeEvents(this IReadOnlyList<SessionEvent> actual, IReadOnlyList<SessionEvent> expected)
    {
        actual.Count.ShouldBe(expected.Count);
        for (var i = 0; i < actual.Count; i++)
        {
            var (one, other) = (actual[i] with { Bytes = default }, expected[i] with { Bytes = default });
            // An assertion costs much more than a comparison, and there are a hundred thousand of these.
            if (!one.Equals(other)) one.ShouldBe(other);
            if (!actual[i].Bytes.Span.SequenceEqual(expected[i].Bytes.Span)) Assert.Fail($"the bytes of event {i}");
        }
    }
}
