using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Comparison;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Benchmarks;

/// <summary>
/// What recording costs an event beyond the hashing, and how many events a second are read, compared and played; the
/// memory is watched along. The peer is System.Text.Json on plain records that say the same, in the same run.
/// </summary>
internal static class Sessions
{
    private const int Rounds = 3;

    /// <param name="events">How many events the session has.</param>
    public static void Run(int events)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sessions of {events:N0} events"));
        Console.WriteLine("| what | each event | a second | goal | memory held |");
        Console.WriteLine("|---|---|---|---|---|");
        var folder = Directory.CreateTempSubdirectory("airhil-bench-").FullName;
        try
        {
            Measure(events, Path.Combine(folder, "s.ndjson"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(int count, string file)
    {
        var sample = Generate(10_000).ToArray();
        Time("making the events", count, "", () => Check(Generate(count).LongCount(), count));
        var hashing = Time("hashing alone", count, "", () =>
        {
            using var hash = new SessionHash();
            for (var i = 0; i < count; i++) hash.Add(sample[i % sample.Length]);
        });
        var plain = sample.Select(PlainEvent.Of).ToArray();
        var buffer = new MemoryStream();
        var peer = Time("System.Text.Json: the record as a line", count, "", () =>
        {
            for (var i = 0; i < count; i++)
            {
                if (buffer.Length > 1 << 16) buffer.SetLength(0);
                JsonSerializer.Serialize(buffer, plain[i % plain.Length]);
                buffer.WriteByte((byte)'\n');
            }
        });
        var recording = TimeSpan.MaxValue;
        foreach (var end in (string[])["", ".gz", ".zst"])
        {
            var time = Time(
                $"recording to .ndjson{end}, without the hash", count, "1 µs", () => Write(file + end, count));
            if (end.Length == 0) recording = time;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| of it on disk{end} | {(double)new FileInfo(file + end).Length / count:0.0} bytes | | | |"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| recording over System.Text.Json | {recording / peer:0.00} | | | |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| recording over hashing | {recording / hashing:0.00} | | | |"));
        foreach (var end in (string[])["", ".zst"])
        {
            Time($"reading .ndjson{end}", count, "300,000", () =>
            {
                using var reader = SessionReader.Open(file + end);
                Check(reader.ReadEvents().LongCount(), count + 1);
            });
        }

        var lines = plain.Select(e => JsonSerializer.SerializeToUtf8Bytes(e)).ToArray();
        Time("System.Text.Json: reading the record", count, "", () =>
        {
            for (var i = 0; i < count; i++) JsonSerializer.Deserialize<PlainEvent>(lines[i % lines.Length]);
        });
        Time("comparing two", count, "300,000", () =>
        {
            var result = SessionComparer.Compare(
                () => SessionReader.Open(file), () => SessionReader.Open(file), new ComparisonOptions());
            if (!result.Equal) throw new InvalidOperationException("a session differs from itself");
        });
        Time("comparing two, lane by lane with a tolerance", count, "300,000", () =>
        {
            var options = new ComparisonOptions
            {
                Ordered = false,
                Tolerance = new Modem.Units.Tolerance(TimeSpan.FromMilliseconds(1), 0.01),
            };
            var result = SessionComparer.Compare(
                () => SessionReader.Open(file), () => SessionReader.Open(file), options);
            if (!result.Equal) throw new InvalidOperationException("a session differs from itself");
        });
        Time("playing as recorded:", count, "300,000", () => Play(file, count));
    }

    private static void Write(string file, int count)
    {
        using var writer = new SessionWriter(file, new SessionHeader { Target = "benchmark" }, hash: false);
        writer.Append(new PowerApplied(TimeSpan.Zero));
        foreach (var e in Generate(count)) writer.Append(e);
        writer.Finish(TimeSpan.FromDays(1), hash: "");
    }

    private static void Play(string file, int count)
    {
        var options = new BenchOptions { Target = RecordedTarget.Open(file), KeptEvents = 1000 };
        var bench = new Bench(options);
        bench.Firmware(FirmwareSource.FromText(""));
        bench.ApplyPower().AsTask().GetAwaiter().GetResult();
        bench.RunFor(TimeSpan.FromDays(100)).AsTask().GetAwaiter().GetResult();
        Check(bench.Session.Total, count + 1);
        bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Lines, UART bytes and packets as a module with a lively script has them.</summary>
    private static IEnumerable<SessionEvent> Generate(int count)
    {
        var payload = Encoding.UTF8.GetBytes("{\"action\":\"echo\",\"msg\":\"Sat Oct 12 21:29:48 2024\"}");
        var texts = Enumerable.Range(0, 64).Select(i => $"I/user.wsc\trecv\tmessage number {i}\t1\t1").ToArray();
        var lines = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        var hello = "hello"u8.ToArray();
        var echo = new Connection(1, "echo.airtun.air32.cn", 443);
        for (var i = 0; i < count; i++)
        {
            var at = TimeSpan.FromMicroseconds(i * 2500L);
            yield return (i & 7) switch
            {
                < 4 => new LogLine(
                    at, TimeSpan.FromMilliseconds(i * 5L / 2), lines[i & 63], null,
                    new Moment.UserLog('I', "wsc", texts[i & 63])),
                4 => new UartOut(at, 1, payload),
                5 => new TcpReceived(at, echo, payload),
                6 => new FrameIn(at, echo, FrameKind.Text, hello),
                _ => new DnsAsked(at, "echo.airtun.air32.cn"),
            };
        }
    }

    private static TimeSpan Time(string what, int count, string goal, Action act)
    {
        var best = TimeSpan.MaxValue;
        var held = 0L;
        for (var round = 0; round < (count > 2_000_000 ? 1 : Rounds); round++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            act();
            clock.Stop();
            // Processor time, so that a busy machine shows less; the wall where the work waits for itself.
            var spent = Environment.CpuUsage.TotalTime - cpu;
            held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
            if (spent < best) best = spent;
        }

        var each = best.TotalNanoseconds / count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {each:0} ns | {count / best.TotalSeconds:N0} | {goal} | " +
            $"{held / 1048576.0:0.0} MB |"));
        return best;
    }

    private static void Check(long actual, long expected)
    {
        if (actual != expected) throw new InvalidOperationException($"{actual} events instead of {expected}");
    }

    /// <summary>What an event says, in types that System.Text.Json writes and reads by itself.</summary>
    private sealed record PlainEvent(
        TimeSpan At, SessionLane Lane, string Kind, string Text, byte[] Bytes, string Modem, TimeSpan? Tick)
    {
        public static PlainEvent Of(SessionEvent e) =>
            new(e.At, e.Lane, e.Kind, e.Text, e.Bytes.ToArray(), e.Modem, e.Tick);
    }
}
