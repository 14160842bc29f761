using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Scenarios;

/// <summary>What a scenario can see of the module's buses.</summary>
public static class BusSenses
{
    /// <summary>A write reaches a device: on I2C it acknowledges all of it, on SPI it is selected.</summary>
    /// <param name="bytes">Exactly these; null: any.</param>
    public static Matcher Receives(this Bench bench, DeviceSpot spot, byte[]? bytes, string? modem = null)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var what = $"the device at {spot} to receive {(bytes is null ? "anything" : Numerals.Hex(bytes))}";
        return spot is DeviceSpot.Spi spi
            ? new SpiMatcher(what, bench.Session, spi, bytes) { Modem = modem }
            : new EventMatcher(what, s => s.Event is I2cTransferred { Writes: true, Result: I2cResult.Ok } i2c
                && Is(spot, i2c) && (bytes is null || i2c.Bytes.Span.SequenceEqual(bytes)))
            { Modem = modem, Cause = bench => HardwareHints.OfDevice(bench, spot) };
    }

    /// <summary>A read reaches a device, which acknowledges it.</summary>
    public static Matcher IsRead(DeviceSpot spot, string? modem = null) => new EventMatcher(
        $"the device at {spot} to be read",
        s => s.Event is I2cTransferred { Read: not null, Result: I2cResult.Ok } i2c && Is(spot, i2c))
    { Modem = modem, Cause = bench => HardwareHints.OfDevice(bench, spot) };

    /// <summary>Registers of a device hold these bytes now.</summary>
    /// <exception cref="ExpectationException">They hold others.</exception>
    public static void ShouldHold(
        this Bench bench, DeviceSpot spot, int register, byte[] bytes, string modem = Bench.OnlyModem)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var actual = bench.RegistersOf(spot, register, bytes.Length, modem);
        if (actual.AsSpan().SequenceEqual(bytes)) return;
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"register 0x{register:X2} of the device at {spot} to hold {Numerals.Hex(bytes)}");
        throw new ExpectationException($"expected {what}; it holds {Numerals.Hex(actual)}")
        {
            Awaited = what,
            At = bench.Now,
            Around = [],
        };
    }

    private static bool Is(DeviceSpot spot, I2cTransferred e) =>
        spot is DeviceSpot.I2c i2c && i2c.Bus == e.Bus && i2c.Address == e.Address;
}
