using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Replay;

public sealed class RecordedTargetTests
{
    [Fact]
    public async Task A_run_that_does_the_same_sees_the_same()
    {
        using var file = new TempFile("s.ndjson.gz");
        var events = await RecordedRuns.Record(file.Path);
        var target = RecordedTarget.Open(file.Path);
        Requirement.Lacking(target, Capability.Network).ShouldBeNull();
        await using var bench = RecordedRuns.Bench("uart-passthrough-a", new BenchOptions { Target = target });
        await RecordedRuns.Play(bench);
        bench.Events.ToList().ShouldBeEvents(events);
    }

    [Fact]
    public async Task What_followed_an_act_follows_it_when_it_comes_later_or_sooner()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        foreach (var wait in (double[])[0, 7])
        {
            await using var bench = await Begun(file.Path);
            await bench.RunFor(TimeSpan.FromSeconds(wait));
            await bench.ApplyPower();
            bench.IsPowered().ShouldBeTrue();
            var ready = await bench.Expect(Match.Moment<Moment.IpReady>(), TimeSpan.FromSeconds(6));
            (ready.At - TimeSpan.FromSeconds(wait)).ShouldBe(ready.Event.Tick!.Value, TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task The_recording_waits_for_the_act_that_it_has_next()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        await using var bench = await Begun(file.Path);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMinutes(5));
        bench.Events[^1].At.ShouldBeLessThan(TimeSpan.FromSeconds(9.1));
    }

    [Fact]
    public async Task An_act_that_was_not_recorded_fails_the_run_and_says_what_was_expected()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        await using var bench = await Begun(file.Path);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(9));
        var problem = await Should.ThrowAsync<RecordingDeviationException>(
            async () =>
            {
                await bench.Begin(new BlackHole());
                await bench.RunFor(TimeSpan.FromSeconds(1));
            });
        problem.Message.ShouldContain("fault.begin black hole");
        problem.Message.ShouldContain("\"echo\"\\r\\n");
        problem.Message.ShouldContain(file.Path);
    }

    [Fact]
    public async Task An_act_behind_the_last_one_fails_the_run()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        await using var bench = await Begun(file.Path, "uart-passthrough-a");
        await RecordedRuns.Play(bench, skipFirst: true);
        (await Should.ThrowAsync<RecordingDeviationException>(
                async () =>
                {
                    await bench.ApplyPower();
                    await bench.RunFor(TimeSpan.FromSeconds(1));
                }))
            .Message.ShouldContain("no act any more");
    }

    [Fact]
    public async Task A_module_that_switches_itself_off_is_seen_to_be_off()
    {
        using var file = new TempFile();
        async Task<IReadOnlyList<AirHil.Modem.Sessions.SessionEvent>> Run(BenchOptions options, string? record)
        {
            await using var bench = new Bench(options);
            using var recorder = record is null ? null : SessionRecorder.Start(bench, record);
            bench.Firmware(FirmwareSource.FromText("log.info('bye') pm.shutdown() while true do end"));
            await bench.ApplyPower();
            await bench.Expect(Match.Event(EventKinds.PoweredOff, "the end", _ => true), TimeSpan.FromSeconds(10));
            // Its supply is on: only its script has switched it off.
            bench.IsPowered().ShouldBeTrue();
            await bench.RunFor(TimeSpan.FromSeconds(1));
            await bench.CutPower();
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(3));
            recorder?.Finish();
            return bench.Events.ToList();
        }

        var events = await Run(new BenchOptions(), file.Path);
        events.Count(e => e.Kind == EventKinds.PoweredOff).ShouldBe(2);
        var again = await Run(new BenchOptions { Target = RecordedTarget.Open(file.Path) }, null);
        again.ShouldBeEvents(events);
    }

    [Fact]
    public async Task A_recording_of_another_script_is_said_before_the_run()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        var target = RecordedTarget.Open(file.Path);
        var cancel = TestContext.Current.CancellationToken;
        (await target.PrepareAsync(FirmwareSource.FromPath(RecordedRuns.Script("uart-passthrough-a")), cancel))
            .ShouldBeNull();
        (await target.PrepareAsync(FirmwareSource.FromText("x"), cancel)).ShouldNotBeNull()
            .ShouldContain("another script");
    }

    [Fact]
    public void A_recording_is_found_by_the_title_of_its_run()
    {
        using var file = new TempFile(SessionFiles.NameFor("Echo / It ünd \"so\"", SessionCompression.Zstandard));
        File.WriteAllText(file.Path, "");
        var folder = Path.GetDirectoryName(file.Path)!;
        SessionFiles.Find(folder, "Echo / It ünd \"so\"").ShouldBe(file.Path);
        SessionFiles.Find(folder, "Echo / It").ShouldBeNull();
        SessionFiles.Find(file.Path, "whatever").ShouldBe(file.Path);
        Path.GetFileName(file.Path).ShouldStartWith("echo-it-nd-so-");
    }

    private static async Task<Bench> Begun(string path, string script = "uart-passthrough-a")
    {
        var bench = RecordedRuns.Bench(script, new BenchOptions { Target = RecordedTarget.Open(path) });
        await bench.WriteUart(1, "too early");
        return bench;
    }
}
