using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class LogReadingTests : BoardMachineBench
{
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
