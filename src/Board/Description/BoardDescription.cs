using AirHil.Board.Ports;
using AirHil.Board.Power;

namespace AirHil.Board.Description;

/// <summary>One board of a bench: what a bench file says of it.</summary>
/// <param name="Name">As in "board:NAME".</param>
/// <param name="Log">The log port: USB interface 2 of a board on its own cable (reference bench §1.2).</param>
public sealed record BoardDescription(string Name, PortAddress Log)
{
    /// <summary>The serial lines by the UART's number on the module: 1 is MAIN_UART, 32 the USB virtual UART.</summary>
    public IReadOnlyDictionary<int, SerialLine> Uarts { get; init; } = new Dictionary<int, SerialLine>();

    /// <summary>The rig's wires to pins by their GPIO numbers.</summary>
    public IReadOnlyDictionary<int, PinLine> Pins { get; init; } = new Dictionary<int, PinLine>();

    /// <summary>How its supply is switched; null: not at all, and the board is on.</summary>
    public PowerDescription? Power { get; init; }

    /// <summary>The replacement of the reset line.</summary>
    public ResetMethod Reset { get; init; } = ResetMethod.LogPortCommand;

    /// <summary>What the firmware's banner must contain, as "V1112"; null: anything that is LuatOS on EC618.</summary>
    public string? Firmware { get; init; }

    /// <summary>How its radio is switched; null: not at all.</summary>
    public RadioDescription? Radio { get; init; }

    /// <summary>
    /// The command that puts a script onto it, with {dir} for the folder of its files and {image} for a LuaDB image of
    /// them; "prompt" asks a person; null: the script that is on it stays.
    /// </summary>
    public string? Deploy { get; init; }

    /// <summary>How long deploying may take.</summary>
    public TimeSpan DeployLimit { get; init; } = TimeSpan.FromMinutes(3);
}

