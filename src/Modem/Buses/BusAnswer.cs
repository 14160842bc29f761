namespace AirHil.Modem.Buses;

/// <summary>What the devices of a bus do in a transaction that the module asked about.</summary>
public abstract record BusAnswer : ModemInput
{
    private BusAnswer()
    {
    }

    /// <summary>I2C.</summary>
    /// <param name="Taken">How many of the written bytes were acknowledged; -1: not even the address.</param>
    /// <param name="Read">The bytes in; what is missing at the end reads as 0xFF.</param>
    /// <param name="Held">How long a device held the clock.</param>
    public sealed record I2c(int Taken, ReadOnlyMemory<byte> Read, TimeSpan Held = default) : BusAnswer;

    /// <summary>SPI: what was on MISO; what is missing at the end reads as 0xFF.</summary>
    public sealed record Spi(ReadOnlyMemory<byte> Received) : BusAnswer;
}
