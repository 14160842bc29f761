using System.Globalization;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Ethernet;

/// <summary>
/// The driver of a W5500 on SPI (L:components/ethernet/w5500/w5500.c), as far as it goes with no chip: it asks for the
/// version again and again, and the link never comes up.
/// </summary>
/// <param name="board">The module's power cycle.</param>
/// <param name="pins">Of the module.</param>
/// <param name="imei">15 digits, of which the hardware address is made.</param>
internal sealed class EthernetChip(Board board, PinBank pins, string imei)
{
    /// <summary>No pin.</summary>
    public const int NoPin = 255;

    private const string Tag = "W5500";
    private const int AddressBytes = 6;
    private const int Registers = 0x3A;
    private const int HeadBytes = 3;
    private const int KeepTimeRegister = 0x2F;
    private const int SpeedRegister = 0x2E;
    private const byte FirstSocket = 1 << 3;
    private const byte Writes = 1 << 2;
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private EthernetWiring? _wiring;
    private Alarm? _next;
    private Action _step = static () => { };
    private bool _startsAgain;
    private bool _hasAddress;

    /// <summary>What w5500.getMac gives: 6 bytes, all ones before the start.</summary>
    public byte[] HardwareAddress { get; } = [.. Enumerable.Repeat((byte)0xFF, AddressBytes)];

    /// <summary>The driver takes the chip for there: at first, until it has looked.</summary>
    public bool IsOn { get; private set; }

    public bool IsStarted => _wiring is not null;

    /// <summary>It is a network adapter: w5500.bind.</summary>
    public bool IsBound { get; set; }

    /// <summary>Null: DHCP.</summary>
    public EthernetAddresses? Static { get; set; }

    /// <summary>Whether a start lets the chip choose its speed.</summary>
    public bool ChoosesSpeed { get; set; }

    /// <summary>Begins; a second time nothing happens.</summary>
    public void Start(EthernetWiring wiring)
    {
        if (IsStarted) return;
        _wiring = wiring;
        _next = board.NewAlarm(() => _step());
        wiring.Controller?.Setup(NoPin, wiring.Hertz, true);
        pins.SetOutput(wiring.Select, true);
        pins.SetOutput(wiring.Reset, false);
        for (var i = 0; i < AddressBytes; i++)
        {
            HardwareAddress[i] = byte.Parse(imei.AsSpan((i * 2) + 2, 2), CultureInfo.InvariantCulture);
        }

        HardwareAddress[0] &= 0xFE;
        Tell($"default MAC {Convert.ToHexString(HardwareAddress)}");
        Tell("w5500 task ret 0");
        IsOn = true;
        Reset();
    }

    /// <summary>The settings go to the chip, if the driver takes it for there.</summary>
    public void StartAgain() => _startsAgain = IsOn;

    private void Reset()
    {
        _startsAgain = false;
        pins.Write(_wiring!.Reset, false);
        After(ResetTime, () =>
        {
            pins.Write(_wiring.Reset, true);
            After(StartTime, Set);
        });
    }

    /// <summary>Nobody answers: the chip is off, and its settings go nowhere.</summary>
    private void Set()
    {
        Exchange(0, 0, Registers);
        IsOn = false;
        Exchange(0, Writes, Registers);
        if (!_hasAddress && Static is not null) Tell("ip 0 -> 1");
        if (_hasAddress && Static is null) Tell("ip 1 -> 0");
        _hasAddress = Static is not null;
        pins.SetInput(_wiring!.Interrupt, PinDrive.PullUp);
        if (_wiring.Link != NoPin) pins.SetInput(_wiring.Link, PinDrive.Input);
        Exchange(KeepTimeRegister, FirstSocket | Writes, 1);
        Exchange(0, FirstSocket, 4);
        if (ChoosesSpeed)
        {
            Exchange(SpeedRegister, Writes, 1);
            Exchange(SpeedRegister, Writes, 1);
        }

        if (_startsAgain) Wake();
        else if (_wiring.Link == NoPin) After(Look, Wake);
    }

    private void Wake()
    {
        Exchange(0, 0, Registers);
        pins.SetInput(_wiring!.Interrupt, PinDrive.Input);
        if (_startsAgain) Reset();
        else After(Look, Wake);
    }

    private void After(TimeSpan time, Action step)
    {
        _step = step;
        _next!.Set(board.Now + time);
    }

    /// <summary>The head with a register's address, and so many bytes. Nobody looks at what is written.</summary>
    private void Exchange(int register, int control, int bytes)
    {
        pins.Write(_wiring!.Select, false);
        var sent = new byte[HeadBytes + bytes];
        (sent[1], sent[2]) = ((byte)register, (byte)control);
        if (_wiring.Controller is { IsQuiet: true } controller)
        {
            foreach (var _ in controller.Run(sent, new byte[sent.Length], runsBeside: true))
            {
            }
        }

        pins.Write(_wiring.Select, true);
    }

    private void Tell(string text) => board.Log.Write(LogLevel.Debug, Tag, text);
}
