using AirHil.VirtualModem.Power;

namespace AirHil.VirtualModem.Tests.Power;

public class PowerMachineTests
{
    /// <summary>One row per state, one column per trigger: the next state, "." ignored, "!" a bug.</summary>
    [Theory]
    [InlineData("Off", "Booting", "Off", ".", "!", "!", "!", "!", "!", "!", "!", "!", "!", "!")]
    [InlineData("Booting", ".", "Off", "Booting", "Running", "!", "!", "!", "!", "!", "!", "!", "!", "!")]
    [InlineData("Running", ".", "Off", "Booting", "!", "Exiting", "!", "Booting", "ShutDown", "Crashed", "!",
        "Asleep", "!", "!")]
    [InlineData("Exiting", ".", "Off", "Booting", "!", "!", "Booting", "!", "!", "!", "!", "!", "!", "!")]
    [InlineData("Crashed", ".", "Off", "Booting", "!", "!", "!", "!", "!", "!", "Booting", "!", "!", "!")]
    [InlineData("Asleep", ".", "Off", "Booting", "!", "!", "!", "!", "!", "!", "!", "!", "Booting", "!")]
    [InlineData("ShutDown", ".", "Off", ".", "!", "!", "!", "!", "!", "!", "!", "!", "!", "Booting")]
    public void Every_pair_is_decided(string from, params string[] expected)
    {
        var state = Enum.Parse<PowerState>(from);
        foreach (var trigger in Enum.GetValues<PowerTrigger>())
        {
            var cell = expected[(int)trigger];
            if (cell == "!")
            {
                Should.Throw<InvalidOperationException>(() => PowerMachine.Next(state, trigger), $"{from} {trigger}");
                continue;
            }

            PowerMachine.Next(state, trigger).ToString().ShouldBe(cell == "." ? from : cell, $"{from} {trigger}");
        }
    }
}
