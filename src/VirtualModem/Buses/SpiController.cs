using System.Globalization;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>One of the chip's two SPI controllers (S:interface/src/luat_spi_ec618.c).</summary>
/// <param name="number">0 or 1.</param>
internal sealed class SpiController(
    int number, Board board, IProcessor cpu, BusLink link, BusWires wires, PinWires wired, PinBank pins)
    : SpiMaster(board, cpu, link, wires, wired)
{
    /// <summary>The pads that a controller can drive as its chip select.</summary>
    private static readonly int[] SelectPads = [8, 12];

    private static readonly int[] InputPins = [10, 14];

    private bool _drivesSelect;

    public override string Bus { get; } = number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The clock; 0 before the first setup.</summary>
    public uint Hertz { get; private set; }

    /// <summary>Whether both directions are used at once; else the bytes come behind those that go.</summary>
    public bool IsFullDuplex { get; private set; }

    /// <summary>xfer: bytes are on their way.</summary>
    public bool IsBusy { get; set; }

    protected override int Input => InputPins[number];

    protected override TimeSpan ByteTime => TimeSpan.FromSeconds(8.0 / Math.Max(1, Hertz));

    /// <param name="select">The pin of the chip select; it is driven only where it is the controller's own pad.</param>
    public void Setup(int? select, uint hertz, bool isFullDuplex)
    {
        Change(hertz);
        IsFullDuplex = isFullDuplex;
        if (select != SelectPads[number]) return;
        _drivesSelect = true;
        pins.SetOutput(SelectPads[number], true);
    }

    /// <summary>Another speed, as objects of spi.deviceSetup set it before each transfer.</summary>
    public void Change(uint hertz) => Hertz = hertz;

    /// <summary>gpio has taken a pin.</summary>
    public void PinTaken(int pin)
    {
        if (pin == SelectPads[number]) _drivesSelect = false;
    }

    protected override void BeforeTransfer()
    {
        if (_drivesSelect) pins.Write(SelectPads[number], false);
    }

    protected override void AfterTransfer()
    {
        if (_drivesSelect) pins.Write(SelectPads[number], true);
    }
}
