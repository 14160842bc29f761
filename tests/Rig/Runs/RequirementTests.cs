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
}
