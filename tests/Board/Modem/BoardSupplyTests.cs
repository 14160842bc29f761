using AirHil.Board.Description;
using AirHil.Board.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardSupplyTests : BoardMachineBench
{
    [Fact]
    public void At_first_the_supply_is_switched_off_whatever_it_was_and_nothing_is_said()
    {
        Wait(0).ShouldBe([new BoardAct.Switch(false)]);
        In(new BoardInput.Switched(false, Now, null)).ShouldBeEmpty();
    }

    [Fact]
    public void Supply_comes_on_only_after_it_was_off_for_a_while()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldNotContain(new BoardAct.Switch(true));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
        Now.ShouldBe(Ms(1000));
    }

    [Fact]
    public void A_person_may_take_any_time_to_switch_the_supply()
    {
        Off();
        In(new BoardInput.Waiting(Log, "absent"));
        In(new BoardInput.Waiting(1, "absent"));
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Pass(300_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        In(new BoardInput.Switched(true, Now, null));
        Pass(21_000).OfType<BoardAct.Tell>().ShouldContain(
            t => t.Output == new ModemReport.ModemLost("the log port is away for 20 s: absent"));
    }

    [Fact]
    public void A_switch_that_tells_later_than_the_board_changes_nothing()
    {
        Off();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        var began = Now;
        Pass(500);
        Told(Frame(300, "first"))[0].ShouldBe(new ModemReport.PoweredOn { HappenedAt = began + Ms(200) });
        Pass(500);
        In(new BoardInput.Switched(true, Now, null));
        Notices(Pass(60_000)).ShouldNotContain(n => n.Contains("no start was seen"));
    }

    [Fact]
    public void A_switch_that_fails_loses_the_board_with_its_reason()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Answer(Pass(2000), problem: "relay on fire").OfType<BoardAct.Tell>().Select(t => t.Output).ShouldBe(
            [new ModemReport.ModemLost("the supply could not be switched on: relay on fire")]);
    }

    [Fact]
    public void Reset_by_the_supply_switches_it_off_and_on()
    {
        Machine = new BoardMachine(Board with { Reset = ResetMethod.PowerCycle }, hasSwitch: true, new BoardTimings());
        Running();
        In(new BoardInput.Told(new ModemCommand.PullReset())).ShouldContain(new BoardAct.Switch(false));
        In(new BoardInput.Switched(false, Now, null));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
        In(new BoardInput.Switched(true, Now, null));
        var at = Now;
        Pass(100);
        Told(Frame(20, "x"))[0].ShouldBe(new ModemReport.PoweredOn { HappenedAt = at });
    }

    [Fact]
    public void A_lost_board_is_started_again_by_its_supply()
    {
        Running();
        In(new BoardInput.Lost(Log, "unplugged"));
        Pass(21_000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldContain(new BoardAct.Switch(false));
        In(new BoardInput.Switched(false, Now, null));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
    }
}
