using AirHil.Modem;
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
}
