using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Devices;

/// <summary>The devices on the buses of one module.</summary>
internal sealed class BusDevices
{
    private readonly Dictionary<DeviceSpot, IBusDevice> _devices = [];
    private readonly HashSet<int> _selected = [];

    /// <summary>The rig connects, changes or disconnects a device.</summary>
    /// <returns>Null; or why it cannot be.</returns>
    public string? Tell(DeviceSpot spot, DeviceOrder order)
    {
        switch (order)
        {
            case DeviceOrder.Has has:
                _devices[spot] = new TableDevice(has.Table);
                return null;
            case DeviceOrder.Gone:
                return _devices.Remove(spot) ? null : Missing(spot);
            default:
                if (!_devices.TryGetValue(spot, out var device)) return Missing(spot);
                return device.Tell(order);
        }
    }

    /// <summary>Connects a device, in the place of what was there.</summary>
    public void Put(DeviceSpot spot, IBusDevice device) => _devices[spot] = device;

    /// <summary>Does what an event of a recording tells of them.</summary>
    public void Repeat(SessionEvent e)
    {
        switch (e)
        {
            case DeviceTold told:
                Tell(told.Spot, told.Order);
                break;
            case PinDriven pin:
                PinDriven(pin.Pin, pin.Drive);
                break;
            case I2cTransferred i2c:
                Answer(new BusRequest.I2c(i2c.Bus, i2c.Address, i2c.Writes ? i2c.Bytes : null, i2c.Read?.Length / 2));
                break;
            case SpiTransferred spi:
                Answer(new BusRequest.Spi(spi.Bus, spi.Bytes));
                break;
        }
    }

    /// <summary>What registers of a device hold.</summary>
    /// <exception cref="StepException">There is no such device.</exception>
    public byte[] Registers(DeviceSpot spot, int register, int bytes) => _devices.TryGetValue(spot, out var device)
        ? device.Registers(register, bytes)
        : throw new StepException(Missing(spot));

    /// <summary>The module drives a pin; one that goes low may be a chip select.</summary>
    public void PinDriven(int pin, PinDrive drive)
    {
        var isLow = drive == PinDrive.Low;
        if (isLow ? !_selected.Add(pin) : !_selected.Remove(pin)) return;
        foreach (var (spot, device) in _devices)
        {
            if (spot is DeviceSpot.Spi spi && spi.ChipSelect == pin) device.Select(isLow);
        }
    }

    /// <summary>What the devices do in a transaction.</summary>
    public BusAnswer Answer(BusRequest request) => request switch
    {
        BusRequest.I2c i2c => _devices.TryGetValue(new DeviceSpot.I2c(i2c.Bus, i2c.Address), out var device)
            ? device.Transfer(i2c.Written, i2c.Count)
            : new BusAnswer.I2c(-1, default),
        BusRequest.Spi spi => Answer(spi),
        _ => throw new InvalidOperationException($"the module's request {request} is not known"),
    };

    /// <summary>Every selected device hears; a line that two drive is low where one of them drives it low.</summary>
    private BusAnswer.Spi Answer(BusRequest.Spi request)
    {
        var received = new byte[request.Sent.Length];
        received.AsSpan().Fill(0xFF);
        foreach (var pin in _selected.Order())
        {
            if (!_devices.TryGetValue(new DeviceSpot.Spi(request.Bus, pin), out var device)) continue;
            var driven = device.Exchange(request.Sent).Span;
            for (var i = 0; i < received.Length && i < driven.Length; i++) received[i] &= driven[i];
        }

        return new BusAnswer.Spi(received);
    }

    private static string Missing(DeviceSpot spot) =>
        $"there is no device at {spot}; connect one first (\"device {spot} has …\")";
}
