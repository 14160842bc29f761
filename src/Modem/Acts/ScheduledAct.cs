using AirHil.Modem.Faults;
using AirHil.Modem.Units;

namespace AirHil.Modem.Acts;

/// <summary>An act and its time.</summary>
/// <param name="At">In the run's time.</param>
public sealed record ScheduledAct(TimeSpan At, Act Act)
{
    /// <summary>Reads "20s drop coverage for 30s" or "10.5s uart '"echo"\r\n'".</summary>
    /// <param name="seed">What noise is drawn from.</param>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static ScheduledAct Parse(string text, ulong seed = 0)
    {
        var trimmed = text.Trim();
        var space = trimmed.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) throw new FormatException("write a time and a phrase, such as \"20s drop coverage for 30s\"");
        return new ScheduledAct(DurationText.Parse(trimmed[..space]), ActPhrase.Parse(trimmed[(space + 1)..], seed));
    }

    public override string ToString() => $"{FaultPhrase.Duration(At)} {Act}";
}
