using AirHil.Board.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class DroppedBytesTests : BoardMachineBench
{
    [Fact]
    public void After_the_supply_was_cut_nothing_counts_and_that_is_on_record()
    {
        Running();
        In(new BoardInput.Told(new ModemCommand.CutPower())).ShouldBe(
        [
            new BoardAct.Tell(new ModemReport.PoweredOff { HappenedAt = Now }),
            new BoardAct.Switch(false),
        ]);
        Told(Frame(5000, "late")).ShouldBeEmpty();
        In(Received(1, "late"u8.ToArray())).ShouldBeEmpty();
        Notices(Pass(60_000)).ShouldHaveSingleItem()
            .ShouldContain("bytes that came after its supply was cut do not count");
    }

    [Fact]
    public void What_was_in_the_lines_before_the_start_does_not_count()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        In(new BoardInput.Opened(1, "uart"));
        In(Received(1, "stale"u8.ToArray())).OfType<BoardAct.Tell>().ShouldBeEmpty();
        var acts = Pass(2000);
        acts.ShouldContain(new BoardAct.Switch(true));
        Notices(acts).ShouldContain("5 bytes that came before the board was started do not count");
        Answer(acts);
        Told(Received(1, "fresh"u8.ToArray())).OfType<ModemReport.UartReceived>().Single().Bytes.ToArray()
            .ShouldBe("fresh"u8.ToArray());
    }
}
