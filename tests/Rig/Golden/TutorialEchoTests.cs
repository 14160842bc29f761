using System.Globalization;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Golden;

/// <summary>The tutorial's first script, as its twin and word for word, against its trace (reference §2.9).</summary>
public sealed class TutorialEchoTests
{
    private const string Sent = "I/user.wsc\tsent";
    private const string Recv = "I/user.wsc\trecv";

    public static TheoryData<string> Sources => [.. TutorialScripts.Sources];

    public static TheoryData<string, int> SourcesAndSeeds => new(
        from source in TutorialScripts.Sources from seed in Enumerable.Range(1, 5) select (source, seed));

    [Theory]
    [MemberData(nameof(SourcesAndSeeds))]
    public async Task It_prints_the_lines_of_the_trace_in_their_order_and_no_others(string source, int seed)
    {
        var log = await Run(source, seed);
        log.UpTo(Recv, 2).Masked.ShouldBe([.. GoldenTrace.Boot.Concat(GoldenTrace.Echo).Select(line => line.Text)]);
    }

    /// <summary>
    /// The boot lines stay inside the ranges seen. Up to TIME_SYNC no line waits for an answer, so these are the
    /// module's own times: 3 ms, of which the trace needs 1. Every later line may be 50 ms away from this one sample of
    /// a real network, which is what "81 ± 50 ms" allows one exchange; the model's own jitter is a few ms.
    /// </summary>
    [Theory]
    [MemberData(nameof(SourcesAndSeeds))]
    public async Task Each_line_has_its_time_of_the_trace(string source, int seed)
    {
        var log = await Run(source, seed);
        var golden = GoldenTrace.Boot.Concat(GoldenTrace.Echo).ToArray();
        for (var i = 0; i < golden.Length; i++)
        {
            var allowed = i < GoldenTrace.Boot.Count ? 0 : golden[i].Latest <= 4.5 ? 0.003 : 0.050;
            log[i].Tick!.Value.TotalSeconds.ShouldBeInRange(
                golden[i].Earliest - allowed, golden[i].Latest + allowed, $"'{golden[i].Text}' in\n{log}");
        }
    }

    [Theory]
    [MemberData(nameof(SourcesAndSeeds))]
    public async Task It_has_the_intervals_of_the_trace(string source, int seed)
    {
        var log = await Run(source, seed);
        var ipReady = log.At("D/mobile NETIF_LINK_ON -> IP_READY");
        var connect = log.At("I/websocket connect host");
        var ready = log.At("I/websocket ready!!");
        ipReady.ShouldBe(4450, 0.2 * 4450, log.ToString());
        (connect - ipReady).ShouldBeInRange(0, 20, log.ToString());
        (ready - connect).ShouldBe(1470, 0.2 * 1470, log.ToString());
        (log.At(Sent) - ready).ShouldBe(81, 50, log.ToString());
        // The first beat goes out right behind this line and the second sys.wait(15000) later, into an idle radio.
        var secondBeat = log.At("I/user.WebSocket connect succeed!") + 15_000;
        (log.At(Sent, 2) - secondBeat).ShouldBe(700, 0.2 * 700, log.ToString());
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task The_dates_of_the_beats_are_those_of_the_world_15_s_apart(string source)
    {
        var options = new BenchOptions();
        var log = await Run(source, 1, options);
        var dates = Enumerable.Range(0, log.Count).Select(i => log[i].Text)
            .Where(text => text.StartsWith(Recv, StringComparison.Ordinal))
            .Select(text => DateTime.ParseExact(
                text.Split("\"msg\": \"")[1].Split('"')[0], "ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture))
            .ToArray();
        // UTC+8 (reference §1.4); one second for the digits that os.date cuts off.
        var beat = TimeSpan.FromMilliseconds(log.At("I/user.WebSocket connect succeed!"));
        (options.StartDate.DateTime + TimeSpan.FromHours(8) + beat - dates[0]).TotalSeconds.ShouldBeInRange(0, 1);
        (dates[1] - dates[0]).TotalSeconds.ShouldBe(15);
    }

    private static async Task<ModuleLog> Run(string source, int seed, BenchOptions? options = null)
    {
        var script = TutorialScripts.Of(source).Echo;
        await using var bench = await ModuleLog.Powered(
            script, (options ?? new BenchOptions()) with { Seed = (ulong)seed });
        // The trace ends at 21.634 s; a line that should not be there is looked for up to the second answer.
        await bench.RunFor(TimeSpan.FromSeconds(25));
        return ModuleLog.Of(bench);
    }
}
