using System.Globalization;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>What a scenario can see of a module's pins.</summary>
public static class PinSenses
{
    /// <summary>The module changes what it does with the pin, so that it has this level.</summary>
    public static Matcher Becomes(int pin, bool high, string? modem = null) => new EventMatcher(
        string.Create(CultureInfo.InvariantCulture, $"pin {pin} to go {(high ? "high" : "low")}"),
        s => s.Event is PinDriven driven && driven.Pin == pin && ModulePin.Level(driven.Drive) == high)
    { Modem = modem, Cause = bench => HardwareHints.OfPin(bench, pin) };

    /// <summary>The module changes what it does with the pin to exactly this.</summary>
    public static Matcher Becomes(int pin, PinDrive drive, string? modem = null) => new EventMatcher(
        string.Create(CultureInfo.InvariantCulture, $"pin {pin} to become {Words(drive)}"),
        s => s.Event is PinDriven driven && driven.Pin == pin && driven.Drive == drive)
    { Modem = modem, Cause = bench => HardwareHints.OfPin(bench, pin) };

    /// <summary>The module makes the pin an input, with or without a pull.</summary>
    public static Matcher BecomesInput(int pin, string? modem = null) => new EventMatcher(
        string.Create(CultureInfo.InvariantCulture, $"pin {pin} to become an input"),
        s => s.Event is PinDriven { Drive: PinDrive.Input or PinDrive.PullDown or PinDrive.PullUp } driven
            && driven.Pin == pin)
    { Modem = modem, Cause = bench => HardwareHints.OfPin(bench, pin) };

    /// <summary>A timer of the module pulses the pin with this frequency and duty.</summary>
    /// <param name="hertz">1 to 13,000,000.</param>
    /// <param name="duty">Thousandths of a period.</param>
    /// <param name="pulses">How many periods; null: any number.</param>
    public static Matcher Pulses(int pin, int hertz, int duty, int? pulses = null, string? modem = null) =>
        new EventMatcher(
            string.Create(
                CultureInfo.InvariantCulture,
                $"pin {pin} to show {(pulses is null ? "" : $"{pulses} pulses of ")}{hertz} Hz with " +
                $"{duty / 10.0} % duty"),
            s => s.Event is PinPulsed pulsed && pulsed.Pin == pin && pulsed.Hertz == hertz && pulsed.Duty == duty
                && (pulses is null || pulsed.Pulses == pulses))
        { Modem = modem, Cause = bench => HardwareHints.OfPin(bench, pin) };

    /// <summary>A timer of the module pulses the pin so now, without an end.</summary>
    /// <inheritdoc cref="Pulses"/>
    public static bool IsPulsed(this Bench bench, int pin, int hertz, int duty, string modem = Bench.OnlyModem)
    {
        ArgumentNullException.ThrowIfNull(bench);
        return bench.DriveOf(pin, modem) == PinDrive.Pulses
            && bench.Last(Match.Where($"pin {pin}", s => s.Event is PinPulsed pulsed && pulsed.Pin == pin, modem))
                is { Event: PinPulsed { Pulses: 0 } now } && now.Hertz == hertz && now.Duty == duty;
    }

    /// <summary>What the module does with the pin now: as it was last seen, or as after a reset.</summary>
    public static PinDrive DriveOf(this Bench bench, int pin, string modem = Bench.OnlyModem)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var last = bench.Last(Match.Where(
            $"pin {pin}", s => s.Event is PinDriven driven && driven.Pin == pin, modem));
        return last?.Event is PinDriven seen ? seen.Drive : ModulePin.AfterReset(pin);
    }

    /// <summary>In words: "an input with pull-up", "driven high".</summary>
    private static string Words(PinDrive drive) => drive switch
    {
        PinDrive.Input => "an input",
        PinDrive.PullDown => "an input with pull-down",
        PinDrive.PullUp => "an input with pull-up",
        PinDrive.Low => "driven low",
        PinDrive.Pulses => "pulsed",
        _ => "driven high",
    };
}
