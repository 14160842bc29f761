using AirHil.Modem.Acts;
using AirHil.Modem.Buses;

namespace AirHil.Rig.Devices;

/// <summary>A device on a bus of the module.</summary>
internal interface IBusDevice
{
    /// <summary>The rig changes it.</summary>
    /// <returns>Null; or why it cannot be.</returns>
    string? Tell(DeviceOrder order);

    /// <summary>A transaction of I2C with its address.</summary>
    /// <param name="written">Null: it has no writing part.</param>
    /// <param name="count">How many bytes are read; null: it has no reading part.</param>
    BusAnswer.I2c Transfer(ReadOnlyMemory<byte>? written, int? count);

    /// <summary>What its registers hold, from one on.</summary>
    /// <exception cref="StepException">It cannot be asked for registers.</exception>
    byte[] Registers(int register, int bytes);

    /// <summary>Its chip select on SPI goes low, and a frame begins; or it goes high.</summary>
    void Select(bool selected);

    /// <summary>Bytes of the frame each way.</summary>
    /// <param name="sent">On MOSI.</param>
    /// <returns>What it has on MISO; what is missing at the end is 0xFF.</returns>
    ReadOnlyMemory<byte> Exchange(ReadOnlyMemory<byte> sent);
}
