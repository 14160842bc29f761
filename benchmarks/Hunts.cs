using System.Globalization;
using AirHil.Hunt.Search;
using AirHil.Hunt.Subjects;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;

namespace AirHil.Benchmarks;

/// <summary>
/// What a schedule of a hunt takes. The peer is a plain run of the same script without faults, as `airhil run` does it:
/// all events kept and hashed.
/// </summary>
internal static class Hunts
{
    private const int Warm = 512;
    private const int Schedules = 3072;
    private const int PlainRuns = 600;

    public static void Run()
    {
        Console.WriteLine();
        Console.WriteLine(
            "| script | a schedule | its virtual time | 2 virtual minutes | schedules a second on 2 cores | " +
            "plain run, 2 virtual minutes |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var scripts = Path.Combine(Repository.Root, "fixtures", "scripts");
        Measure("an echo every 15 s over TLS", Echo(Path.Combine(scripts, "websocket-echo")));
        Measure(
            "a line every 5 s, looked for every 200 ms",
            Meter(Path.Combine(Repository.Root, "fixtures", "hunt", "lost-while-offline", "mended.lua")));
    }

    private static void Measure(string name, HuntSubject subject)
    {
        Hunt(subject, Warm);
        var (time, search) = Hunt(subject, Schedules);
        var each = time / Schedules;
        var length = search.Simulated / Schedules;
        var scaled = each * (TimeSpan.FromMinutes(2) / length);
        var plain = Plain(subject);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {each.TotalMilliseconds:0.00} ms | {length.TotalSeconds:0} s | " +
            $"{scaled.TotalMilliseconds:0.00} ms | {2 / scaled.TotalSeconds:0} | {plain.TotalMilliseconds:0.00} ms |"));
    }

    private static (TimeSpan Time, HuntSearch Search) Hunt(HuntSubject subject, int schedules)
    {
        var search = new HuntSearch(subject, seed: 1, jobs: 1);
        var before = Environment.CpuUsage.TotalTime;
        search.Run(schedules, () => false);
        return (Environment.CpuUsage.TotalTime - before, search);
    }

    private static TimeSpan Plain(HuntSubject subject)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < PlainRuns; i++)
        {
            var bench = new Bench(new BenchOptions { Seed = (ulong)i });
            foreach (var endpoint in subject.Endpoints) bench.AddService(endpoint);
            bench.Firmware(subject.Firmware);
            foreach (var act in subject.Acts) bench.Schedule(act);
            bench.RunFor(TimeSpan.FromMinutes(2)).AsTask().GetAwaiter().GetResult();
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return (Environment.CpuUsage.TotalTime - before) / PlainRuns;
    }

    private static HuntSubject Echo(string script) => new()
    {
        Options = new BenchOptions { KeptEvents = 1000, Hashes = false },
        Firmware = FirmwareSource.FromPath(script),
        Acts = [new ScheduledAct(TimeSpan.Zero, new SwitchOn())],
        Length = TimeSpan.FromMinutes(2),
        Properties = [new NeverRestarts()],
        Settling = TimeSpan.FromSeconds(60),
        Kinds = ["coverage", "black hole", "connection reset", "power cut", "reset", "slow link", "close"],
    };

    private static HuntSubject Meter(string script) => new()
    {
        Options = new BenchOptions { KeptEvents = 1000, Hashes = false },
        Firmware = FirmwareSource.FromPath(script),
        Endpoints = [new Endpoint(ServiceUrl.Parse("ws://meter.example/feed"), new EchoFrames())],
        Acts =
        [
            new ScheduledAct(TimeSpan.Zero, new SwitchOn()),
            new ScheduledAct(TimeSpan.Zero, Repeat.Uart(1, "R,{n},21.5\r\n", TimeSpan.FromSeconds(5))),
        ],
        Length = TimeSpan.FromMinutes(2),
        Properties =
        [
            new EveryTextArrives(
                "R,{no},{*}", Place.Parse("UART 1"), Place.Parse("the service"), "{\"no\": no}",
                TimeSpan.FromSeconds(60)),
        ],
        Settling = TimeSpan.FromSeconds(60),
    };
}
