using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public sealed class SimMachineTests
{
    /// <summary>Every pair of state and trigger; an empty cell cannot happen.</summary>
    [Theory]
    [InlineData("Off", "RadioOn", "Initialising")]
    [InlineData("Off", "RadioOff", "Off")]
    [InlineData("Off", "Initialised", "")]
    [InlineData("Initialising", "RadioOn", "Initialising")]
    [InlineData("Initialising", "RadioOff", "Off")]
    [InlineData("Initialising", "NotInserted", "Absent")]
    [InlineData("Initialising", "PinAsked", "PinRequired")]
    [InlineData("PinRequired", "PinVerified", "Ready")]
    [InlineData("PinRequired", "RadioOff", "Off")]
    [InlineData("Absent", "RadioOff", "Off")]
    [InlineData("Initialising", "Initialised", "Ready")]
    [InlineData("Ready", "RadioOn", "Ready")]
    [InlineData("Ready", "RadioOff", "Off")]
    [InlineData("Ready", "Initialised", "")]
    public void Each_trigger_leads_somewhere_is_ignored_or_throws(string state, string trigger, string next)
    {
        SimState Next() => SimMachine.Next(Enum.Parse<SimState>(state), Enum.Parse<SimTrigger>(trigger));
        if (next.Length > 0) Next().ShouldBe(Enum.Parse<SimState>(next));
        else Should.Throw<InvalidOperationException>(() => Next()).Message.ShouldContain(trigger);
    }
}
