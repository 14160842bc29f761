using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

public sealed class RequirementTests
{
    [Fact]
    public void What_a_target_lacks_is_named_with_the_target()
    {
        Requirement.Lacking(new ScriptedTarget(), Capability.Power).ShouldBeNull();
        Requirement.Lacking(new ScriptedTarget(), Capability.Radio)!
            .ShouldStartWith("the target 'scripted' has no capability 'radio'");
    }

    [Fact]
    public void A_UART_that_is_not_wired_is_named_with_the_others()
    {
        Requirement.LackingUart(new ScriptedTarget(), 5).ShouldBeNull();
        Requirement.LackingUart(new ScriptedTarget { Uarts = [32, 1] }, 1).ShouldBeNull();
        Requirement.LackingUart(new ScriptedTarget { Uarts = [32, 1] }, 2)!
            .ShouldStartWith("the target 'scripted' is not wired to UART 2; it is to: 1, 32. The bench file");
        Requirement.LackingUart(new ScriptedTarget { Uarts = [] }, 2)!.ShouldContain("it is to: none.");
    }

    [Fact]
    public void A_pin_that_is_not_wired_or_not_in_that_way_is_named_with_the_others()
    {
        var all = new ScriptedTarget();
        Requirement.LackingPin(all, 5).ShouldBeNull();
        Requirement.LackingSight(all, 5).ShouldBeNull();
        Requirement.LackingHold(all, 5, PinHold.High).ShouldBeNull();
        var some = new ScriptedTarget { Pins = [new(27, true, false, false), new(8, false, true, false)] };
        Requirement.LackingPin(some, 8).ShouldBeNull();
        Requirement.LackingPin(some, 5)!.ShouldBe(
            "the target 'scripted' cannot reach pin 5; it can do so with: 8, 27. The bench file lists pins under "
            + "'pins'");
        Requirement.LackingSight(some, 27).ShouldBeNull();
        Requirement.LackingSight(some, 8)!.ShouldContain("cannot see pin 8; it can do so with: 27.");
        Requirement.LackingHold(some, 8, PinHold.Low).ShouldBeNull();
        Requirement.LackingHold(some, 8, PinHold.Released).ShouldBeNull();
        Requirement.LackingHold(some, 8, PinHold.High)!.ShouldContain("cannot hold high pin 8; it can do so with: ");
        Requirement.LackingHold(some, 27, PinHold.Released)!.ShouldContain("cannot release pin 27");
    }
}
