using AirHil.Modem.Pins;

namespace AirHil.Board.Description;

/// <summary>How the rig reaches one pin of the module, as a bench file says it.</summary>
public abstract record PinLine
{
    private PinLine()
    {
    }

    /// <summary>What the rig can do with this pin.</summary>
    /// <param name="pin">The GPIO number.</param>
    public abstract PinWire WireTo(int pin);

    /// <summary>A line of a GPIO chip of this machine, by libgpiod.</summary>
    /// <param name="Chip">Its number, name or label: "0", "gpiochip0", "cp2112_gpio".</param>
    /// <param name="Number">The line's number on the chip, from 0.</param>
    /// <param name="Inverted">High on the line is low on the pin.</param>
    public sealed record Gpiod(string Chip, int Number, PinDirection Direction, bool Inverted = false) : PinLine
    {
        public override PinWire WireTo(int pin) => new(
            pin, Direction != PinDirection.Rig, Direction != PinDirection.Module, Direction != PinDirection.Module);
    }

    /// <summary>Commands for the shell; null: the rig cannot do that.</summary>
    /// <param name="High">Holds the pin high.</param>
    /// <param name="Low">Holds it low.</param>
    /// <param name="Release">Holds it no longer; there where one of the others is.</param>
    /// <param name="Read">Prints its level, low or high; it is run again and again.</param>
    /// <param name="Watch">
    /// Runs as long as the run does and prints "PIN LEVEL" at its start and at each change; where it is the same for
    /// several pins, it runs once.
    /// </param>
    public sealed record Command(string? High, string? Low, string? Release, string? Read, string? Watch) : PinLine
    {
        public override PinWire WireTo(int pin) => new(
            pin, Read is not null || Watch is not null, Low is not null, High is not null);
    }
}
