using AirHil.Hunt.Subjects;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Tests.Subjects;

public sealed class HuntSubjectTests
{
    [Fact]
    public async Task A_run_gives_its_script_its_acts_and_its_length()
    {
        await using var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText("sys = require('sys') sys.run()"));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(10));
        await bench.PullReset();
        await bench.RunFor(Subject.S(10));
        var subject = HuntSubject.Of(bench, 5);
        subject.Acts.Select(act => act.ToString()).ShouldBe(["0s power on", "10s reset"]);
        (subject.Length, subject.Options.Seed).ShouldBe((Subject.S(20), 5UL));
        GenericProperties.Of(bench).ShouldBe([new NeverRestarts()]);
    }

    [Fact]
    public async Task A_run_without_a_script_cannot_be_hunted()
    {
        await using var bench = new Bench();
        Should.Throw<InvalidOperationException>(() => HuntSubject.Of(bench, 5));
    }

    [Fact]
    public void A_run_goes_on_until_all_that_waits_can_be_judged()
    {
        var subject = Subject.Create();
        subject.LengthBehind(Subject.S(5)).ShouldBe(Subject.S(60));
        subject.LengthBehind(Subject.S(50)).ShouldBe(Subject.S(81));
    }
}
