using AirHil.Modem.Acts;

namespace AirHil.Steps.Support;

/// <summary>Judges a count in words.</summary>
internal static class Counts
{
    /// <exception cref="StepException">Another number; the message gives both.</exception>
    public static void ShouldBeExactly(this int actual, int expected, string what)
    {
        if (actual != expected) throw new StepException($"expected {expected} {what}, counted {actual}");
    }

    /// <exception cref="StepException">Fewer; the message gives both.</exception>
    public static void ShouldBeAtLeast(this int actual, int least, string what)
    {
        if (actual < least) throw new StepException($"expected {what}, counted {actual}");
    }
}
