using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>Samples of heap, CPU and watchdog are only for people to look at.</summary>
public sealed class VitalsTests
{
    private const string Busy =
        """
        _G.sys = require("sys")
        wdt.init(9000)
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len) uart.write(1, uart.read(1, len)) end)
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local wsc = websocket.create(nil, "wss://echo.airtun.air32.cn/ws/echo")
          wsc:autoreconn(true, 3000)
          wsc:connect()
          local kept = {}
          while true do
            for i = 1, 2000 do kept[i % 500] = "x" .. i end
            wsc:send("beat")
            sys.wait(700)
          end
        end)
        sys.timerLoopStart(wdt.feed, 3000)
        sys.run()
        """;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1UL, 0UL)]
    [InlineData(2UL, 0UL)]
    [InlineData(3UL, 5UL)]
    [InlineData(4UL, 77UL)]
    public async Task A_run_comes_to_the_same_hash_with_them_and_without(ulong seed, ulong interleaving)
    {
        var without = await Run(seed, interleaving, null);

        foreach (var interval in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(7), TimeSpan.FromSeconds(1)])
        {
            var with = await Run(seed, interleaving, interval);

            with.Vitals.ShouldNotBeEmpty();
            with.Hash.ShouldBe(without.Hash);
            with.Events.ShouldBe(without.Events);
        }

        without.Vitals.ShouldBeEmpty();
    }

    [Fact]
    public async Task They_come_in_order_with_the_interval_between_and_tell_what_there_is()
    {
        var (_, _, vitals) = await Run(1, 0, TimeSpan.FromMilliseconds(100));

        for (var i = 1; i < vitals.Count; i++)
        {
            (vitals[i].At - vitals[i - 1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
        }

        vitals.ShouldAllBe(v => v.Lane == SessionLane.Vitals && v.Kind == EventKinds.Vitals && v.Bytes.IsEmpty);
        vitals.Select(v => Value(v, "limit")).Distinct().ShouldBe([262_136]);
        vitals.ShouldAllBe(v => Value(v, "heap") <= Value(v, "peak") && Value(v, "peak") <= 262_136);
        vitals.ShouldAllBe(v => Value(v, "cpu") >= 0 && Value(v, "cpu") <= 1);
        vitals.Max(v => Value(v, "cpu")).ShouldBeGreaterThan(0.05);
        vitals.ShouldAllBe(v => Value(v, "wdt") <= Value(v, "wdtfull"));
        vitals.Max(v => Value(v, "heap")).ShouldBeGreaterThan(vitals.Min(v => Value(v, "heap")));
    }

    [Fact]
    public async Task No_expectation_and_no_count_sees_them()
    {
        await using var bench = new Bench(new BenchOptions { Vitals = TimeSpan.Zero });
        bench.Firmware(FirmwareSource.FromText(Busy));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(5));

        bench.Count(Match.Event(EventKinds.Vitals), TimeSpan.Zero).ShouldBe(0);
        bench.Last(Match.Where("anything of vitals", s => s.Event.Lane == SessionLane.Vitals)).ShouldBeNull();
        await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.Event("vital*"), TimeSpan.FromSeconds(1)));
        Samples(bench).ShouldNotBeEmpty();
        bench.Session.EventsWithVitals().Count.ShouldBe(bench.Session.Events.Count + Samples(bench).Count);
    }

    private static IReadOnlyList<SessionEvent> Samples(Bench bench) =>
        [.. bench.Session.EventsWithVitals().Where(e => e.Lane == SessionLane.Vitals)];

    private static double Value(SessionEvent vitals, string name) => double.Parse(
        vitals.Text.Split(' ').Single(word => word.StartsWith(name + '=', StringComparison.Ordinal)).Split('=')[1],
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(string Hash, long Events, IReadOnlyList<SessionEvent> Vitals)> Run(
        ulong seed, ulong interleaving, TimeSpan? interval)
    {
        await using var bench = new Bench(
            new BenchOptions { Seed = seed, Interleaving = interleaving, Vitals = interval });
        bench.Firmware(FirmwareSource.FromText(Busy));
        bench.Schedule(RandomFaults.Generate(seed, Minute));
        await bench.ApplyPower();
        for (var i = 0; i < 10; i++)
        {
            await bench.RunFor(Minute / 10);
            await bench.WriteUart(1, $"packet {i}");
        }

        return (bench.Session.Hash, bench.Session.Total, Samples(bench));
    }
}
