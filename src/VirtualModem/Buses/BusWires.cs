using AirHil.Modem.Buses;

namespace AirHil.VirtualModem.Buses;

/// <summary>Where the rig has connected devices. It belongs to the bench: it outlives resets and power cuts.</summary>
internal sealed class BusWires
{
    private readonly HashSet<DeviceSpot> _connected = [];

    public void Tell(DeviceSpot spot, DeviceOrder order)
    {
        if (order is DeviceOrder.Has) _connected.Add(spot);
        else if (order is DeviceOrder.Gone) _connected.Remove(spot);
    }

    /// <summary>Whether any device is on this bus of I2C.</summary>
    public bool HasI2c(string bus) => _connected.Any(spot => spot is DeviceSpot.I2c i2c && i2c.Bus == bus);

    /// <summary>Whether any device is on this bus of SPI.</summary>
    public bool HasSpi(string bus) => _connected.Any(spot => spot is DeviceSpot.Spi spi && spi.Bus == bus);
}
