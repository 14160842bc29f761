using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Tests.Time;

namespace AirHil.Rig.Tests.Scenarios;

/// <summary>Expectations of a modem whose log is heard late, as a board's behind a cable is.</summary>
[Trait("Clock", "wall")]
public sealed class LateHearingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_silence_begins_where_the_event_before_it_happened()
    {
        var target = new OutsideTarget { Latency = Ms(200) };
        var modem = target.Modem;
        await using var bench = await target.Bench();
        await SeeStop(bench, modem);
        modem.Say("alive", Ms(200));
        await bench.ExpectNot(Match.LogExactly("alive"), Ms(100));
    }

    [Fact]
    public async Task What_broke_a_silence_and_was_heard_of_before_it_was_asked_for_breaks_it()
    {
        var target = new OutsideTarget { Latency = Ms(200) };
        var modem = target.Modem;
        await using var bench = await target.Bench();
        modem.Say("alive", Ms(40));
        await SeeStop(bench, modem);
        modem.Say("alive", Ms(60));
        var broken = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.ExpectNot(Match.LogExactly("alive"), Ms(100)));
        broken.Message.ShouldContain("it happened at 60 ms");
    }

    [Fact]
    public async Task Silences_follow_each_other_without_a_gap()
    {
        var target = new OutsideTarget { Latency = Ms(200) };
        var modem = target.Modem;
        await using var bench = await target.Bench();
        await SeeStop(bench, modem);
        await bench.ExpectNot(Match.LogExactly("alive"), Ms(100));
        modem.Say("alive", Ms(160));
        await Should.ThrowAsync<ExpectationException>(
            async () => await bench.ExpectNot(Match.LogExactly("alive"), Ms(100)));
    }

    [Fact]
    public async Task In_step_with_the_module_time_passes_from_what_it_did()
    {
        var target = new OutsideTarget { Latency = Ms(200) };
        var modem = target.Modem;
        await using var bench = await target.Bench();
        await bench.RunFor(Ms(1200));
        await SeeStop(bench, modem);
        bench.Schedule(new ScheduledAct(bench.Now + TimeSpan.FromSeconds(1), new SetMark("later")));
        await bench.RunOn(Ms(1100));
        bench.Events.ShouldNotContain(e => e is Marked);
    }

    [Fact]
    public async Task What_the_rig_did_between_the_happening_of_a_line_and_its_hearing_is_behind_the_line()
    {
        var target = new OutsideTarget { Latency = Ms(200) };
        var modem = target.Modem;
        await using var bench = await target.Bench();
        await bench.Begin(new FallSilent());
        var begun = bench.Now;
        bench.Schedule(new ScheduledAct(begun + Ms(50), new BeginFault(new ForgetConnections())));
        await bench.RunFor(Ms(100));
        modem.Say("connects", begun);
        await bench.Expect(Match.LogExactly("connects"), Patience);
        var forgets = Match.Event(EventKinds.FaultBegin);
        (await bench.Expect(forgets, TimeSpan.Zero)).At.ShouldBe(begun + Ms(50));
        await Should.ThrowAsync<ExpectationException>(async () => await bench.Expect(forgets, TimeSpan.Zero));
    }

    private static async Task SeeStop(Bench bench, OutsideModem modem)
    {
        await bench.RunFor(Ms(500));
        modem.Say("stop", Ms(50));
        (await bench.Expect(Match.LogExactly("stop"), Patience)).At.ShouldBe(Ms(50));
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
