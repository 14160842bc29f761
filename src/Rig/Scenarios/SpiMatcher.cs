using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>Matches bytes that are clocked out on an SPI bus while the device's chip select is low.</summary>
/// <param name="spot">The device.</param>
/// <param name="wanted">Exactly these bytes; null: any.</param>
internal sealed class SpiMatcher(string description, SessionLog session, DeviceSpot.Spi spot, byte[]? wanted)
    : Matcher(description)
{
    internal override MatcherScan Begin() => new Scan(this, session, spot, wanted);

    private sealed class Scan(SpiMatcher matcher, SessionLog session, DeviceSpot.Spi spot, byte[]? wanted)
        : MatcherScan
    {
        /// <summary>Whether the chip select is low, by modem.</summary>
        private readonly Dictionary<string, bool> _selected = new(StringComparer.Ordinal);

        public override bool Feed(in Sighting sighting, int skip)
        {
            if (skip > 0) return false;
            var modem = sighting.Event.Modem;
            if (matcher.Modem is not null && !string.Equals(modem, matcher.Modem, StringComparison.Ordinal))
            {
                return false;
            }

            if (IsSelect(sighting) is { } isLow) _selected[modem] = isLow;
            return sighting.Event is SpiTransferred spi && spi.Bus == spot.Bus
                && (wanted is null || spi.Bytes.Span.SequenceEqual(wanted)) && IsSelected(sighting);
        }

        private bool IsSelected(in Sighting sighting)
        {
            var modem = sighting.Event.Modem;
            if (_selected.TryGetValue(modem, out var known)) return known;
            var isLow = false;
            for (var index = sighting.Index - 1; index >= session.First; index--)
            {
                if (!session.TryGet(index, out var earlier)) break;
                if (!string.Equals(earlier.Event.Modem, modem, StringComparison.Ordinal)) continue;
                if (IsSelect(earlier) is not { } found) continue;
                isLow = found;
                break;
            }

            return _selected[modem] = isLow;
        }

        /// <summary>What an event makes of the chip select; null: nothing.</summary>
        private bool? IsSelect(in Sighting sighting) =>
            sighting.Event is PinDriven pin && pin.Pin == spot.ChipSelect ? pin.Drive == PinDrive.Low : null;
    }
}
