namespace AirHil.Steps.Support;

/// <summary>Judges a count in words.</summary>
internal static class Counts
{
    /// <exception cref="InvalidOperationException">Another number; the message gives both.</exception>
    public static void ShouldBeExactly(this int actual, int expected, string what)
    {
        if (actual != expected) throw new InvalidOperationException($"expected {expected} {what}, counted {actual}");
    }

    /// <exception cref="InvalidOperationException">Fewer; the message gives both.</exception>
    public static void ShouldBeAtLeast(this int actual, int least, string what)
    {
        if (actual < least) throw new InvalidOperationException($"expected {what}, counted {actual}");
    }
}
