namespace AirHil.Modem.Buses;

/// <summary>
/// The module is in the middle of a transaction and needs to know what the devices of the bus do. It asks only where
/// the rig has connected one; the answer (<see cref="BusAnswer"/>) must come in the same instant, and until it comes
/// the module's Lua stands still.
/// </summary>
public abstract record BusRequest(string Bus) : ModemOutput
{
    /// <summary>One transaction of I2C: start, address, bytes out, restart, address, bytes in, stop.</summary>
    /// <param name="Address">0 to 0x7F.</param>
    /// <param name="Written">The bytes out; null: there is no writing part.</param>
    /// <param name="Count">How many bytes come in; null: there is no reading part.</param>
    public sealed record I2c(string Bus, int Address, ReadOnlyMemory<byte>? Written, int? Count) : BusRequest(Bus);

    /// <summary>Bytes that are clocked through SPI, both ways at once.</summary>
    /// <param name="Sent">On MOSI; as many come back on MISO.</param>
    public sealed record Spi(string Bus, ReadOnlyMemory<byte> Sent) : BusRequest(Bus);
}
