using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Parameters;

public class ModemParametersTests
{
    [Fact]
    public void Every_guess_says_why() =>
        ModemParameters.Guesses.ShouldAllBe(guess => guess.Why.Length > 10 && guess.Value.Length > 0);

    [Fact]
    public void The_speed_of_Lua_is_listed_as_a_guess() =>
        ModemParameters.Guesses.ShouldContain(
            guess => guess.Name == nameof(ModemParameters.InstructionsPerSecond) && guess.Value == "1500000");
}
