using AirHil.Board.Description;

namespace AirHil.Board.Pins;

/// <summary>Makes the drivers of the pins that a bench file describes.</summary>
internal static class PinDrivers
{
    /// <summary>One for each GPIO chip, and one for all commands.</summary>
    /// <param name="folder">Where commands run.</param>
    public static IReadOnlyList<IPinDriver> For(IReadOnlyDictionary<int, PinLine> pins, string folder)
    {
        var drivers = new List<IPinDriver>();
        foreach (var chip in Of<PinLine.Gpiod>(pins).GroupBy(p => p.Value.Chip, StringComparer.Ordinal))
        {
            drivers.Add(new GpiodPins(chip.Key, chip.ToDictionary()));
        }

        var commands = Of<PinLine.Command>(pins).ToDictionary();
        if (commands.Count > 0) drivers.Add(new CommandPins(commands, folder));
        return drivers;
    }

    private static IEnumerable<KeyValuePair<int, T>> Of<T>(IReadOnlyDictionary<int, PinLine> pins) where T : PinLine =>
        pins.Where(p => p.Value is T).Select(p => KeyValuePair.Create(p.Key, (T)p.Value));
}
