using System.Globalization;
using System.Text.Json.Serialization;
using AirHil.Modem.Buses;

namespace AirHil.Rig.Peers;

/// <summary>Where a peer is connected to the module.</summary>
[JsonDerivedType(typeof(Uart), "uart")]
[JsonDerivedType(typeof(I2c), "i2c")]
[JsonDerivedType(typeof(Spi), "spi")]
[JsonDerivedType(typeof(Pin), "pin")]
public abstract record PeerPlace
{
    private PeerPlace()
    {
    }

    /// <summary>Where it is on a bus; null: it is on none.</summary>
    internal virtual DeviceSpot? Spot => null;

    /// <summary>The place of a peer on a bus.</summary>
    public static PeerPlace Of(DeviceSpot spot) => spot switch
    {
        DeviceSpot.I2c i2c => new I2c(i2c.Bus, i2c.Address),
        DeviceSpot.Spi spi => new Spi(spi.Bus, spi.ChipSelect),
        _ => throw new ArgumentException($"nobody connects a peer to {spot}", nameof(spot)),
    };

    /// <summary>A serial line.</summary>
    /// <param name="Port">0 to 63; 32 is the USB virtual UART.</param>
    public sealed record Uart(int Port) : PeerPlace
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"UART {Port}");
    }

    /// <summary>An address of an I2C bus.</summary>
    /// <param name="Bus">As <see cref="DeviceSpot"/> names it.</param>
    /// <param name="Address">0 to 0x7F.</param>
    public sealed record I2c(string Bus, int Address) : PeerPlace
    {
        internal override DeviceSpot Spot => new DeviceSpot.I2c(Bus, Address);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"I2C {Bus} at 0x{Address:X2}");
    }

    /// <summary>A chip select of an SPI bus.</summary>
    /// <param name="Bus">As <see cref="DeviceSpot"/> names it.</param>
    /// <param name="ChipSelect">The GPIO number of the pin, low while the peer is selected.</param>
    public sealed record Spi(string Bus, int ChipSelect) : PeerPlace
    {
        internal override DeviceSpot Spot => new DeviceSpot.Spi(Bus, ChipSelect);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"SPI {Bus} with CS {ChipSelect}");
    }

    /// <summary>A pin.</summary>
    /// <param name="Number">Its GPIO number.</param>
    public sealed record Pin(int Number) : PeerPlace
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pin {Number}");
    }
}
