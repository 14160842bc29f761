using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Time;

/// <summary>A world at the wall clock's pace, with a modem whose reports come from another thread.</summary>
[Trait("Clock", "wall")]
public sealed class WallClockTests
{
    [Fact]
    public async Task What_comes_from_another_thread_reaches_the_session_in_order()
    {
        var target = new OutsideTarget();
        await using var bench = await target.Bench();
        var sender = new Thread(() =>
        {
            for (var i = 0; i < 500; i++) target.Modem.Say($"line {i}");
        });
        sender.Start();
        await bench.Expect(Match.LogExactly("line 499"), TimeSpan.FromSeconds(20));
        sender.Join();
        bench.Events.Select(e => e.Text).ShouldBe(Enumerable.Range(0, 500).Select(i => $"line {i}"));
    }

    [Fact]
    public async Task An_event_has_the_time_at_which_it_happened_and_is_judged_by_it()
    {
        var target = new OutsideTarget { Latency = TimeSpan.FromSeconds(5) };
        await using var bench = await target.Bench();
        await bench.RunFor(TimeSpan.FromMilliseconds(300));
        target.Modem.Say("early", TimeSpan.FromMilliseconds(100));
        (await bench.Expect(Match.LogExactly("early"), TimeSpan.Zero)).At.ShouldBe(TimeSpan.FromMilliseconds(100));

        target.Modem.Say("late", TimeSpan.FromSeconds(100));
        var refused = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogExactly("late"), TimeSpan.FromSeconds(1)));
        refused.Message.ShouldContain("it came too late, at 100 s");
    }

    [Fact]
    public async Task What_another_thread_throws_ends_the_run()
    {
        var target = new OutsideTarget();
        await using var bench = await target.Bench();
        target.Modem.Post(_ => throw new InvalidOperationException("the cable burns"));
        var failure = await Should.ThrowAsync<RunFailedException>(
            async () => await bench.RunFor(TimeSpan.FromSeconds(20)));
        failure.InnerException!.Message.ShouldBe("the cable burns");
    }

    [Fact]
    public async Task What_came_before_an_act_reaches_its_machine_before_it_and_can_still_be_expected()
    {
        var target = new OutsideTarget();
        await using var bench = await target.Bench();
        var inputs = -1;
        target.Modem.Post(_ => inputs = target.Modem.Inputs.Count);
        target.Modem.Say("before");
        await bench.ApplyPower();
        inputs.ShouldBe(0);
        bench.Events.Select(e => e.Kind).ShouldBe([EventKinds.Log, EventKinds.ApplyPower]);
        await bench.Expect(Match.LogExactly("before"), TimeSpan.Zero);
    }

    /// <summary>One that posts as fast as it can, with a limit of its own as every machine has.</summary>
    [Fact]
    public async Task A_flood_does_not_hold_the_clock_nor_conditions()
    {
        var target = new OutsideTarget();
        var bench = await target.Bench();
        using var room = new SemaphoreSlim(1000);
        using var end = new CancellationTokenSource();
        var taken = 0;
        var flood = Task.Run(async () =>
        {
            while (true)
            {
                await room.WaitAsync(end.Token);
                target.Modem.Post(_ =>
                {
                    taken++;
                    room.Release();
                });
            }
        }, end.Token);
        (await bench.RunUntil(() => taken > 20_000, TimeSpan.FromSeconds(20))).ShouldBeTrue();
        await bench.RunFor(TimeSpan.FromMilliseconds(300));
        await bench.DisposeAsync();
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => flood);
    }

    [Fact]
    public async Task A_faster_clock_waits_less()
    {
        await using var bench = new Bench(new BenchOptions { Clock = RigClock.Wall, Speed = 1000 });
        await bench.RunFor(TimeSpan.FromSeconds(60));
        bench.Now.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task What_is_posted_after_the_end_does_nothing()
    {
        var target = new OutsideTarget();
        var bench = await target.Bench();
        await bench.RunFor(TimeSpan.Zero);
        await bench.DisposeAsync();
        target.Modem.Say("nobody hears it");
        target.Modem.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_live_modem_cannot_stand_in_virtual_time()
    {
        await using var bench = new Bench(new BenchOptions { Target = new OutsideTarget(), Clock = RigClock.Virtual });
        Should.Throw<InvalidOperationException>(() => bench.Firmware(FirmwareSource.FromText("")))
            .Message.ShouldContain("does not wait for virtual time");
    }
}
