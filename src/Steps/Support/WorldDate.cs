using System.Globalization;

namespace AirHil.Steps.Support;

/// <summary>
/// The world's date as people write it: 2024-10-12, 2024-10-12T21:29 or 2024-10-12 21:29:48, with Z or +08:00 or
/// without.
/// </summary>
public static class WorldDate
{
    /// <summary>The module's own time zone, which a date without one is in (reference §7.4).</summary>
    private static readonly TimeSpan ModuleZone = TimeSpan.FromHours(8);

    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    private static readonly string[] ZonedForms = [.. Forms.Skip(1).Select(form => form + "K")];

    /// <summary>Reads a date from 2000 to 2037, the years that a 32-bit os.time can tell.</summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static DateTimeOffset Parse(string text)
    {
        DateTimeOffset date;
        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            date = local.Year is > 1 and < 9999 ? new DateTimeOffset(local, ModuleZone) : default;
        }
        else if (!DateTimeOffset.TryParseExact(text, ZonedForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out date))
        {
            throw new FormatException($"'{text}' is not a date; write it as 2024-10-12 or 2024-10-12T21:29:48");
        }

        return date.Year is >= 2000 and <= 2037
            ? date
            : throw new FormatException(
                $"'{text}' lies outside of the years 2000 to 2037, which the module's clock can tell");
    }
}
