using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Modem.Buses;

/// <summary>
/// Where a device is connected to the module. The name of a hardware bus is its number, "0" or "1". The name of a bus
/// that the script drives is its pins: "5/4" is I2C with its clock on GPIO 5 and its data on GPIO 4, "11/9/10" is SPI
/// with clock, MOSI and MISO.
/// </summary>
public abstract record DeviceSpot
{
    private DeviceSpot()
    {
    }

    /// <summary>An address of an I2C bus.</summary>
    /// <param name="Address">0 to 0x7F.</param>
    public sealed record I2c(string Bus, int Address) : DeviceSpot
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"i2c {Bus} 0x{Address:X2}");
    }

    /// <summary>A chip select of an SPI bus.</summary>
    /// <param name="ChipSelect">The GPIO number of the pin, low while the device is selected.</param>
    public sealed record Spi(string Bus, int ChipSelect) : DeviceSpot
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"spi {Bus} {ChipSelect}");
    }

    /// <summary>Reads "i2c 0 0x44" or "spi 0 8" at the beginning of a text.</summary>
    /// <returns>The spot and what is behind it.</returns>
    /// <exception cref="FormatException">The text begins otherwise.</exception>
    public static (DeviceSpot Spot, string Behind) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        var behind = words.Length > 3 ? words[3].Trim() : "";
        if (words.Length < 3) throw Wrong(text);
        return words[0] switch
        {
            "i2c" => (new I2c(words[1], Numerals.Parse(words[2], 0x7F, "an I2C address")), behind),
            "spi" => (new Spi(words[1], Numerals.Parse(words[2], Pins.ModulePin.Count - 1, "a pin")), behind),
            _ => throw Wrong(text),
        };
    }

    private static FormatException Wrong(string text) =>
        new($"'i2c BUS ADDRESS' or 'spi BUS PIN' is expected here, got: {text}");
}
