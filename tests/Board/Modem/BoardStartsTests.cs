using AirHil.Board.Description;
using AirHil.Board.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardStartsTests : BoardMachineBench
{
    [Fact]
    public void A_start_that_does_not_come_is_spoken_of()
    {
        PowerUp();
        Notices(Pass(30_000)).ShouldContain(n => n.StartsWith("no start was seen 15 s after its supply"));
    }

    [Fact]
    public void The_reset_sequence_goes_to_the_log_port_and_the_start_is_dated_by_it()
    {
        Running();
        Pass(5000);
        var at = Now;
        In(new BoardInput.Told(new ModemCommand.PullReset())).OfType<BoardAct.Write>()
            .ShouldContain(w => w.Line == Log && IsReboot(w));
        In(new BoardInput.Lost(Log, "gone"));
        Pass(600);
        In(new BoardInput.Opened(Log, "log"));
        Pass(100);
        var told = Told((byte[])[.. Frame(16, "first").ToArray(), .. Frame(680, "second").ToArray()]);
        told.ShouldBe(
        [
            new ModemReport.PoweredOn { HappenedAt = at },
            Line(at + Ms(16), 16, "first"),
            Line(at + Ms(680), 680, "second"),
        ]);
    }

    [Fact]
    public void A_reset_while_the_port_is_away_is_sent_when_it_is_back_or_given_up_on_record()
    {
        Running();
        In(new BoardInput.Lost(Log, "gone"));
        In(new BoardInput.Told(new ModemCommand.PullReset())).OfType<BoardAct.Write>().ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log")).OfType<BoardAct.Write>().ShouldContain(w => IsReboot(w));

        In(new BoardInput.Lost(Log, "gone again"));
        In(new BoardInput.Told(new ModemCommand.PullReset()));
        Notices(Pass(4000)).ShouldContain(
            n => n.Contains("4 bytes for the log port are dropped") && n.Contains("gone again"));
    }

    [Fact]
    public void A_board_that_restarts_by_itself_reports_it()
    {
        Running();
        Pass(60_000);
        Told(Frame(60_000, "still"));
        Pass(1_000);
        Told(Frame(16, "again")).Count(o => o is ModemReport.PoweredOn).ShouldBe(1);
    }

    [Fact]
    public void A_board_without_a_switch_is_started_by_a_reset_and_what_it_says_until_then_does_not_count()
    {
        Machine = new BoardMachine(Board, hasSwitch: false, new BoardTimings());
        Wait(0).ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(1000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).OfType<BoardAct.Write>()
            .ShouldContain(w => IsReboot(w));
        Pass(10);
        Told(Frame(70_000_000, "the start before")).ShouldBeEmpty();
        var at = Now;
        Pass(600);
        Told(Frame(250, "new")).Where(o => o is not ModemReport.Noticed).ShouldBe(
            [new ModemReport.PoweredOn { HappenedAt = at }, Line(at + Ms(250), 250, "new")]);
    }

    [Fact]
    public void A_board_without_a_switch_cannot_be_cut_off_and_says_so_once()
    {
        Machine = new BoardMachine(Board, hasSwitch: false, new BoardTimings());
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Pass(2000);
        Told(Frame(250, "x"));
        Notices(In(new BoardInput.Told(new ModemCommand.CutPower())))
            .ShouldContain(n => n.Contains("has no power switch"));
        var said = 0;
        for (var i = 0; i < 100; i++) said += Told(Frame(1000 + i, "goes on")).Length + Notices(Pass(500)).Count;
        said.ShouldBe(1);
    }

    [Fact]
    public void Reset_by_hand_asks_a_person()
    {
        Machine = new BoardMachine(Board with { Reset = ResetMethod.Prompt }, hasSwitch: true, new BoardTimings());
        Running();
        In(new BoardInput.Told(new ModemCommand.PullReset())).ShouldContain(new BoardAct.AskForReset());
        Notices(In(new BoardInput.ResetByHand(Now, "nobody is there")))
            .ShouldBe(["the board was not reset: nobody is there"]);
    }
}
