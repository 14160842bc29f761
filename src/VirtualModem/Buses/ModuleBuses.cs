using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>The I2C and SPI of the module in one power cycle.</summary>
internal sealed class ModuleBuses
{
    private readonly Board _board;
    private readonly IProcessor _cpu;
    private readonly BusWires _wires;
    private readonly PinWires _pinWires;
    private readonly PinBank _pins;

    public ModuleBuses(Board board, IProcessor cpu, BusWires wires, PinWires pinWires, PinBank pins)
    {
        (_board, _cpu, _wires, _pinWires, _pins) = (board, cpu, wires, pinWires, pins);
        Link = new BusLink(board, cpu);
        I2c = [.. Enumerable.Range(0, 2).Select(n => new I2cController(n, board, cpu, Link, wires, pinWires))];
        Spi = [.. Enumerable.Range(0, 2).Select(n => new SpiController(n, board, cpu, Link, wires, pinWires, pins))];
    }

    public BusLink Link { get; }

    public IReadOnlyList<I2cController> I2c { get; }

    public IReadOnlyList<SpiController> Spi { get; }

    public SoftSpi NewSoftSpi(SoftSpi.Wiring wiring) =>
        new(wiring, _board, _cpu, Link, _wires, _pinWires, _pins);

    public SoftI2c NewSoftI2c(int clock, int data, int delayUs, bool heedsAcknowledges = true) =>
        new(clock, data, delayUs, heedsAcknowledges, _board, _cpu, Link, _wires, _pinWires);
}
