using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Pins;

/// <summary>
/// What is around the pins: how the rig holds each, and what the module was last seen to do with it. It outlives resets
/// and power cuts.
/// </summary>
internal sealed class PinWires
{
    private readonly PinHold[] _holds = new PinHold[ModulePin.Count];
    private readonly PinDrive[] _seen = [.. Enumerable.Range(0, ModulePin.Count).Select(ModulePin.AfterReset)];

    public PinHold HoldOf(int pin) => _holds[pin];

    /// <summary>What the module was last seen to do with a pin.</summary>
    public PinDrive SeenOf(int pin) => _seen[pin];

    public void Hold(int pin, PinHold hold) => _holds[pin] = hold;

    /// <summary>The module changes what it does with a pin.</summary>
    /// <returns>Whether that is a change.</returns>
    public bool Show(int pin, PinDrive drive)
    {
        if (_seen[pin] == drive) return false;
        _seen[pin] = drive;
        return true;
    }

    /// <summary>A reset, or the end of the supply: every pin is as after a reset.</summary>
    /// <param name="report">Gets what changes.</param>
    /// <param name="keepsOutputs">It is a sleep: the outputs of the always-on domain stay.</param>
    public void LetGo(Action<ModemReport> report, bool keepsOutputs = false)
    {
        for (var pin = 0; pin < ModulePin.Count; pin++)
        {
            if (keepsOutputs && ModulePin.IsAlwaysOn(pin) && _seen[pin] is PinDrive.Low or PinDrive.High) continue;
            var drive = ModulePin.AfterReset(pin);
            if (Show(pin, drive)) report(new ModemReport.PinDriven(pin, drive));
        }
    }
}
