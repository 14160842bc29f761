using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Pins;

/// <summary>What a bench sees of the pins, and what the pins see of the bench.</summary>
public sealed class PinBankTests
{
    private const string Wait = "\nwhile true do rtos.receive(-1) end";

    private static FakeBench On(string script) => new FakeBench(script + Wait).PowerOn();

    private static string Seen(FakeBench bench, int pin) =>
        string.Join(' ', bench.Pins.Where(p => p.Report.Pin == pin).Select(p => p.Report.Drive));

    [Theory]
    [InlineData("gpio.setup(27, 0)", "Low")]
    [InlineData("gpio.setup(27, 1)", "Low High")]
    [InlineData("gpio.setup(27, 0, gpio.PULLUP)", "High Low")]
    [InlineData("gpio.setup(27, 1, gpio.PULLUP)", "High")]
    [InlineData("gpio.setup(27, nil)", "Input")]
    [InlineData("gpio.setup(27, nil, gpio.PULLUP)", "PullUp")]
    [InlineData("gpio.setup(27, nil, gpio.PULLDOWN)", "")]
    [InlineData("local f = gpio.setup(27, 0) f(1) f(1) f(0)", "Low High Low")]
    [InlineData("gpio.setup(27, 1) gpio.toggle(27) gpio.toggle(27)", "Low High Low")]
    [InlineData("gpio.set(27, 1) gpio.setup(27, 0)", "Low")]
    [InlineData("gpio.setup(27, 1) gpio.close(27)", "Low High")]
    [InlineData("gpio.setup(27, 0) gpio.pulse(27, 0xA5, 8, 10)", "Low High Low High Low High Low High")]
    [InlineData("gpio.setup(27, 0) gpio.pulse(27, '\\x0F\\xF0', 16, 0)", "Low High Low")]
    public void A_script_drives_a_pin(string script, string seen) => Seen(On(script).RunTo(1), 27).ShouldBe(seen);

    [Fact]
    public void A_reset_makes_inputs_of_all()
    {
        var bench = On("gpio.setup(27, 1)");
        bench.At(1, new ModemCommand.PullReset());
        bench.RunTo(1.1);
        Seen(bench, 27).ShouldBe("Low High PullDown");
    }

    [Fact]
    public void Without_supply_nothing_is_driven()
    {
        var bench = On("gpio.setup(2, 0)");
        bench.At(1, new ModemCommand.CutPower());
        bench.RunTo(2);
        Seen(bench, 2).ShouldBe("Low PullUp");
    }

    [Fact]
    public void What_the_rig_holds_outlives_a_reset()
    {
        var bench = On("gpio.setup(7, nil) print('level ' .. gpio.get(7))");
        bench.At(0, new ModemCommand.HoldPin(7, PinHold.High));
        bench.At(1, new ModemCommand.PullReset());
        bench.RunTo(2);
        bench.Lines.Count(line => line == "level 1").ShouldBe(2, bench.Dump());
    }

    [Theory]
    [InlineData("gpio.setup(7, print, gpio.PULLUP)", true)]
    [InlineData("gpio.setup(7, print, gpio.PULLUP, gpio.BOTH)", true)]
    [InlineData("gpio.setup(7, print, gpio.PULLUP, gpio.RISING)", false)]
    [InlineData("gpio.setup(7, print, gpio.PULLUP, gpio.FALLING)", false)]
    [InlineData("gpio.setup(7, nil, gpio.PULLUP)", false)]
    public void A_falling_edge_that_BOTH_does_not_take_is_noticed_once(string script, bool isNoticed)
    {
        var bench = On(script);
        foreach (var at in new[] { 1, 2 })
        {
            bench.At(at, new ModemCommand.HoldPin(7, PinHold.Low));
            bench.At(at + 0.5, new ModemCommand.HoldPin(7, PinHold.Released));
        }

        bench.RunTo(4);
        if (isNoticed) bench.Notices.ShouldHaveSingleItem().ShouldStartWith("pin 7 goes low, and its callback");
        else bench.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_pin_with_both_edges_has_nothing_to_notice()
    {
        var bench = On("gpio.setup(20, print, gpio.PULLUP)");
        bench.At(1, new ModemCommand.HoldPin(20, PinHold.Low));
        bench.RunTo(4);
        bench.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_short_circuit_is_noticed_once()
    {
        var bench = On("gpio.setup(27, 0)");
        bench.At(1, new ModemCommand.HoldPin(27, PinHold.High));
        bench.At(2, new ModemCommand.HoldPin(27, PinHold.Released));
        bench.At(3, new ModemCommand.HoldPin(27, PinHold.High));
        bench.RunTo(4);
        bench.Notices.ShouldHaveSingleItem().ShouldContain("the module drives it low and the rig holds it high");
        bench.Reports.ShouldHaveSingleItem().Report
            .ShouldBe(new ModemReport.PinShared(27, "the module", "the rig"));
    }

    [Fact]
    public void A_floating_input_reads_what_the_parameter_says()
    {
        const string script = "gpio.setup(27, nil) print('level ' .. gpio.get(27))" + Wait;
        new FakeBench(script, new() { FloatingPinIsHigh = true }).PowerOn().RunTo(1).Lines.ShouldContain("level 1");
        new FakeBench(script).PowerOn().RunTo(1).Lines.ShouldContain("level 0");
    }
}
