using AirHil.Lua.Coverage;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem;

/// <summary>
/// An Air780E with firmware V1112 as one sans-IO machine: commands of the rig and events of the air go in, reports and
/// requests to the air come out, each when its time has come. It is off until <see cref="ModemCommand.ApplyPower"/>.
/// </summary>
public sealed class VirtualAir780E : ISansIoMachine<ModemInput, ModemOutput>
{
    private readonly FirmwareImage _image;
    private readonly ModemParameters _parameters;
    private readonly ulong _seed;
    private readonly LineCoverage? _coverage;
    private readonly RetainedState _retained;
    private readonly DueQueue<ModemOutput> _outputs = new();
    private readonly VitalsSampler _vitals = new();
    private PowerCycle? _cycle;
    private PowerState _state = PowerState.Off;
    private TimeSpan _now;
    private DeepSleep? _deepSleep;
    private WakeUp? _wakeUp;
    private TimeSpan? _startsAt;
    private TimeSpan? _keyDue;

    /// <param name="image">What is flashed.</param>
    /// <param name="parameters">The module's numbers.</param>
    /// <param name="seed">Fixes identities and every choice the module makes.</param>
    /// <param name="coverage">Counts what its scripts execute, over all resets; null: nobody does.</param>
    public VirtualAir780E(
        FirmwareImage image, ModemParameters parameters, ulong seed, LineCoverage? coverage = null)
    {
        _coverage = coverage;
        _image = image;
        _parameters = parameters;
        _seed = seed;
        _retained = new RetainedState(parameters);
        _retained.Stored.Seen = (seen, at) => Emit(seen, at > Now ? at : Now);
        _retained.Watch.Seen = (seen, at) => Emit(seen, at ?? Now);
        Identity = ModuleIdentity.FromSeed(seed);
    }

    /// <summary>
    /// How far apart the samples of <see cref="ModemReport.Vitals"/> are at least; null: there are none. What the
    /// module does is the same with any value.
    /// </summary>
    public TimeSpan? VitalsInterval { get; init; }

    /// <summary>
    /// Asked at every start for what is flashed by then, for a module whose script others replace; null: always what it
    /// was made with.
    /// </summary>
    public Func<FirmwareImage>? Flashed { get; init; }

    /// <summary>
    /// Hears when each commit to flash is done, in the run's time: a file or a key that is made, changed or removed.
    /// Null: nobody does.
    /// </summary>
    public Action<TimeSpan>? Committed { get; init; }

    /// <summary>IMEI and the like.</summary>
    public ModuleIdentity Identity { get; private set; }

    /// <inheritdoc/>
    public TimeSpan? NextTimeout
    {
        get
        {
            var alarm = _cycle?.Board.Alarms.NextDue ?? _deepSleep?.Next ?? _keyDue;
            if (_outputs.Next is not { } output) return alarm;
            return alarm is { } due && due < output ? due : output;
        }
    }

    /// <inheritdoc/>
    public void Handle(ModemInput input, TimeSpan now)
    {
        HandleTimeout(now);
        _cycle?.Board.Clock.MoveTo(now);
        switch (input)
        {
            case ModemCommand.ApplyPower:
                Trigger(PowerTrigger.ApplyPower);
                break;
            case ModemCommand.CutPower:
                Trigger(PowerTrigger.CutPower);
                break;
            case ModemCommand.PullReset:
                Trigger(PowerTrigger.PullReset);
                break;
            case ModemCommand.WriteUart write:
                if (IsAlive) _cycle!.Arriving(write.Port, write.Bytes, write.LineErrors);
                else WakeUp(_deepSleep?.Arriving(write.Port));
                break;
            case ModemCommand.HoldPin pin:
                Hold(pin);
                break;
            case ModemCommand.PlugUsb usb:
                _retained.Usb.IsPlugged = usb.IsIn;
                if (IsAlive) _cycle!.Host.Sleep.Consider();
                break;
            case ModemCommand.SetAnalog set:
                _retained.Analog[set.Input] = set.Value;
                break;
            case ModemCommand.TellDevice tell:
                _retained.Buses.Tell(tell.Spot, tell.Order);
                break;
            case BusAnswer answer:
                if (IsAlive) _cycle!.Host.Buses.Link.Receive(answer);
                break;
            case AirEvent.CoverageChanged coverage:
                if (IsAlive) _cycle!.Cellular.CoverageChanged(coverage.Covered);
                break;
            case ModemCommand.FillDisk or ModemCommand.WearDisk or ModemCommand.PutStored or ModemCommand.WatchStored
                or ModemCommand.WatchStorage:
                ChangeFlash((ModemCommand)input);
                break;
            case ModemCommand.SetFlightMode flight:
                if (IsAlive) _cycle!.Cellular.SetFlightMode(flight.IsOn);
                break;
            case ModemCommand.ChangeSim sim:
                _retained.Sim.Put(sim.Card);
                break;
            case ModemCommand.LabelModule label:
                Identity = Identity.With(label.Label);
                break;
            case AirEvent.CellChanged cell:
                if (IsAlive) _cycle!.Cellular.CellChanged(cell.Conditions);
                break;
            case AirEvent.SmsDelivered sms:
                if (IsAlive) _cycle!.Host.Sms.Delivered(sms.Pdu);
                break;
            case AirEvent.SmsAnswered answer:
                if (IsAlive) _cycle!.Host.SmsModem.Answered(answer);
                break;
            case AirEvent happened:
                if (!IsAlive) break;
                _cycle!.Paged();
                _cycle.Network.Receive(happened);
                break;
            default:
                throw new ArgumentException($"A module does not understand {input.GetType().Name}.", nameof(input));
        }
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        if (now > _now) _now = now;
        if (VitalsInterval is { } interval) _vitals.Sample(_cycle, interval, now, Emit);
        while (_cycle is { } cycle && cycle.Board.Alarms.TryTakeDue(now, out var alarm))
        {
            cycle.Board.Clock.MoveTo(alarm.Due);
            alarm.Expire();
        }

        // One wake-up at most: the module boots, and what comes later belongs to the new power cycle.
        if (_deepSleep?.Next is { } wake && wake <= now)
        {
            WakeUp(_deepSleep.Expire(wake), wake);
            HandleTimeout(now);
        }

        if (_keyDue is { } pressed && pressed <= now)
        {
            TriggerAt(pressed, PowerTrigger.KeyPressed);
            HandleTimeout(now);
        }
    }

    /// <inheritdoc/>
    public bool TryTake(out ModemOutput output) => _outputs.TryTakeDue(_now, out output);

    /// <summary>Whether radio and hardware work: not without supply, and not in the crash handler.</summary>
    private bool IsAlive => _state is PowerState.Booting or PowerState.Running or PowerState.Exiting;

    private void ChangeFlash(ModemCommand command)
    {
        switch (command)
        {
            case ModemCommand.FillDisk disk:
                _retained.Flash.Fill(disk.KilobytesLeft);
                break;
            case ModemCommand.WearDisk disk:
                _retained.Flash.WornBlocks += disk.Blocks;
                break;
            case ModemCommand.PutStored put:
                if (!_retained.Stored.Put(put)) Emit(new ModemReport.Noticed(StoredFlash.Refused(put)), Now);
                break;
            case ModemCommand.WatchStored watch:
                _retained.Stored.Watch(watch);
                break;
            case ModemCommand.WatchStorage watch:
                _retained.Watch.Begin(watch.What);
                break;
        }
    }

    private void Hold(ModemCommand.HoldPin pin)
    {
        _retained.Wires.Hold(pin.Pin, pin.Hold);
        if (_state == PowerState.ShutDown)
        {
            if (pin.Pin == ModulePin.PowerKey) _keyDue = IsKeyDown ? _keyDue ?? _now + _parameters.PowerKeyTime : null;
        }
        else if (IsAlive)
        {
            _cycle!.Host.Pins.WireChanged(pin.Pin);
            _cycle.Host.Sleep.Consider();
        }
        else
        {
            var isHigh = pin.Hold == PinHold.High
                || (pin.Hold == PinHold.Released && ModulePin.Level(_retained.Wires.SeenOf(pin.Pin)) == true);
            WakeUp(_deepSleep?.WireChanged(pin.Pin, isHigh));
        }
    }

    /// <summary>A sleep that has ended the script ends.</summary>
    /// <param name="wakeUp">Null: it goes on.</param>
    /// <param name="at">Null: now.</param>
    private void WakeUp(WakeUp? wakeUp, TimeSpan? at = null)
    {
        if (wakeUp is null) return;
        _wakeUp = wakeUp;
        TriggerAt(at ?? _now, PowerTrigger.WokeUp);
        _wakeUp = null;
    }

    /// <summary>Something starts a module that has no running power cycle, at a time that may be past.</summary>
    private void TriggerAt(TimeSpan at, PowerTrigger trigger)
    {
        _startsAt = at;
        Trigger(trigger);
        _startsAt = null;
    }

    private bool IsKeyDown => _retained.Wires.HoldOf(ModulePin.PowerKey) == PinHold.Low;

    private TimeSpan Now => _cycle?.Board.Now ?? _startsAt ?? _now;

    private void Emit(ModemOutput output, TimeSpan due) => _outputs.Add(due, output);

    private void Trigger(PowerTrigger trigger)
    {
        var now = Now;
        var next = PowerMachine.Next(_state, trigger);
        var before = _state;
        _state = next;
        switch (next)
        {
            case PowerState.Booting when before != PowerState.Booting || trigger == PowerTrigger.PullReset:
                Start(CauseOf(trigger), now);
                break;
            case PowerState.Off when before == PowerState.ShutDown:
                _keyDue = null;
                break;
            case PowerState.Off or PowerState.ShutDown when before != next:
                Abandon(now);
                _retained.Calendar.ForgetAt(now);
                Emit(new ModemReport.PoweredOff(), now);
                _retained.Wires.LetGo(report => Emit(report, now));
                // A key that is wired to ground starts the module again at once.
                if (next == PowerState.ShutDown && IsKeyDown) _keyDue = now;
                break;
            case PowerState.Asleep when before != PowerState.Asleep:
                _deepSleep = _cycle!.DeepSleep;
                _cycle = null;
                _retained.Wires.LetGo(report => Emit(report, now), keepsOutputs: true);
                break;
            case PowerState.Exiting when before != PowerState.Exiting:
                _cycle!.AwaitExitReset();
                break;
            case PowerState.Crashed when before != PowerState.Crashed:
                DropOutputsAfter(now);
                _retained.StopAt(now);
                _cycle!.Board.Alarms.Clear();
                _cycle.Crash();
                break;
            default:
                break; // The trigger was ignored on the record, or asks for nothing more.
        }
    }

    private void Start(ResetCause cause, TimeSpan now)
    {
        Abandon(now);
        if (cause == ResetCause.PowerKey) _retained.Calendar.ForgetAt(now);
        if (cause != ResetCause.WakeUp) Array.Clear(_retained.DeepTimers);
        Emit(new ModemReport.PoweredOn(ReasonOf(cause), _wakeUp?.ToString() ?? ""), now);
        _retained.Wires.LetGo(report => Emit(report, now), keepsOutputs: cause == ResetCause.WakeUp);
        Board? board = null;
        var log = new FirmwareLog(record => LogRecord(board!, record));
        board = new Board(_parameters, now, Emit, text => Emit(new ModemReport.Noticed(text), Now))
        {
            Log = log,
            Coverage = _coverage,
            Committed = Committed,
        };
        var image = Flashed?.Invoke() ?? _image;
        _cycle = new PowerCycle(image, _retained, Identity, _seed, cause, _wakeUp, board, Trigger);
    }

    /// <summary>One record; it carries the whole milliseconds of the module's own time.</summary>
    private void LogRecord(Board board, ReadOnlyMemory<byte> record)
    {
        var tick = TimeSpan.FromMilliseconds(board.Clock.Tick.Ticks / TimeSpan.TicksPerMillisecond);
        Emit(new ModemReport.LogLine(tick, record), board.Now);
    }

    /// <summary>The running power cycle ends: what it would still have done does not happen.</summary>
    private void Abandon(TimeSpan now)
    {
        DropOutputsAfter(now);
        _retained.StopAt(now);
        _cycle = null;
        _deepSleep = null;
        _keyDue = null;
    }

    private void DropOutputsAfter(TimeSpan now)
    {
        if (_outputs.Count == 0) return;
        var kept = new List<(TimeSpan Due, ModemOutput Output)>();
        while (_outputs.Next is { } due && _outputs.TryTakeDue(due, out var output))
        {
            if (due <= now) kept.Add((due, output));
        }

        foreach (var (due, output) in kept) _outputs.Add(due, output);
    }

    private static ResetCause CauseOf(PowerTrigger trigger) => trigger switch
    {
        PowerTrigger.ApplyPower or PowerTrigger.KeyPressed => ResetCause.PowerKey,
        PowerTrigger.PullReset => ResetCause.ResetKey,
        PowerTrigger.ExitDelayOver or PowerTrigger.RebootRequested => ResetCause.Software,
        PowerTrigger.DumpDone => ResetCause.Watchdog,
        PowerTrigger.WokeUp => ResetCause.WakeUp,
        _ => throw new InvalidOperationException($"{trigger} starts no module."),
    };

    private static StartReason ReasonOf(ResetCause cause) => cause switch
    {
        ResetCause.PowerKey => StartReason.Power,
        ResetCause.Software => StartReason.Software,
        ResetCause.ResetKey => StartReason.ResetLine,
        ResetCause.Exception => StartReason.Exception,
        ResetCause.Watchdog => StartReason.Watchdog,
        ResetCause.WakeUp => StartReason.Wakeup,
        _ => throw new InvalidOperationException($"No start reason for {cause}."),
    };
}
