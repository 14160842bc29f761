using AirHil.Lua.Run;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Ethernet;
using AirHil.VirtualModem.Ftp;
using AirHil.VirtualModem.Gnss;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.ShortMessages;
using AirHil.VirtualModem.Storage;
using AirHil.VirtualModem.Storage.Fat;
using AirHil.VirtualModem.Uart;
using AirHil.VirtualModem.Update;
using AirHil.VirtualModem.Watchdog;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// What the Lua libraries find behind <see cref="LuaState.Host"/>: the module's parts of this power cycle.
/// </summary>
internal sealed class FirmwareHost : IFirmwareHost
{
    private const int EveryCallUpTo = 64;

    private readonly Dictionary<(string Function, string Place), int> _notModelled = [];

    public required Board Board { get; init; }
    public required Cpu Cpu { get; init; }
    public required RtosTimers Timers { get; init; }
    public required HardwareWatchdog Watchdog { get; init; }
    public required Cellular Cellular { get; init; }
    public required NetworkStack Network { get; init; }
    public required ErrDumpClient ErrDump { get; init; }
    public required SntpClient Sntp { get; init; }
    public required FileSystem Files { get; init; }
    public required FatVolume Fat { get; init; }
    public required ScriptLoader Scripts { get; init; }
    public required WifiScan WifiScan { get; init; }

    /// <summary>What <c>w5500</c> drives.</summary>
    public required EthernetChip Ethernet { get; init; }

    public required RetainedState Retained { get; init; }
    public required ModuleIdentity Identity { get; init; }
    public required UartPorts Uarts { get; init; }
    public required PinBank Pins { get; init; }
    public required ModuleBuses Buses { get; init; }
    public required AnalogConverter Analog { get; init; }
    public required PwmTimers Pwm { get; init; }
    public required AudioOutput Audio { get; init; }

    /// <summary>The I2S ports, as far as they receive.</summary>
    public required IReadOnlyList<I2sReceiver> I2s { get; init; }

    public required DeepSleepTimers DeepTimers { get; init; }
    public required ResetCause Cause { get; init; }
    public required SplitMix64 Random { get; init; }
    public required SystemHeap SystemHeap { get; init; }

    /// <summary>Resets the chip or switches it off; Lua runs no further.</summary>
    public required Action<PowerTrigger> Stop { get; init; }

    public FirmwareLog Log => Board.Log;
    public Calendar Calendar => Retained.Calendar;
    public ModemParameters Parameters => Board.Parameters;

    /// <summary>
    /// rtos.autoCollectMem: idle receives between two looks, and the two thresholds in percent (reference §1.3).
    /// </summary>
    public IdleCollection IdleCollection { get; } = new();

    /// <summary>The script's sockets by the address of their object, which callbacks get as light userdata.</summary>
    public Dictionary<long, SocketObject> Sockets { get; } = [];

    /// <summary>Whether fskv.init was called since the start.</summary>
    public bool KeyValuesOpen { get; set; }

    public required GnssReceiver Gnss { get; init; }
    public required SmsModem SmsModem { get; init; }
    public required SmsReceiver Sms { get; init; }
    public required ChipSleep Sleep { get; init; }

    /// <summary>The sleep that this start ended; null: it is another start.</summary>
    public WakeUp? WakeUp { get; init; }

    /// <summary>The third value of pm.lastReson().</summary>
    public int CauseNumber => Cause == ResetCause.WakeUp ? 0 : (int)Cause;

    /// <summary>What <c>gpio</c> keeps of each pin.</summary>
    public GpioState Gpio { get; } = new();

    /// <summary>What <c>lcd</c> keeps.</summary>
    public LcdState Lcd { get; } = new();

    /// <summary>What <c>u8g2</c> keeps.</summary>
    public OledState Oled { get; } = new();

    /// <summary>The one FTP session; null before the first call.</summary>
    public FtpClient? Ftp { get; set; }

    /// <summary>Takes updates of the firmware.</summary>
    public required UpdateWriter Update { get; init; }

    /// <summary>Objects with .wait() that C functions have made since the start.</summary>
    public long WaitIds { get; set; }

    /// <summary>rtc.setBaseYear.</summary>
    public int BaseYear { get; set; } = 1900;

    public long UnixSeconds => Calendar.UnixSecondsAt(Board.Now);

    public void FillRandom(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)Random.Below(256);
    }

    public void NotModelled(string function, string place, bool isStubbed = false)
    {
        var count = _notModelled.GetValueOrDefault((function, place)) + 1;
        _notModelled[(function, place)] = count;
        if (count <= EveryCallUpTo || int.IsPow2(count))
        {
            Board.Emit(new ModemReport.NotModelled(function, place, count, isStubbed));
        }
    }

    public void Notice(string text) => Board.Notice(text);
}
