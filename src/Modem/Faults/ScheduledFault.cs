using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>A fault and its time.</summary>
/// <param name="At">When it begins, in the run's time.</param>
/// <param name="For">How long it acts; null for a moment's fault, or to the end of the run.</param>
public sealed record ScheduledFault(TimeSpan At, Fault Fault, TimeSpan? For = null)
{
    /// <summary>Reads "20s drop coverage for 30s".</summary>
    /// <exception cref="FormatException">The text is none; the message says what was expected.</exception>
    public static ScheduledFault Parse(string text)
    {
        var trimmed = text.Trim();
        var space = trimmed.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            throw new FormatException(
                $"'{text}' is not a time and a fault; write them as in '20s drop coverage for 30s'");
        }

        var at = DurationText.Parse(trimmed[..space]);
        var (fault, duration) = FaultPhrase.Parse(trimmed[space..]);
        return new ScheduledFault(at, fault, duration);
    }

    public override string ToString() => $"{FaultPhrase.Duration(At)} {FaultPhrase.Format(Fault, For)}";
}
