using AirHil.Board.Description;
using AirHil.Board.Modem;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardMachineTests : BoardMachineBench
{
    [Fact]
    public void Faster_than_the_wall_the_hosts_own_times_grow_with_the_speed()
    {
        Machine = new BoardMachine(Board, hasSwitch: true, new BoardTimings(), speed: 10);
        PowerUp();
        Pass(60_000).Count(IsAsking).ShouldBe(6);
    }

    /// <summary>Any order of anything: never an exception, and every deadline is met by progress.</summary>
    [Fact]
    public void It_stands_whatever_happens_in_whatever_order()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var chance = new SplitMix64(seed);
            Now = default;
            Machine = new BoardMachine(
                Board with { Reset = (ResetMethod)chance.Below(4), Radio = new RadioDescription(1) },
                chance.Below(2) == 0, new BoardTimings());
            for (var step = 0; step < 200; step++)
            {
                Answer(Pass(chance.Below(3000)));
                BoardInput input = chance.Below(14) switch
                {
                    0 => new BoardInput.Told(new ModemCommand.ApplyPower()),
                    1 => new BoardInput.Told(new ModemCommand.CutPower()),
                    2 => new BoardInput.Told(new ModemCommand.PullReset()),
                    3 => new BoardInput.Told(new ModemCommand.WriteUart(chance.Below(3), new byte[chance.Below(9000)])),
                    4 => new BoardInput.Opened(chance.Below(2), "port"),
                    5 => new BoardInput.Lost(chance.Below(2), "gone"),
                    6 => new BoardInput.Waiting(chance.Below(2), "busy"),
                    7 => new BoardInput.NotWritten(chance.Below(2), 3, "gone"),
                    8 => new BoardInput.Told(new AirEvent.CoverageChanged(chance.Below(2) == 0)),
                    9 => Received(1, new byte[chance.Below(100)]),
                    10 => new BoardInput.ResetByHand(Now, null),
                    11 => Received(Log, Frame(chance.Below(100_000), "I/main LuatOS@EC618").ToArray()),
                    _ => Received(Log, Frame(chance.Below(100_000), "x").ToArray()),
                };
                Answer(In(input));
            }
        }
    }

    [Fact]
    public void The_first_frame_of_a_start_reports_it_before_the_line()
    {
        var on = PowerUp();
        Pass(300);
        Told(Frame(250, "hello")).ShouldBe(
        [
            new ModemReport.PoweredOn { HappenedAt = on },
            Line(on + Ms(250), 250, "hello"),
        ]);
    }

    [Fact]
    public void Lines_carry_the_time_at_which_they_happened()
    {
        var on = PowerUp();
        Pass(100);
        Told(Frame(90, "a"));
        Pass(1000);
        Told(Frame(1070, "b")).ShouldBe([Line(on + Ms(1070), 1070, "b")]);
    }

    [Fact]
    public void Ends_of_lines_and_the_zero_of_the_C_side_are_cut_off()
    {
        PowerUp();
        Told(Frame(0, "x\r\n\0")).OfType<ModemReport.LogLine>().Single().Text.ShouldBe("x");
    }

    [Fact]
    public void What_a_script_prints_ends_as_it_was_printed()
    {
        PowerUp();
        Told(Frame(0, "I/user.rx\techo\r\n\0")).OfType<ModemReport.LogLine>().Single().Text
            .ShouldBe("I/user.rx\techo\r\n");
    }
}
