using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Modem.ShortMessages;

/// <summary>The place of a text message in a longer one (3GPP TS 23.040, 9.2.3.24.1).</summary>
/// <param name="Reference">The longer one's number; its sender chooses it.</param>
/// <param name="Number">From 1 on.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record MessagePart(
    [property: Within(0, 255)] int Reference, [property: Within(1, 255)] int Number, [property: Within(1, 255)] int Of)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"part {Number} of {Of} ref {Reference}");
}
