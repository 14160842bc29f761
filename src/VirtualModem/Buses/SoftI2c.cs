using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>
/// The object of i2c.createSoft: the binding drives two pins (L:luat/modules/luat_lib_i2c.c). Each transaction is one
/// event, and the two pins show no edges.
/// </summary>
/// <param name="delayUs">The delay of the binding's steps, µs; at least 1.</param>
/// <param name="heedsAcknowledges">It stops where a device does not acknowledge.</param>
internal sealed class SoftI2c(
    int clock, int data, int delayUs, bool heedsAcknowledges, Board board, IProcessor cpu, BusLink link,
    BusWires wires, PinWires pins)
    : I2cMaster(board, cpu, link, wires, pins)
{
    // In units of the delay.
    private const int StartAndStop = 3 + 4;
    private const int WrittenByte = (8 * 5) + 4;
    private const int ReadByte = (8 * 2) + 2;

    /// <summary>What no acknowledge costs: so many µs, and the two stops behind it.</summary>
    private const int NoAcknowledgeUs = 3000;

    private const int SecondStop = 4;

    private readonly PinWires _pins = pins;

    /// <summary>-1 in a char of the compiler, which is unsigned.</summary>
    private const int Failed = 255;

    public override string Bus { get; } = (clock, data) switch
    {
        (14, 15) => "0",
        (9, 8) => "1",
        _ => string.Create(CultureInfo.InvariantCulture, $"{clock}/{data}"),
    };

    protected override (int Clock, int Data) Lines { get; } = (clock, data);

    /// <summary>It never looks at the clock: a device that holds it is not waited for.</summary>
    protected override TimeSpan HoldLimit => TimeSpan.Zero;

    public override int CodeOf(I2cResult result) => Failed;

    protected override bool Reaches(int address) => true;

    protected override bool CanWork => true;

    /// <summary>A data line that is held low looks like an acknowledge, and like zeros.</summary>
    protected override BusAnswer.I2c Idle(I2cTransaction transaction) => _pins.HoldOf(data) == PinHold.Low
        ? new BusAnswer.I2c(int.MaxValue - 1, new byte[transaction.Count ?? 0])
        : base.Idle(transaction);

    protected override TimeSpan TimeOf(int addresses, int written, int read, I2cResult result)
    {
        var steps = StartAndStop + (WrittenByte * (addresses + written)) + (ReadByte * read) + (read > 0 ? 10 : 0);
        var ends = heedsAcknowledges && result != I2cResult.Ok;
        if (ends) steps += SecondStop;
        return TimeSpan.FromMicroseconds(((long)steps * delayUs) + (ends ? NoAcknowledgeUs : 0));
    }
}
