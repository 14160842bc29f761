using AirHil.VirtualModem.Pins;

namespace AirHil.VirtualModem.Buses;

/// <summary>An object of spi.deviceSetup (L:luat/weak/luat_spi_device.c).</summary>
/// <param name="Number">The bus as the script gave it.</param>
/// <param name="Controller">Null: V1112 has no such bus, and takes the object all the same.</param>
/// <param name="Select">The pin of the chip select; 255: none.</param>
/// <param name="Hertz">Set before each transfer.</param>
/// <param name="IsFullDuplex">Else what comes is read behind what goes.</param>
internal sealed record SpiDevice(int Number, SpiController? Controller, int Select, uint Hertz, bool IsFullDuplex)
{
    private const int NoPin = 255;

    /// <summary>The chip select, as an output that is high.</summary>
    public void Prepare(PinBank pins)
    {
        if (HasPin) pins.SetOutput(Select, true);
    }

    public void Begin(PinBank pins)
    {
        Controller?.Change(Hertz);
        if (HasPin) pins.Write(Select, false);
    }

    public void End(PinBank pins)
    {
        if (HasPin) pins.Write(Select, true);
    }

    private bool HasPin => Select is >= 0 and < NoPin and < AirHil.Modem.Pins.ModulePin.Wakeup0;
}
