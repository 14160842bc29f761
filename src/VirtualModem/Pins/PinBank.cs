using System.Globalization;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Pins;

/// <summary>
/// The GPIO block of the chip with the wake-up pads and the power key (S:interface/src/luat_gpio_ec618.c,
/// S:PLAT/core/driver/include/driver_gpio.h). It is as after a reset when it is made.
/// </summary>
internal sealed class PinBank
{
    private readonly Board _board;
    private readonly PinWires _wires;
    private readonly Pin[] _pins = [.. Enumerable.Range(0, ModulePin.Count).Select(n => new Pin(n))];

    private readonly HashSet<(int Pin, string First, string Second)> _shared = [];

    private bool _isAsleep;

    /// <param name="board">The power cycle's.</param>
    /// <param name="wires">What is around the pins.</param>
    /// <param name="keepsOutputs">
    /// The chip wakes from a sleep: the outputs of the always-on domain are as they were (soc_aon_gpio_save_state).
    /// </param>
    public PinBank(Board board, PinWires wires, bool keepsOutputs = false)
    {
        (_board, _wires) = (board, wires);
        if (!keepsOutputs) return;
        foreach (var pin in _pins.Where(pin => ModulePin.IsAlwaysOn(pin.Number)))
        {
            var drive = wires.SeenOf(pin.Number);
            if (drive is PinDrive.Low or PinDrive.High) (pin.Drive, pin.Latch) = (drive, drive == PinDrive.High);
        }
    }

    /// <summary>The pads that wake the chip, each with the edge that does and its level now.</summary>
    public Dictionary<int, (PinEdge Edge, bool WasHigh)> WakePads => _pins
        .Where(pin => pin.Interrupted is not null && ModulePin.IsWakePad(pin.Number))
        .ToDictionary(pin => pin.Number, pin => (pin.Edge, IsHigh(pin)));

    /// <summary>
    /// A light sleep begins or ends: ordinary pins have no supply in it, and only wake-up pads and the power key
    /// interrupt.
    /// </summary>
    public void Sleep(bool begins)
    {
        _isAsleep = begins;
        foreach (var pin in _pins)
        {
            if (!pin.IsOutput || ModulePin.IsAlwaysOn(pin.Number)) continue;
            var drive = begins ? PinDrive.PullDown : pin.Drive;
            if (_wires.Show(pin.Number, drive)) _board.Emit(new ModemReport.PinDriven(pin.Number, drive));
        }
    }

    /// <summary>Makes the pin an output. A wake-up pad and the power key cannot be one: false.</summary>
    /// <param name="number">0 to 35.</param>
    /// <param name="level">What it drives at once.</param>
    public bool SetOutput(int number, bool level)
    {
        if ((uint)number >= ModulePin.Wakeup0) return false;
        var pin = _pins[number];
        pin.Interrupted = null;
        pin.Latch = level;
        Show(pin, level ? PinDrive.High : PinDrive.Low);
        return true;
    }

    /// <summary>Makes the pin an input. The power key cannot be a plain one: false.</summary>
    public bool SetInput(int number, PinDrive input)
    {
        if ((uint)number >= ModulePin.Count || number == ModulePin.PowerKey) return false;
        var pin = _pins[number];
        pin.Interrupted = null;
        Show(pin, input);
        return true;
    }

    /// <summary>
    /// Makes the pin an input that interrupts. Most pins take both edges as the rising one. A wake-up pad knows edges
    /// only: false. The power key always interrupts on both.
    /// </summary>
    /// <param name="number">0 to 35.</param>
    /// <param name="input">With or without a pull.</param>
    /// <param name="edge">Other numbers: no interrupt ever comes.</param>
    /// <param name="interrupted">Called in the interrupt with the level.</param>
    public bool SetInterrupt(int number, PinDrive input, PinEdge edge, Action<int, bool> interrupted)
    {
        if ((uint)number >= ModulePin.Count) return false;
        if (number >= ModulePin.Wakeup0 && number != ModulePin.PowerKey && edge > PinEdge.Both) return false;
        var pin = _pins[number];
        Show(pin, input);
        (pin.Edge, pin.Interrupted, pin.WasHigh) =
            (number == ModulePin.PowerKey ? PinEdge.Both : edge, interrupted, IsHigh(pin));
        // A level interrupts as soon as it is there.
        if ((edge == PinEdge.HighLevel && pin.WasHigh) || (edge == PinEdge.LowLevel && !pin.WasHigh)) Interrupt(pin);
        return true;
    }

    /// <summary>A timer pulses the pin, or holds it.</summary>
    /// <param name="duty">Thousandths of a period that the pin is high; 0 and from 1000 on the level is steady.</param>
    public void SetPulses(int number, uint hertz, uint duty, uint pulses)
    {
        var pin = _pins[number];
        pin.Interrupted = null;
        var drive = duty == 0 ? PinDrive.Low : duty >= PwmTimers.FullDuty ? PinDrive.High : PinDrive.Pulses;
        pin.Latch = drive == PinDrive.High;
        Show(pin, drive);
        if (drive == PinDrive.Pulses) _board.Emit(new ModemReport.PinPulsed(number, hertz, (int)duty, pulses));
    }

    /// <summary>Sets the level that the pin has while it is an output.</summary>
    public void Write(int number, bool level)
    {
        if ((uint)number >= ModulePin.Wakeup0) return;
        var pin = _pins[number];
        pin.Latch = level;
        if (pin.Drive is PinDrive.Low or PinDrive.High) Show(pin, level ? PinDrive.High : PinDrive.Low);
    }

    /// <summary>The level on the wire. An output reads low: its input buffer is off (L:luat_lib_gpio.c).</summary>
    public bool Read(int number) => (uint)number < ModulePin.Count && !_pins[number].IsOutput && IsHigh(_pins[number]);

    /// <summary>No interrupt comes any more; the direction and the level stay.</summary>
    public void StopInterrupts(int number)
    {
        if ((uint)number < ModulePin.Count) _pins[number].Interrupted = null;
    }

    /// <summary>The rig holds the pin in another way.</summary>
    public void WireChanged(int number)
    {
        var pin = _pins[number];
        NoticeConflict(pin);
        if (pin.Interrupted is null) return;
        var isHigh = IsHigh(pin);
        if (isHigh == pin.WasHigh) return;
        pin.WasHigh = isHigh;
        if (_isAsleep && !ModulePin.HasBothEdges(number)) return;
        var takes = pin.Edge switch
        {
            PinEdge.Rising or PinEdge.HighLevel => isHigh,
            PinEdge.Falling or PinEdge.LowLevel => !isHigh,
            PinEdge.Both => isHigh || ModulePin.HasBothEdges(number),
            _ => false,
        };
        if (takes) Interrupt(pin);
        else if (pin.Edge == PinEdge.Both) NoticeMissed(pin);
    }

    private void NoticeMissed(Pin pin)
    {
        if (pin.HasMissed) return;
        pin.HasMissed = true;
        _board.Notice(string.Create(
            CultureInfo.InvariantCulture,
            $"pin {pin.Number} goes low, and its callback does not hear it: gpio.BOTH, which is the default, is the " +
            $"rising edge alone on all pins but 20, 21, 22 and 32 to 35. Use gpio.FALLING, or one of these pins."));
    }

    private void Interrupt(Pin pin) => pin.Interrupted!(pin.Number, pin.WasHigh);

    private bool IsHigh(Pin pin) => pin.IsOutput
        ? pin.Latch
        : _wires.HoldOf(pin.Number) switch
        {
            PinHold.High => true,
            PinHold.Low => false,
            _ => ModulePin.Level(pin.Drive) ?? _board.Parameters.FloatingPinIsHigh,
        };

    private void Show(Pin pin, PinDrive drive)
    {
        pin.Drive = drive;
        if (_wires.Show(pin.Number, drive)) _board.Emit(new ModemReport.PinDriven(pin.Number, drive));
        NoticeConflict(pin);
    }

    private void NoticeConflict(Pin pin)
    {
        var hold = _wires.HoldOf(pin.Number);
        if (!pin.IsOutput || hold == PinHold.Released || (hold == PinHold.High) == pin.Latch) return;
        Share(pin.Number, "the module", "the rig", string.Create(
            CultureInfo.InvariantCulture,
            $"pin {pin.Number}: the module drives it {(pin.Latch ? "high" : "low")} and the rig holds it " +
            $"{(pin.Latch ? "low" : "high")}; on a bench this is a short circuit."));
    }

    /// <summary>Reports that two drive one pin: once for each pair.</summary>
    /// <param name="number">0 to 35.</param>
    /// <param name="first">Who had it.</param>
    /// <param name="second">Who takes it, too.</param>
    /// <param name="notice">What comes of it.</param>
    public void Share(int number, string first, string second, string notice)
    {
        if (!_shared.Add((number, first, second))) return;
        _board.Emit(new ModemReport.PinShared(number, first, second));
        _board.Notice(notice);
    }

    private sealed class Pin(int number)
    {
        public int Number { get; } = number;
        public PinDrive Drive { get; set; } = ModulePin.AfterReset(number);

        /// <summary>The output register.</summary>
        public bool Latch { get; set; }

        public PinEdge Edge { get; set; }
        public Action<int, bool>? Interrupted { get; set; }

        /// <summary>The level at the last look, where interrupts are on.</summary>
        public bool WasHigh { get; set; }

        /// <summary>A falling edge that does not interrupt was noticed already.</summary>
        public bool HasMissed { get; set; }

        public bool IsOutput => Drive is PinDrive.Low or PinDrive.High or PinDrive.Pulses;
    }
}
