using AirHil.Modem.Acts;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Replay;

public sealed class RecordedActsTests
{
    /// <summary>A device that answers is an act without an event: nothing has happened yet.</summary>
    [Fact]
    public async Task Each_act_has_the_place_of_its_own_note()
    {
        using var file = new TempFile("s.ndjson");
        await using (var bench = new Bench())
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            bench.Firmware(FirmwareSource.FromText("_G.sys = require('sys') uart.setup(1, 115200) sys.run()"));
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(1));
            await bench.Do(new AnswerUart(1, "ask", "yes"));
            await bench.WriteUart(1, "a");
            await bench.RunFor(TimeSpan.FromSeconds(1));
            await bench.WriteUart(1, "b");
            recorder.Finish();
        }

        using var notes = SessionReader.Open(file.Path);
        var steps = new List<long>();
        while (notes.TryRead(out var entry))
        {
            if (entry.Note is SessionNote.Acted acted) steps.Add(acted.Step);
        }

        using var reader = SessionReader.Open(file.Path);
        RecordedActs.Read(reader).OfType<RecordedAct.Acted>().Select(act => act.Step)
            .ShouldBe([steps[0], steps[2], steps[3]]);
    }
}
