using AirHil.Board.Emulator;

namespace AirHil.Board.Tests.Emulator;

/// <summary>The pseudo-terminals that the ports of these tests are made of.</summary>
internal static class Terminals
{
    public static void SkipWithout() =>
        Assert.SkipUnless(PseudoTerminal.IsSupported, "pseudo-terminals are there on Linux alone");
}
