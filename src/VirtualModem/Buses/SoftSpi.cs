using System.Globalization;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>
/// The object of spi.createSoft: the binding drives pins (L:luat/modules/luat_lib_spi.c). Each transfer is one
/// event; of its pins only the chip select is seen to move.
/// </summary>
internal sealed class SoftSpi(
    SoftSpi.Wiring wiring, Board board, IProcessor cpu, BusLink link, BusWires wires, PinWires wired, PinBank pins)
    : SpiMaster(board, cpu, link, wires, wired)
{
    /// <summary>The pins, and whether the bytes that come are read behind those that go.</summary>
    internal sealed record Wiring(byte Select, byte Output, byte Input, byte Clock, bool IsHalfDuplex);

    private const int Bits = 8;

    /// <summary>luat_gpio's number of no pin.</summary>
    private const byte NoPin = 255;

    public override string Bus { get; } = (wiring.Clock, wiring.Output, wiring.Input) switch
    {
        (11, 9, 10) => "0",
        (15, 13, 14) => "1",
        _ => string.Create(CultureInfo.InvariantCulture, $"{wiring.Clock}/{wiring.Output}/{wiring.Input}"),
    };

    public bool IsHalfDuplex => wiring.IsHalfDuplex;

    protected override int Input => wiring.Input;

    protected override TimeSpan ByteTime { get; } = board.Parameters.PulseLoop * Bits;

    public void Select(bool selected)
    {
        if (wiring.Select != NoPin) pins.Write(wiring.Select, !selected);
    }
}
