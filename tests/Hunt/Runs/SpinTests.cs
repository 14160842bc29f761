using AirHil.Hunt.Runs;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;

namespace AirHil.Hunt.Tests.Runs;

public sealed class SpinTests
{
    private const string Spinning =
        """
        sys = require("sys")
        wdt.init(9000)
        sys.timerLoopStart(wdt.feed, 3000)
        sys.timerStart(function() while true do end end, 20000)
        sys.run()
        """;

    private const string Quiet =
        """
        sys = require("sys")
        sys.timerLoopStart(function() for i = 1, 1000 do end end, 100)
        sys.run()
        """;

    private static readonly HashSet<Cause> Nothing = [];

    [Fact]
    public void A_script_that_spins_is_seen_and_can_be_cut()
    {
        var whole = WorldRun.Do(Of(Spinning), FaultSchedule.Empty, Nothing);
        whole.Broken.ShouldHaveSingleItem().Violation.How.ShouldBe("the module restarted: watchdog");
        whole.Spin.ShouldBeGreaterThan(Spin.Long);
        whole.IsCut.ShouldBeFalse();
        var cut = WorldRun.Do(Of(Spinning), FaultSchedule.Empty, Nothing, longestSpin: Spin.Long);
        cut.Broken.ShouldBeEmpty();
        cut.IsCut.ShouldBeTrue();
        cut.Length.ShouldBeLessThan(whole.Length);
    }

    [Fact]
    public void A_script_that_rests_is_not_cut()
    {
        var run = WorldRun.Do(Of(Quiet), FaultSchedule.Empty, Nothing, longestSpin: Spin.Long);
        (run.Broken.Count, run.IsCut, run.Spin).ShouldBe((0, false, TimeSpan.Zero));
    }

    [Fact]
    public void No_run_spins_longer_than_it_is_worth()
    {
        var subject = Of(Spinning) with { Properties = [new ConnectedAgain(Subject.S(600))], Length = Subject.S(600) };
        var run = WorldRun.Do(subject, FaultSchedule.Empty, Nothing);
        run.IsCut.ShouldBeTrue();
        run.Length.ShouldBeLessThan(Subject.S(180));
    }

    private static HuntSubject Of(string script) => Subject.Create() with
    {
        Firmware = FirmwareSource.FromText(script),
        Properties = [new NeverRestarts()],
    };
}
