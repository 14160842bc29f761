using AirHil.Board.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class LogWatchTests : BoardMachineBench
{
    [Fact]
    public void The_log_is_asked_for_when_its_port_opens_and_every_second_while_it_is_silent()
    {
        PowerUp(logOpen: false);
        In(new BoardInput.Opened(Log, "log")).ShouldContain(a => IsAsking(a));
        var asked = 0;
        for (var i = 0; i < 50; i++) asked += Pass(100).Count(IsAsking);
        asked.ShouldBe(5);
        for (var i = 0; i < 50; i++)
        {
            Told(Frame(100 + i * 100, "x"));
            Pass(100).ShouldNotContain(a => IsAsking(a));
        }
    }

    [Fact]
    public void A_port_that_is_open_and_silent_is_spoken_of_once_with_causes()
    {
        PowerUp();
        Notices(Pass(30_000)).ShouldContain(n => n.Contains("is silent: another port than interface 2"));
        Notices(Pass(30_000)).ShouldNotContain(n => n.Contains("is silent"));
    }

    [Fact]
    public void A_port_that_gives_bytes_and_no_frame_is_another_case()
    {
        PowerUp();
        In(Received(Log, "OK\r\nATI\r\n"u8.ToArray()));
        Notices(Pass(30_000)).ShouldContain(n => n.Contains("without one log frame"));
    }

    [Fact]
    public void A_log_port_that_stays_away_means_the_board_is_lost_and_a_frame_that_it_is_back()
    {
        Running();
        In(new BoardInput.Lost(Log, "unplugged"));
        Pass(19_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        Pass(2_000).ShouldContain(
            new BoardAct.Tell(new ModemReport.ModemLost("the log port is away for 20 s: unplugged")));
        Pass(10_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log"));
        Pass(100);
        Told(Frame(40_000, "still running"))[0].ShouldBeOfType<ModemReport.PoweredOn>();
    }

    [Fact]
    public void A_crashed_board_that_is_silent_for_forty_seconds_is_not_lost()
    {
        Running();
        Pass(40_000).OfType<BoardAct.Tell>().ShouldNotContain(t => t.Output is ModemReport.ModemLost);
    }
}
