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
    private const int MostPercent = 1000;

    public static Tolerance None => default;

    /// <summary>Reads "5 %", "± 5 %", "1 ms" or "± 50 ms".</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Tolerance Parse(string text)
    {
        var body = text.Trim().TrimStart('±').Trim();
        return body.EndsWith('%')
            ? new Tolerance(TimeSpan.Zero, Share(body))
            : new Tolerance(DurationText.Parse(body), 0);
    }

    /// <summary>Reads "5%" or "5", from 0 to 1000.</summary>
    /// <returns>0.05</returns>
    /// <exception cref="FormatException">The text is no such percentage.</exception>
    public static double Share(string text)
    {
        var number = text.Trim();
        if (number.EndsWith('%')) number = number[..^1].Trim();
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent <= MostPercent
            ? percent / 100
            : throw new FormatException($"'{text}' is not a percentage from 0 to {MostPercent}; write 5%");
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
