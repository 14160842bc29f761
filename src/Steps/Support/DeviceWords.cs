using AirHil.Modem.Buses;
using AirHil.Rig.Peers;

namespace AirHil.Steps.Support;

/// <summary>
/// Where a device is, as steps say it: "I2C device at 0x44 on I2C 1", "SPI device on SPI 0 with CS 8".
/// </summary>
internal static class DeviceWords
{
    private const string FirstBus = "0";

    /// <exception cref="FormatException">The text says no place.</exception>
    public static DeviceSpot Parse(string text)
    {
        var words = text.Split(' ');
        return words switch
        {
            ["I2C", "device", "at", var address] => Spot($"i2c {FirstBus} {address}"),
            ["I2C", "device", "at", var address, "on", "I2C", var bus] => Spot($"i2c {bus} {address}"),
            ["SPI", "device", "on", "CS", var pin] => Spot($"spi {FirstBus} {pin}"),
            ["SPI", "device", "on", "SPI", var bus, "with", "CS", var pin] => Spot($"spi {bus} {pin}"),
            _ => throw new FormatException(
                $"'{text}' is no place of a device; say 'I2C device at 0x44', 'I2C device at 0x44 on I2C 1', " +
                "'SPI device on CS 8' or 'SPI device on SPI 1 with CS 12'"),
        };
    }

    /// <summary>Where a peer is: "I2C 0 at 0x44", "SPI 0 with CS 8".</summary>
    /// <exception cref="FormatException">The text says no place.</exception>
    public static PeerPlace ParseSpot(string text) => text.Split(' ') switch
    {
        ["I2C", var bus, "at", var address] => PeerPlace.Of(Spot($"i2c {bus} {address}")),
        ["SPI", var bus, "with", "CS", var pin] => PeerPlace.Of(Spot($"spi {bus} {pin}")),
        _ => throw new FormatException(
            $"'{text}' is no place of a peer; say 'I2C 0 at 0x44' or 'SPI 0 with CS 8'"),
    };

    private static DeviceSpot Spot(string text) => DeviceSpot.Parse(text).Spot;
}
