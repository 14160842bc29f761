using System.Globalization;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>
/// The events before a failure, in few lines: what comes again and again is one line at the place of its last time,
/// with how often and how far apart. So a peer that is asked ten times a second does not hide what matters.
/// </summary>
internal static partial class EventFold
{
    /// <summary>How many events are looked at.</summary>
    public const int Window = 500;

    /// <summary>From so many events of one kind on they are one line.</summary>
    private const int Repeated = 3;

    /// <summary>Of the bytes of a message, what tells its kind: often a head of two and a command.</summary>
    private const int Head = 3;

    /// <summary>Of a text.</summary>
    private const int MostLetters = 160;

    /// <summary>Longer pauses are rounded to whole milliseconds.</summary>
    private static readonly TimeSpan Fine = TimeSpan.FromMilliseconds(10);

    /// <summary>By how much the pauses of what comes regularly differ at most.</summary>
    private const double Unevenness = 1.25;

    /// <param name="events">In order.</param>
    /// <param name="lines">How many lines there may be.</param>
    /// <param name="culprit">The event that is not folded, by its index.</param>
    /// <returns>The last lines, in the order of their events; what is to be said behind each of them.</returns>
    public static IReadOnlyList<(Sighting Sighting, string Again)> Of(
        IReadOnlyList<Sighting> events, int lines, long? culprit)
    {
        var kinds = events.GroupBy(s => s.Index == culprit ? "" : Kind(s.Event), StringComparer.Ordinal);
        return
        [
            .. kinds.SelectMany(kind => kind.Count() < Repeated
                    ? kind.Select(s => (s, ""))
                    : [(kind.Last(), Again([.. kind.Select(s => s.At)]))])
                .OrderByDescending(line => line.Item1.Index).Take(lines).Reverse(),
        ];
    }

    private static string Again(TimeSpan[] times)
    {
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one).ToArray();
        var mean = (times[^1] - times[0]) / gaps.Length;
        if (mean > Fine) mean = TimeSpan.FromMilliseconds(Math.Round(mean.TotalMilliseconds));
        var every = gaps.Max() <= gaps.Min() * Unevenness ? $", every {DurationText.Say(mean)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $" ({times.Length} times since {times[0].TotalSeconds:0000.000000}{every})");
    }

    /// <summary>The same for events that differ in their data only.</summary>
    private static string Kind(SessionEvent e) =>
        $"{e.Modem} {e.Kind} {What(e)} {(e.Lane == SessionLane.Log || e.Bytes.IsEmpty ? "" : Kind(e.Bytes.Span))}";

    private static string What(SessionEvent e) => e switch
    {
        I2cTransferred i2c => string.Create(
            CultureInfo.InvariantCulture, $"{i2c.Bus} {i2c.Address} {i2c.Writes} {i2c.Read is null}"),
        SpiTransferred spi => spi.Bus,
        // The number is that of a pin.
        { Lane: SessionLane.Pin or SessionLane.Power or SessionLane.Rig } => e.Text,
        _ => Numbers().Replace(e.Text, "#"),
    };

    private static string Kind(ReadOnlySpan<byte> bytes) => IsText(bytes)
        ? Numbers().Replace(TextView.Visible(bytes, MostLetters), "#")
        : $"{Convert.ToHexString(bytes[..Math.Min(Head, bytes.Length)])} of {bytes.Length}";

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one is < (byte)' ' and not ((byte)'\r' or (byte)'\n' or (byte)'\t') or 0x7F) return false;
        }

        return Utf8.IsValid(bytes);
    }

    /// <summary>Numbers, and hexadecimal ones that have a digit.</summary>
    [GeneratedRegex(@"(?<![A-Za-z])[0-9A-Fa-f]*[0-9][0-9A-Fa-f]*(?:\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
