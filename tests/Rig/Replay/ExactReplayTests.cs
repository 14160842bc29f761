using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Sessions;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Replay;

public sealed class ExactReplayTests
{
    [Theory]
    [InlineData("websocket-echo", 1, 0)]
    [InlineData("uart-passthrough-a", 2, 0)]
    [InlineData("uart-passthrough-b", 3, 9)]
    [InlineData("uart-passthrough-broken", 4, 77)]
    public async Task A_virtual_session_is_repeated_bit_for_bit(string script, ulong seed, ulong interleaving)
    {
        using var file = new TempFile("s.ndjson.zst");
        var options = new BenchOptions
        {
            Seed = seed,
            Interleaving = interleaving,
            NetworkProfile = NetworkProfile.LteGood with { LossPercent = 5, RoundTripMs = 200 },
            Target = new VirtualTarget { Parameters = new ModemParameters { RrcSetupTime = TimeSpan.FromSeconds(1) } },
            Vitals = TimeSpan.FromSeconds(5),
        };
        var events = await RecordedRuns.Record(file.Path, script, options);
        var result = await ExactReplay.Run(() => SessionReader.Open(file.Path));
        result.Difference.ShouldBeNull();
        result.Hash.ShouldBe(result.RecordedHash);
        result.Events.ShouldBe(events.Count(e => e.Lane != AirHil.Modem.Sessions.SessionLane.Vitals));
    }

    /// <summary>An expectation stops in the midst of an instant, and acts follow there.</summary>
    [Fact]
    public async Task Acts_in_the_midst_of_an_instant_are_repeated_there()
    {
        using var file = new TempFile();
        await using (var bench = RecordedRuns.Bench("websocket-echo", new BenchOptions { Interleaving = 3 }))
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            await bench.ApplyPower();
            for (var i = 0; i < 60; i++)
            {
                await bench.Expect(Match.Where("anything", _ => true), TimeSpan.FromMinutes(1));
                await bench.Mark($"{i}");
                if (i == 30) await bench.Begin(new BlackHole(), TimeSpan.FromSeconds(30));
                if (i % 10 == 3) await bench.ServicePush(null, "x");
            }

            recorder.Finish();
        }

        var result = await ExactReplay.Run(() => SessionReader.Open(file.Path));
        result.Difference.ShouldBeNull();
        result.Hash.ShouldBe(result.RecordedHash);
    }

    [Fact]
    public async Task Modems_that_come_and_are_replaced_are_repeated()
    {
        using var file = new TempFile();
        await using (var bench = RecordedRuns.Bench("websocket-echo"))
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            bench.Firmware(FirmwareSource.FromPath(RecordedRuns.Script("uart-passthrough-a")), "2");
            await bench.ApplyPower("2");
            await bench.RunFor(TimeSpan.FromSeconds(4));
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(6.5));
            bench.Firmware(FirmwareSource.FromText("log.info('new')"));
            bench.Firmware(FirmwareSource.FromText("log.info('newer')"), "2");
            bench.AddService("ws://a.test/x", new AirHil.Rig.Service.Silent());
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(20));
            recorder.Finish();
        }

        var result = await ExactReplay.Run(() => SessionReader.Open(file.Path));
        result.Difference.ShouldBeNull();
        result.Hash.ShouldBe(result.RecordedHash);
    }

    [Fact]
    public async Task The_first_event_that_differs_is_told_with_what_was_before()
    {
        using var file = new TempFile();
        var events = await RecordedRuns.Record(file.Path, "websocket-echo");
        using (var reader = SessionReader.Open(file.Path))
        using (var writer = new SessionWriter(file.Beside("changed"), reader.Header))
        {
            while (reader.TryRead(out var entry))
            {
                if (entry.Note is { } note) writer.Append(note);
                else writer.Append(writer.Events == 40 ? entry.Event! with { Modem = "other" } : entry.Event!);
            }

            writer.Finish(reader.End!.At, reader.End.Step);
        }

        var result = await ExactReplay.Run(() => SessionReader.Open(file.Beside("changed")));
        result.Difference.ShouldNotBeNull().Index.ShouldBe(40);
        result.Difference.Recorded!.Modem.ShouldBe("other");
        result.Difference.Repeated.ShouldBe(events[40]);
        result.Difference.Before.Count.ShouldBe(10);
        result.End.ShouldBe(events[40].At);
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_is_repeated_as_far_as_it_goes()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path, "websocket-echo");
        var bytes = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            file.Path, bytes[..(bytes.Length * 2 / 3)], TestContext.Current.CancellationToken);
        var result = await ExactReplay.Run(() => SessionReader.Open(file.Path));
        result.Difference.ShouldBeNull();
        result.Repairs.ShouldHaveSingleItem();
        result.Events.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task What_cannot_be_repeated_says_why()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path, "websocket-echo", mask: new MaskOptions("key"u8.ToArray()));
        (await Should.ThrowAsync<InvalidOperationException>(() => ExactReplay.Run(() => SessionReader.Open(file.Path))))
            .Message.ShouldContain("masked");
        ExactReplay.WhyNot(new SessionHeader { Target = "board:a" }).ShouldNotBeNull().ShouldContain("board:a");
    }
}
