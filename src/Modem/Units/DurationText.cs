using System.Globalization;

namespace AirHil.Modem.Units;

/// <summary>
/// Durations as people write them: a number and a unit, "81 ms", "3 s", "1.5 m", "24 h". The unit is always required.
/// </summary>
public static class DurationText
{
    private static readonly (string Unit, double Seconds)[] Units =
        [("ms", 0.001), ("s", 1), ("m", 60), ("min", 60), ("h", 3600), ("d", 86400)];

    /// <summary>Reads a duration from 0 to 10,000 days.</summary>
    /// <exception cref="FormatException">The text is no duration; the message says what is missing.</exception>
    public static TimeSpan Parse(string text)
    {
        var trimmed = text.Trim();
        var end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] == '.')) end++;
        var unit = trimmed[end..].Trim();
        if (end == 0
            || !double.TryParse(trimmed[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
        {
            throw new FormatException(
                $"'{text}' is not a duration; write a number and a unit, such as 500ms, 3s, 2m or 24h");
        }

        if (unit.Length == 0)
        {
            throw new FormatException($"'{text}' has no unit; write {trimmed}ms, {trimmed}s, {trimmed}m or {trimmed}h");
        }

        foreach (var (name, seconds) in Units)
        {
            if (!string.Equals(name, unit, StringComparison.Ordinal)) continue;
            var ticks = number * seconds * TimeSpan.TicksPerSecond;
            if (ticks > TimeSpan.FromDays(10_000).Ticks)
            {
                throw new FormatException($"'{text}' is too long; the limit is 10,000 days");
            }

            return TimeSpan.FromTicks((long)Math.Round(ticks));
        }

        throw new FormatException($"'{text}' has the unit '{unit}', which is not one of ms, s, m, h, d");
    }

    /// <summary>
    /// The shortest exact way to write it, to the tenth of a microsecond: "81 ms", "3 s", "1.5 s", "24 h".
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        var sign = duration < TimeSpan.Zero ? "-" : "";
        var ticks = Math.Abs(duration.Ticks);
        if (ticks == 0) return "0 s";
        if (ticks < TimeSpan.TicksPerSecond) return $"{sign}{Number(ticks, TimeSpan.TicksPerMillisecond)} ms";
        if (ticks >= TimeSpan.TicksPerHour && ticks % TimeSpan.TicksPerHour == 0)
        {
            return $"{sign}{ticks / TimeSpan.TicksPerHour} h";
        }

        if (ticks > TimeSpan.TicksPerMinute && ticks % TimeSpan.TicksPerMinute == 0)
        {
            return $"{sign}{ticks / TimeSpan.TicksPerMinute} min";
        }

        return $"{sign}{Number(ticks, TimeSpan.TicksPerSecond)} s";
    }

    /// <summary>
    /// A time or a duration in a sentence, which nobody reads back: to the millisecond from a second on, below it to
    /// the microsecond.
    /// </summary>
    /// <param name="beside">Another one in the same sentence that it must not look equal to.</param>
    public static string Say(TimeSpan duration, TimeSpan? beside = null)
    {
        foreach (var step in (long[])[TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMicrosecond])
        {
            if (step > TimeSpan.TicksPerMicrosecond && duration.Duration() < TimeSpan.FromSeconds(1)) continue;
            var rounded = Rounded(duration, step);
            if (beside is not { } other || other == duration || Rounded(other, step) != rounded) return Format(rounded);
        }

        return Format(duration);
    }

    private static TimeSpan Rounded(TimeSpan duration, long step) =>
        TimeSpan.FromTicks((long)Math.Round((decimal)duration.Ticks / step) * step);

    private static string Number(long ticks, long unit) =>
        ((decimal)ticks / unit).ToString("0.#######", CultureInfo.InvariantCulture);
}
