using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>One of the chip's two I2C controllers (S:interface/src/luat_i2c_ec618.c).</summary>
/// <param name="number">0 or 1.</param>
internal sealed class I2cController(
    int number, Board board, IProcessor cpu, BusLink link, BusWires wires, PinWires pins)
    : I2cMaster(board, cpu, link, wires, pins)
{
    private const int ClocksPerByte = 9;

    /// <summary>ERROR_OPERATION_FAILED and ERROR_TIMEOUT (S:PLAT/core/common/include/bsp_common.h).</summary>
    private const int OperationFailed = -6;

    private const int TimedOut = -13;

    /// <summary>Clock and data, by the value of mcu.iomux.</summary>
    private static readonly (int Clock, int Data)[][] Routes =
    [
        [(14, 15), (13, 12), (17, 16)],
        [(9, 8), (5, 4)],
    ];

    private readonly Board _board = board;
    private bool _isNoticed;

    public override string Bus { get; } = number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The clock; 0 before i2c.setup.</summary>
    public int Hertz { get; private set; }

    /// <summary>What mcu.iomux chose; it takes effect with the next setup.</summary>
    public int Route { get; set; }

    /// <summary>i2c.xfer: a transaction is under way.</summary>
    public bool IsBusy { get; set; }

    protected override (int Clock, int Data) Lines =>
        Routes[number][Route < Routes[number].Length ? Route : 0];

    protected override TimeSpan HoldLimit { get; } = TimeSpan.FromMilliseconds(25);

    protected override bool IsReady
    {
        get
        {
            if (Hertz != 0) return true;
            if (!_isNoticed)
            {
                _board.Notice(string.Create(
                    CultureInfo.InvariantCulture,
                    $"i2c {number} is used before i2c.setup({number}); what a module does then is not known."));
            }

            _isNoticed = true;
            return false;
        }
    }

    protected override bool CanWork => base.CanWork && Hertz > 0 && ByteTime <= HoldLimit;

    private TimeSpan ByteTime => TimeSpan.FromSeconds(ClocksPerByte / (double)Hertz);

    /// <param name="speed">0: 100 kHz; 1 and 2: 400 kHz; any other number: Hz.</param>
    public void Setup(int speed) => Hertz = speed switch
    {
        0 => 100_000,
        1 or 2 => 400_000,
        _ => speed,
    };

    public void Close() => Hertz = 0;

    /// <summary>Whether a pin is one of its lines, between setup and close.</summary>
    public bool Uses(int pin) => Hertz != 0 && (pin == Lines.Clock || pin == Lines.Data);

    public override int CodeOf(I2cResult result) => result == I2cResult.Nack ? OperationFailed : TimedOut;

    protected override bool Reaches(int address) => address is >= 0 and <= 0x7F;

    protected override TimeSpan TimeOf(int addresses, int written, int read, I2cResult result) =>
        result == I2cResult.Timeout ? HoldLimit : ByteTime * (addresses + written + read);

    protected override void Ended(I2cTransaction transaction)
    {
        var (line, what) = transaction.Result switch
        {
            I2cResult.Ok => (0, ""),
            I2cResult.Nack => (296, "无应答"),
            _ => (299, "传输超时"),
        };
        if (line == 0) return;
        _board.Log.Raw($"i2c_failed {line}:i2c{number} 从机地址{transaction.Address:x} {what}");
    }
}
