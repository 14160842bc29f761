using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>The link becomes slow.</summary>
/// <param name="RoundTrip">The round-trip time instead of the profile's, where it is longer.</param>
/// <param name="BytesPerSecond">The most that passes, each way.</param>
public sealed record SlowLink(TimeSpan RoundTrip, int BytesPerSecond) : NetworkFault
{
    public override TimeSpan Extent => RoundTrip;

    public override Fault WithExtent(TimeSpan extent) => this with { RoundTrip = extent };

    internal override string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"slow link {DurationText.Format(RoundTrip).Replace(" ", "", StringComparison.Ordinal)} {BytesPerSecond}B/s");
}
