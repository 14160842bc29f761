namespace AirHil.Modem.Pins;

/// <summary>The pins of an Air780E by their GPIO numbers (hardware reference §1.1).</summary>
public static class ModulePin
{
    /// <summary>How many there are: 0 to 31, and the virtual numbers 32 to 35.</summary>
    public const int Count = 36;

    /// <summary>WAKEUP0: an input only, as are all numbers from here on.</summary>
    public const int Wakeup0 = 32;

    /// <summary>WAKEUP1: high while the module has USB power.</summary>
    public const int Vbus = 33;

    /// <summary>The power key: low while it is pressed.</summary>
    public const int PowerKey = 35;

    /// <summary>The first pin that is also a wake-up pad.</summary>
    private const int FirstWakePad = 20;

    private const int LastWakePad = 22;

    /// <summary>Names that people use in place of numbers from 32 on.</summary>
    private static readonly string[] Names = ["WAKEUP0", "VBUS", "USIM_DET", "PWRKEY"];

    /// <summary>Whether an output keeps its level in every sleep.</summary>
    public static bool IsAlwaysOn(int pin) => pin is >= 20 and <= 28;

    /// <summary>Whether an edge wakes the module from every sleep.</summary>
    public static bool IsWakePad(int pin) =>
        pin is (>= FirstWakePad and <= LastWakePad) or (>= Wakeup0 and < PowerKey);

    /// <summary>Whether the module can interrupt on both edges; any other pin takes "both" as "rising".</summary>
    public static bool HasBothEdges(int pin) => pin is (>= FirstWakePad and <= LastWakePad) or >= Wakeup0;

    /// <summary>What the pin is after a reset.</summary>
    public static PinDrive AfterReset(int pin) => pin switch
    {
        0 or 1 or Vbus => PinDrive.PullDown,
        >= 20 and <= 27 or >= 29 and <= 31 => PinDrive.PullDown,
        _ => PinDrive.PullUp,
    };

    /// <summary>The number of a pin that is written as a number or as a name: "27", "WAKEUP0".</summary>
    /// <exception cref="FormatException">It is no pin.</exception>
    public static int Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = Array.FindIndex(Names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0) return Wakeup0 + named;
        return byte.TryParse(text, out var pin) && pin < Count
            ? pin
            : throw new FormatException(
                $"'{text}' is no pin of the module; pins are 0 to {Count - 1}, {string.Join(", ", Names)}");
    }

    /// <summary>The level of a pin that nothing else holds; null: it floats.</summary>
    public static bool? Level(PinDrive drive) => drive switch
    {
        PinDrive.High or PinDrive.PullUp => true,
        PinDrive.Low or PinDrive.PullDown => false,
        _ => null,
    };
}
