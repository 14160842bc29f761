using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Ethernet;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Firmware.Libraries;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Firmware.Scripts;
using AirHil.VirtualModem.Gnss;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
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

namespace AirHil.VirtualModem;

/// <summary>
/// All parts of the module from one start to the next reset or power cut; nothing of it outlives that.
/// </summary>
internal sealed class PowerCycle
{
    /// <summary>V1112's build: with an earlier date no certificate is valid yet.</summary>
    private static readonly DateTimeOffset FirmwareDate = new(2024, 9, 3, 15, 55, 27, TimeSpan.Zero);

    private readonly FirmwareHost _host;
    private readonly LuaTask _task;
    private readonly Alarm _stopAlarm;
    private readonly Alarm _exitDelay;
    private readonly Alarm _dump;
    private readonly Action<PowerTrigger> _triggered;
    private PowerTrigger _stopTrigger;

    public PowerCycle(
        FirmwareImage image, RetainedState retained, ModuleIdentity identity, ulong seed, ResetCause cause,
        WakeUp? wakeUp, Board board, Action<PowerTrigger> triggered)
    {
        Board = board;
        _triggered = triggered;
        var parameters = board.Parameters;
        _stopAlarm = board.NewAlarm(() => _triggered(_stopTrigger));
        _exitDelay = board.NewAlarm(() => _triggered(PowerTrigger.ExitDelayOver));
        _dump = board.NewAlarm(() => _triggered(PowerTrigger.DumpDone));
        var random = SplitMix64.For(seed, $"start@{board.Clock.StartedAt.Ticks}");
        var heap = new SystemHeap(
            parameters.SystemHeapBytes, parameters.SystemHeapUsed, parameters.SystemHeapPeak);
        var watchdog = new HardwareWatchdog(board.Alarms, parameters, OnWatchdogBite);
        var fat = new FatVolume(board.Log, heap);
        var files = Files(image, retained, board, heap, fat);
        var pins = new PinBank(board, retained.Wires, keepsOutputs: wakeUp is not null);
        var uarts = new UartPorts(board, heap, pins);
        var cellular = new Cellular(board, retained.Calendar, retained.Sim, random);
        var network = new NetworkStack(board, retained.Counters, heap)
        {
            Rrc = cellular.Rrc,
            ClockIsSet = () => retained.Calendar.UtcAt(board.Now) >= FirmwareDate,
        };
        cellular.LinkChanged = network.LinkChanged;
        _task = new LuaTask(board, FirmwareLibraries.Open, OnVmExited);
        var sleep = SleepOf(board, retained, cellular, uarts, pins);
        var cpu = new Cpu(board, watchdog, sleep, _task.Ended);
        retained.ProgramBy(cpu.TakeUntil, board.Committed);
        _host = new FirmwareHost
        {
            Board = board,
            Cpu = cpu,
            Timers = new RtosTimers(board),
            Watchdog = watchdog,
            Cellular = cellular,
            Network = network,
            ErrDump = new ErrDumpClient(board, network, files, ErrDumpFacts),
            Sntp = new SntpClient(board, network, retained.Calendar),
            Files = files,
            Fat = fat,
            Ethernet = new EthernetChip(board, pins, identity.Imei),
            Scripts = new ScriptLoader(image, files, parameters, board.Notice),
            Retained = retained,
            WifiScan = new WifiScan(board, heap),
            Identity = identity,
            Uarts = uarts,
            Sleep = sleep,
            Gnss = new GnssReceiver(board, heap, retained.Calendar),
            SmsModem = new SmsModem(board, cellular),
            Sms = new SmsReceiver(board, heap),
            WakeUp = wakeUp,
            Pins = pins,
            Buses = new ModuleBuses(board, cpu, retained.Buses, retained.Wires, pins),
            Analog = new AnalogConverter(retained.Analog, parameters),
            Pwm = new PwmTimers(board, pins),
            Audio = new AudioOutput(board, pins, heap),
            I2s = [new I2sReceiver(board), new I2sReceiver(board)],
            DeepTimers = DeepTimersOf(board, retained, wakeUp),
            Cause = cause,
            Random = SplitMix64.For(seed, $"trng@{board.Clock.StartedAt.Ticks}"),
            SystemHeap = heap,
            Update = UpdateOf(board, heap, retained),
            Stop = OnStop,
        };
        _ = new BootSequence(board, identity, retained.PowerKeyMode != 0, wakeUp, OnScriptStart);
        retained.StartRadio();
        cellular.Start(cold: cause == ResetCause.PowerKey);
    }

    public Board Board { get; }

    /// <summary>What waits for the end of the sleep that has ended the script; null: it has not.</summary>
    public DeepSleep? DeepSleep { get; private set; }

    public NetworkStack Network => _host.Network;
    public Cellular Cellular => _host.Cellular;
    public FirmwareHost Host => _host;
    public LuaTask Task => _task;

    /// <summary>The watchdog has bitten: everything stops until the crash record is written.</summary>
    public void Crash()
    {
        _host.Cpu.Halt();
        _dump.Set(Board.Now + Board.Parameters.CrashDumpTime);
    }

    /// <summary>The VM has ended: the reset follows.</summary>
    public void AwaitExitReset() => _exitDelay.Set(Board.Now + Board.Parameters.VmExitDelay);

    /// <summary>Bytes from outside. A chip that sleeps loses those of all ports but the low-power one.</summary>
    public void Arriving(int port, ReadOnlyMemory<byte> bytes, bool lineErrors)
    {
        var sleep = _host.Sleep;
        if (UartPorts.IsUsb(port) && !(_host.Retained.Usb.IsPlugged && sleep.IsUsbOn))
        {
            Board.Notice($"uart {port}: {bytes.Length} bytes are lost, USB is off or not plugged in.");
        }
        else if (sleep.IsDeaf && !_host.Uarts.HearsAsleep(port))
        {
            Board.Notice($"uart {port}: {bytes.Length} bytes are lost, the module sleeps.");
            if (sleep.IsAsleep && _host.Uarts.LostAsleep(port)) sleep.StayAwake();
        }
        else
        {
            _host.Uarts.Arriving(port, bytes, lineErrors);
        }
    }

    /// <summary>Something reached the radio, which the chip wakes for.</summary>
    public void Paged()
    {
        if (!_host.Sleep.IsAsleep) return;
        _host.Sleep.Wake();
        _host.Sleep.Consider();
    }

    private static FileSystem Files(
        FirmwareImage image, RetainedState retained, Board board, SystemHeap heap, FatVolume fat) => new(
        new RootMount(retained.Flash, board.Notice), new BuiltInFiles(new BuiltInMount()),
        new RamMount(heap, board.Log), new DownloadMount(image, board.Log), new FatMount(fat, board.Log), board.Log)
        { OpenChanged = retained.Watch.Opened };

    private DeepSleepTimers DeepTimersOf(Board board, RetainedState retained, WakeUp? wakeUp) =>
        new(retained.DeepTimers, board.NewAlarm, () => board.Now, OnDeepTimer)
        {
            LastExpired = wakeUp is { Source: WakeSource.Timer } timer ? timer.Number : null,
        };

    /// <summary>An update that came before: a module would be another from now on.</summary>
    private static UpdateWriter UpdateOf(Board board, SystemHeap heap, RetainedState retained)
    {
        if (retained.HasUpdate)
        {
            board.Notice(
                "an update is in flash: a module starts with it. The virtual module keeps its firmware and its " +
                "script.");
        }

        retained.HasUpdate = false;
        return new UpdateWriter(
            board, heap, static bytes => Checksums.Crc32(bytes), has => retained.HasUpdate = has);
    }

    private ChipSleep SleepOf(
        Board board, RetainedState retained, Cellular cellular, UartPorts uarts, PinBank pins) =>
        new(board, retained.Usb)
        {
            IsIdle = () => _host.Cpu.IsIdle,
            LinesBusyUntil = () => uarts.BusyUntil,
            RadioBusyUntil = () => cellular.BusyUntil,
            IsRadioQuiet = () => cellular.IsQuiet,
            IsKeyPressed = () => retained.Wires.HoldOf(ModulePin.PowerKey) == PinHold.Low,
            LightChanged = pins.Sleep,
            Deeper = Deepen,
        };

    private void Deepen(SleepMode mode)
    {
        _host.Cpu.Halt();
        DeepSleep = new DeepSleep(
            mode, _host.Retained.DeepTimers, _host.Pins.WakePads, _host.Uarts.HearsAsleep(1));
        Board.Emit(new ModemReport.SleepChanged(mode));
        if (!_host.Cellular.FlightMode) Board.Emit(new AirRequest.Radio(false));
        _triggered(PowerTrigger.SleepEntered);
    }

    private void OnDeepTimer(int id)
    {
        Board.Log.Write(LogLevel.Info, "pm", $"DeepTimer Wakeup by id={id}");
        Board.Post(new SystemTopicMessage(Board.Log, null, "DTIMER_WAKEUP", id));
    }

    private void OnScriptStart()
    {
        _triggered(PowerTrigger.ScriptStarted);
        _task.Start(_host);
    }

    private void OnVmExited()
    {
        _host.Cpu.Halt();
        _triggered(PowerTrigger.VmExited);
    }

    private void OnWatchdogBite() => _triggered(PowerTrigger.WatchdogExpired);

    /// <summary>Lua asked for it inside a slice: the act follows at the instruction's time.</summary>
    private void OnStop(PowerTrigger trigger)
    {
        _host.Cpu.Halt();
        _stopTrigger = trigger;
        _stopAlarm.Set(Board.Now);
    }

    private ErrDumpClient.Facts ErrDumpFacts() => new(
        _task.GlobalText("PROJECT") ?? "unkonw",
        _task.GlobalText("VERSION") ?? "",
        _host.Identity.Imei,
        _host.CauseNumber);
}
