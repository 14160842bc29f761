using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Registration;

public class EmmMachineTests
{
    /// <summary>One row per state, one column per trigger: the next state, "." ignored, "!" a bug.</summary>
    [Theory]
    [InlineData("Deregistered", "PlmnSearch", "!", "!", ".", ".", "!", "!", ".", "!", "!", "!")]
    [InlineData("PlmnSearch", "!", "RegisteredInitiated", "NoCellAvailable", ".", ".", "!", "!",
        "Deregistered", "!", "!", "!")]
    [InlineData("NoCellAvailable", "!", "!", "!", "PlmnSearch", ".", "!", "!", "Deregistered", "!", "!", "!")]
    [InlineData("RegisteredInitiated", "!", "!", "!", ".", "NoCellAvailable", "Registered", "!",
        "Deregistered", "AttemptingToAttach", "LimitedService", "!")]
    [InlineData("Registered", "!", "!", "!", ".", ".", "!", "NoCellAvailable", "Deregistered", "!", "!", "!")]
    [InlineData("AttemptingToAttach", "!", "!", "!", ".", ".", "!", "!", "Deregistered", "!", "!", "PlmnSearch")]
    [InlineData("LimitedService", "!", "!", "!", ".", ".", "!", "!", "Deregistered", "!", "!", "PlmnSearch")]
    public void Every_pair_is_decided(string from, params string[] expected)
    {
        var state = Enum.Parse<EmmState>(from);
        foreach (var trigger in Enum.GetValues<EmmTrigger>())
        {
            var cell = expected[(int)trigger];
            if (cell == "!")
            {
                Should.Throw<InvalidOperationException>(() => EmmMachine.Next(state, trigger), $"{from} {trigger}");
                continue;
            }

            EmmMachine.Next(state, trigger).ToString().ShouldBe(cell == "." ? from : cell, $"{from} {trigger}");
        }
    }

    [Theory]
    [InlineData("Off", "RadioOn", "Initialising")]
    [InlineData("Off", "RadioOff", "Off")]
    [InlineData("Initialising", "RadioOn", "Initialising")]
    [InlineData("Initialising", "Initialised", "Ready")]
    [InlineData("Initialising", "RadioOff", "Off")]
    [InlineData("Ready", "RadioOn", "Ready")]
    [InlineData("Ready", "RadioOff", "Off")]
    public void The_sim_follows_its_table(string from, string trigger, string to) =>
        SimMachine.Next(Enum.Parse<SimState>(from), Enum.Parse<SimTrigger>(trigger)).ToString().ShouldBe(to);

    [Theory]
    [InlineData("Off")]
    [InlineData("Ready")]
    public void A_sim_that_is_not_initialising_cannot_become_ready(string from) =>
        Should.Throw<InvalidOperationException>(
            () => SimMachine.Next(Enum.Parse<SimState>(from), SimTrigger.Initialised));
}
