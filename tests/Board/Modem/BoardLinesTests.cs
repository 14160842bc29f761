using AirHil.Board.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardLinesTests : BoardMachineBench
{
    [Fact]
    public void Bytes_wait_for_a_uart_that_re_enumerates()
    {
        Running();
        In(new BoardInput.Lost(1, "gone"));
        In(Write("one")).OfType<BoardAct.Write>().ShouldBeEmpty();
        In(Write("two")).OfType<BoardAct.Write>().ShouldBeEmpty();
        Orders(In(new BoardInput.Opened(1, "uart"))).ShouldBe(["one", "two"]);
        In(Write("three")).ShouldHaveSingleItem().ShouldBeOfType<BoardAct.Write>();
    }

    [Fact]
    public void Bytes_that_waited_too_long_or_are_too_many_are_dropped_on_record()
    {
        Running();
        In(new BoardInput.Lost(1, "unplugged"));
        In(Write("one"));
        Notices(Pass(4000)).ShouldContain(
            n => n.StartsWith("3 bytes for UART 1 are dropped") && n.Contains("unplugged"));
        In(new BoardInput.Told(new ModemCommand.WriteUart(1, new byte[60_000])));
        Notices(In(new BoardInput.Told(new ModemCommand.WriteUart(1, new byte[6_000])))).ShouldHaveSingleItem()
            .ShouldBe("6000 bytes for UART 1 are dropped: 60000 wait for its port already");
    }

    [Fact]
    public void Bytes_for_a_line_that_the_board_has_not_are_told_of()
    {
        Running();
        Notices(In(new BoardInput.Told(new ModemCommand.WriteUart(2, "x"u8.ToArray())))).ShouldHaveSingleItem()
            .ShouldContain("no such line; it has: 1");
    }

    [Fact]
    public void A_write_that_failed_is_told_of()
    {
        Running();
        Notices(In(new BoardInput.NotWritten(1, 12, "it is gone"))).ShouldHaveSingleItem()
            .ShouldBe("12 bytes for UART 1 were not sent, or not for certain: it is gone");
    }

    [Fact]
    public void A_serial_line_that_is_not_there_is_spoken_of_once_the_board_runs()
    {
        Off();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Waiting(1, "permission denied"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        In(new BoardInput.Switched(true, Now, null));
        Told(Frame(0, "up"));
        Notices(Pass(10_000)).ShouldBe(["UART 1 is not there: permission denied"]);
    }

    [Fact]
    public void A_short_absence_is_on_record_and_no_more()
    {
        Running();
        In(new BoardInput.Lost(Log, "re-enumerates"));
        Pass(1400).OfType<BoardAct.Tell>().ShouldBeEmpty();
        Notices(In(new BoardInput.Opened(Log, "log"))).ShouldBe(["the log port is back after 1.40 s; re-enumerates"]);
        Pass(60_000).OfType<BoardAct.Tell>().ShouldNotContain(t => t.Output is ModemReport.ModemLost);
    }
}
