using AirHil.Modem.Buses;

namespace AirHil.Rig.Devices;

/// <summary>A device on a bus of the module.</summary>
internal interface IBusDevice
{
    /// <summary>The rig changes it.</summary>
    void Tell(DeviceOrder order);

    /// <summary>A transaction of I2C with its address.</summary>
    /// <param name="written">Null: it has no writing part.</param>
    /// <param name="count">How many bytes are read; null: it has no reading part.</param>
    BusAnswer.I2c Transfer(ReadOnlyMemory<byte>? written, int? count);

    /// <summary>What its registers hold, from one on.</summary>
    byte[] Registers(int register, int bytes);

    /// <summary>Its chip select on SPI goes low: a frame begins.</summary>
    void Select();

    /// <summary>A byte of the frame each way.</summary>
    byte Exchange(byte sent);
}
