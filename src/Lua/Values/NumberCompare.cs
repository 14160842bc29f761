namespace AirHil.Lua.Values;

/// <summary>
/// Exact comparisons between integers and floats (Lua 5.3 manual §3.4.4): no rounding on either side.
/// </summary>
internal static class NumberCompare
{
    private const double TwoPow63 = 9223372036854775808.0;

    public static bool Equal(long i, double f) =>
        f >= -TwoPow63 && f < TwoPow63 && Math.Floor(f) == f && (long)f == i;

    public static bool Less(long i, double f) =>
        f >= TwoPow63 || (f > -TwoPow63 && (Math.Floor(f) is var floor && floor == f ? i < (long)f : i <= (long)floor));

    public static bool LessOrEqual(long i, double f) =>
        f >= TwoPow63 || (f >= -TwoPow63 && i <= (long)Math.Floor(f));

    public static bool Less(double f, long i) =>
        f < -TwoPow63 || (f < TwoPow63 && (long)Math.Floor(f) < i);

    public static bool LessOrEqual(double f, long i) =>
        f < -TwoPow63 || (f < TwoPow63 && (Math.Floor(f) is var floor && floor == f ? (long)f <= i : (long)floor < i));
}
