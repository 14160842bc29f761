using AirHil.Modem.Buses;

namespace AirHil.Modem.Sessions;

/// <summary>A bus of the module, or a device on it.</summary>
public abstract record BusEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Bus;
}

/// <summary>The rig connects, changes or disconnects a device.</summary>
public sealed record DeviceTold(TimeSpan At, DeviceSpot Spot, DeviceOrder Order) : BusEvent(At), IActEvent;

/// <summary>A transaction of I2C; its time is its start.</summary>
/// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
/// <param name="Address">0 to 0x7F.</param>
/// <param name="Writes">It has a writing part, which may have no bytes.</param>
/// <param name="Bytes">The bytes written.</param>
/// <param name="Read">The bytes read, in hexadecimal; null: it has no reading part.</param>
/// <param name="Took">From start to stop.</param>
public sealed record I2cTransferred(
    TimeSpan At, string Bus, int Address, bool Writes, ReadOnlyMemory<byte> Bytes, string? Read,
    I2cResult Result, TimeSpan Took) : BusEvent(At, Bytes);

/// <summary>Bytes that were clocked through SPI; the time is that of the first.</summary>
/// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
/// <param name="Bytes">On MOSI.</param>
/// <param name="Received">On MISO, in hexadecimal.</param>
/// <param name="Took">From the first clock to the last.</param>
public sealed record SpiTransferred(
    TimeSpan At, string Bus, ReadOnlyMemory<byte> Bytes, string Received, TimeSpan Took)
    : BusEvent(At, Bytes);
