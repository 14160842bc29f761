using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The tutorial's second script (reference §2.9, §11.2): repaired in both ways against its trace, and as printed.
/// </summary>
public sealed class TutorialPassthroughTests
{
    // The trace's six times, ms.
    private const int Connect = 4573;
    private const int Ready = 5873;
    private const int Logged = 9284;
    private const int Acted = 9881;
    private const int Sent = 9972;
    private const int Recv = 9973;

    /// <summary>Two stamps of whole milliseconds differ by up to this much from the time between them, ms.</summary>
    private const int Stamps = 1;

    public static TheoryData<string, string, int> RepairsAndSeeds => new(
        from source in TutorialScripts.Sources
        from repair in new[] { "a", "b" }
        from seed in Enumerable.Range(1, 5)
        select (source, repair, seed));

    public static TheoryData<string> Sources => [.. TutorialScripts.Sources];

    /// <summary>How the chunk is called in a plain file, and compiled into the file system's image.</summary>
    public static TheoryData<string, bool, string> SourcesAndChunks => new(
        from source in TutorialScripts.Sources
        from chunk in new[] { (false, "main.lua"), (true, "/luadb/main.lua") }
        select (source, chunk.Item1, chunk.Item2));

    [Theory]
    [MemberData(nameof(RepairsAndSeeds))]
    public async Task Repaired_it_has_the_six_times_of_the_trace(string source, string repair, int seed)
    {
        var scripts = TutorialScripts.Of(source);
        var script = repair == "a" ? scripts.PassthroughRepairedBySwap : scripts.PassthroughRepairedByMove;
        await using var bench = await ModuleLog.Powered(script, new BenchOptions { Seed = (ulong)seed });
        var ready = await bench.Expect(Match.LogContains("I/websocket ready!!"), TimeSpan.FromSeconds(10));
        // The trace has the times of one network; what the script and the module make of them are the intervals. So the
        // six bytes end where they ended in the trace, counted from ready: their 60 bits take 0.5 ms, and the line must
        // then be idle for 1 to 5 ms (§12) before the script hears of them.
        var wireAndGap = TimeSpan.FromSeconds(60.0 / 115_200) + TimeSpan.FromMilliseconds(1);
        await bench.RunFor(ready.At + TimeSpan.FromMilliseconds(Logged - Ready) - wireAndGap - bench.Now);
        await bench.WriteUart(1, "\"echo\"");
        await bench.RunFor(TimeSpan.FromSeconds(5));

        var log = ModuleLog.Of(bench);
        var (connect, online) = (log.At("I/websocket connect host"), log.At("I/websocket ready!!"));
        var logged = log.At("I/user.UART接收的数据包");
        var acted = log.At("I/user.UART透传成功");
        var (sent, recv) = (log.At("I/user.wsc\tsent"), log.At("I/user.wsc\trecv"));
        // As for script 1: ± 20 %. Connect to ready took 1.473 s there and 1.300 s here, 12 % less.
        connect.ShouldBe(Connect, 0.2 * Connect, log.ToString());
        (online - connect).ShouldBe(Ready - Connect, 0.2 * (Ready - Connect), log.ToString());
        // The stimulus was laid on this time: what is left is the idle gap's 4 ms.
        (logged - online).ShouldBe(Logged - Ready, 4 + Stamps, log.ToString());
        // The fourth 1 s poll after ready. A wait of n ms takes n - 1 to n (§2.2): 4 ms; the board's own work moved it
        // by 8 ms over conack and four rounds, which no source splits up, so it may be missing; and the idle gap again.
        (acted - logged).ShouldBe(Acted - Logged, 4 + 8 + 4 + Stamps, log.ToString());
        // The connected radio's round trip: 78 ms in one trace and 91 ms in the other; twice their difference.
        (sent - acted).ShouldBe(Sent - Acted, 2 * (91 - 78), log.ToString());
        // §12: 1 ms between them, and never the other way round.
        (recv - sent).ShouldBe(Recv - Sent, Stamps, log.ToString());
        recv.ShouldBeGreaterThanOrEqualTo(sent);
        log.CountOf("I/user.wsc\trecv").ShouldBe(1, log.ToString());
        log.CountOf("I/user.UART接收的数据包\t\"echo\"").ShouldBe(1, log.ToString());
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Both_repairs_print_the_same(string source)
    {
        async Task<string> Run(FirmwareSource script)
        {
            await using var bench = await ModuleLog.Powered(script, new BenchOptions());
            bench.Schedule(new ScheduledAct(
                TimeSpan.FromMilliseconds(Logged), new WriteUart(1, UartStimulus.Of("\"echo\""))));
            await bench.RunFor(TimeSpan.FromSeconds(15));
            return ModuleLog.Of(bench).ToString();
        }

        var scripts = TutorialScripts.Of(source);
        (await Run(scripts.PassthroughRepairedByMove)).ShouldBe(await Run(scripts.PassthroughRepairedBySwap));
    }

    [Theory]
    [MemberData(nameof(SourcesAndChunks))]
    public async Task As_printed_it_does_not_compile_and_the_module_reboots_for_ever(
        string source, bool plainFile, string chunk)
    {
        var target = new VirtualTarget { Parameters = new ModemParameters { PlainFileChunkNames = plainFile } };
        await using var bench = await ModuleLog.Powered(
            TutorialScripts.Of(source).PassthroughAsPrinted, new BenchOptions { Target = target });
        await bench.RunFor(TimeSpan.FromSeconds(62));

        var starts = bench.Events.Where(e => e.Kind == EventKinds.PoweredOn).ToArray();
        starts.Select(e => e.Text).ShouldBe(
            [nameof(StartReason.Power), .. Enumerable.Repeat(nameof(StartReason.Software), 4)]);
        // 15.0 s behind the VM's end (§2.6), which comes with the script's start at 0.227 to 0.315 s (§2.9).
        for (var i = 1; i < starts.Length; i++)
        {
            (starts[i].At - starts[i - 1].At).TotalSeconds.ShouldBeInRange(15.227, 15.315);
        }

        // The radio goes on by itself after the VM's end, so its lines may follow; those of the Lua task may not.
        var log = ModuleLog.Of(bench);
        var boot = GoldenTrace.Boot.Select(line => line.Text).Concat(
        [
            "E/main Luat: ",
            $"E/main {chunk}:86: unexpected symbol near ')'",
            "E/main Lua VM exit!! reboot in 15000ms",
        ]);
        log.Masked.Where(text => !text.StartsWith("soc_cms_proc", StringComparison.Ordinal))
            .ShouldBe(Enumerable.Repeat(boot, starts.Length).SelectMany(lines => lines));
    }
}
