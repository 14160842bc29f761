using AirHil.Modem.Buses;
using AirHil.VirtualModem.Buses;

namespace AirHil.VirtualModem.Tests.Buses;

public sealed class BusWiresTests
{
    [Fact]
    public void A_bus_has_somebody_from_the_first_device_to_the_last()
    {
        var wires = new BusWires();
        var (one, other) = (new DeviceSpot.I2c("0", 0x44), new DeviceSpot.I2c("0", 0x45));
        var has = new DeviceOrder.Has(DeviceTable.Parse(""));
        wires.HasI2c("0").ShouldBeFalse();
        wires.Tell(one, has);
        wires.Tell(other, has);
        wires.Tell(one, new DeviceOrder.Gone());
        wires.HasI2c("0").ShouldBeTrue();
        wires.HasI2c("1").ShouldBeFalse();
        wires.HasSpi("0").ShouldBeFalse();
        wires.Tell(other, new DeviceOrder.Gone());
        wires.HasI2c("0").ShouldBeFalse();
    }
}
