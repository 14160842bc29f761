using System.Globalization;

namespace AirHil.Modem.Units;

/// <summary>
/// How far a measured time may lie from the expected one: an absolute part, a relative part, or both (the wider
/// counts).
/// </summary>
/// <param name="Absolute">Either way, in time.</param>
/// <param name="Relative">Either way, as a share of the expected time (0.05 is 5 %).</param>
public readonly record struct Tolerance(TimeSpan Absolute, double Relative)
{
    public static Tolerance None => default;

    /// <summary>Reads "5 %", "± 5 %", "1 ms" or "± 50 ms".</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Tolerance Parse(string text)
    {
        var body = text.Trim().TrimStart('±').Trim();
        if (!body.EndsWith('%')) return new Tolerance(DurationText.Parse(body), 0);
        return double.TryParse(body[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var percent)
            ? new Tolerance(TimeSpan.Zero, percent / 100)
            : throw new FormatException($"'{text}' is not a tolerance; write ± 5 % or ± 50 ms");
    }

    public TimeSpan Width(TimeSpan expected)
    {
        var relative = expected * Relative;
        return relative > Absolute ? relative : Absolute;
    }

    public bool Holds(TimeSpan expected, TimeSpan actual) => (actual - expected).Duration() <= Width(expected);

    public override string ToString() => Relative > 0
        ? string.Create(CultureInfo.InvariantCulture, $"± {Relative * 100:0.###} %")
        : $"± {DurationText.Format(Absolute)}";
}
