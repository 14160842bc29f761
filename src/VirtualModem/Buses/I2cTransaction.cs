using AirHil.Modem.Buses;

namespace AirHil.VirtualModem.Buses;

/// <summary>One transaction of I2C: what the driver is asked for, and how it ends.</summary>
/// <param name="address">Its low seven bits go on the wire.</param>
/// <param name="written">Null: there is no writing part.</param>
/// <param name="count">How many bytes to read; null: there is no reading part.</param>
internal sealed class I2cTransaction(int address, ReadOnlyMemory<byte>? written, int? count)
{
    public int Address { get; } = address;

    public ReadOnlyMemory<byte>? Written { get; } = written;

    public int? Count { get; } = count;

    public I2cResult Result { get; set; }

    /// <summary>What was read, as many bytes as were asked for.</summary>
    public byte[] Read { get; set; } = [];

    /// <summary>
    /// How long it may take at most where Lua goes on meanwhile, and hears of the end later; null: Lua waits.
    /// </summary>
    public TimeSpan? RunsBeside { get; init; }

    /// <summary>From start to stop.</summary>
    public TimeSpan Took { get; set; }

    public bool IsOk => Result == I2cResult.Ok;
}
