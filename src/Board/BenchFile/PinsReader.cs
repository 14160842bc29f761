using AirHil.Board.Description;
using AirHil.Modem.Pins;
using YamlDotNet.RepresentationModel;

namespace AirHil.Board.BenchFile;

/// <summary>Reads the pins of the boards of one bench file. No two of them may be one line.</summary>
internal sealed class PinsReader(ProblemList problems)
{
    private const int MostLine = 65_535;

    private readonly Dictionary<(string Chip, int Line), string> _owners = [];

    /// <summary>The pins of one board.</summary>
    public SortedDictionary<int, PinLine> Read(string name, SectionReader board)
    {
        var pins = new SortedDictionary<int, PinLine>();
        foreach (var (key, value) in board.Section("pins", null).Entries())
        {
            if (PinOf(name, key) is not { } pin) continue;
            var path = $"boards.{name}.pins.{key.Value}";
            if (pins.ContainsKey(pin)) problems.Add(key, $"{path}: the pin {pin} is there twice");
            else if (Line(path, value) is { } line) pins.Add(pin, line);
        }

        return pins;
    }

    private int? PinOf(string name, YamlScalarNode key)
    {
        try
        {
            return ModulePin.Parse(key.Value!);
        }
        catch (FormatException e)
        {
            problems.Add(key, $"boards.{name}.pins: {e.Message}");
            return null;
        }
    }

    private PinLine? Line(string path, YamlNode value)
    {
        var pin = new SectionReader(value, path, BenchFileKeys.Pin, problems);
        if (pin.Node is null) return null;
        var kinds = BenchFileKeys.Pin.Where(pin.Has).ToArray();
        if (kinds.Length != 1)
        {
            problems.Add(value, $"{path}: exactly one of {string.Join(", ", BenchFileKeys.Pin)} is expected");
            return null;
        }

        return kinds[0] == "gpiod" ? Gpiod(path, pin) : Command(path, pin);
    }

    private PinLine.Gpiod? Gpiod(string path, SectionReader pin)
    {
        var gpiod = pin.Section("gpiod", BenchFileKeys.Gpiod);
        var names = string.Join(", ", BenchFileKeys.Directions.Select(d => d.Name));
        gpiod.Require("chip", "the GPIO chip by its number, name or label, as 0, gpiochip0 or cp2112_gpio");
        gpiod.Require("line", "the line's number on the chip, as gpioinfo lists it");
        gpiod.Require("direction", $"who drives the wire: one of {names}");
        if (gpiod.Node is not { } node) return null;
        if (gpiod.Text("chip", "a chip, as 0 or cp2112_gpio") is not { } chip) return null;
        var number = gpiod.Whole("line", 0, 0, MostLine);
        if (!_owners.TryAdd((chip, number), path))
        {
            var owner = _owners[(chip, number)];
            problems.Add(node, $"{path}: line {number} of the chip {chip} is that of {owner} already");
        }

        if (gpiod.Text("direction", $"one of {names}") is not { } direction) return null;
        var at = Array.FindIndex(BenchFileKeys.Directions, d => d.Name == direction);
        if (at >= 0)
        {
            return new PinLine.Gpiod(chip, number, BenchFileKeys.Directions[at].Direction, gpiod.Flag("inverted"));
        }

        problems.Add(gpiod.Get("direction")!, $"{path}.gpiod.direction: '{direction}'; expected: one of {names}");
        return null;
    }

    private PinLine.Command? Command(string path, SectionReader pin)
    {
        var command = pin.Section("command", BenchFileKeys.PinCommand);
        if (command.Node is not { } node) return null;
        string? Of(string key) => command.Text(key, "a command");
        var line = new PinLine.Command(Of("high"), Of("low"), Of("release"), Of("read"), Of("watch"));
        var isHeld = command.Has("high") || command.Has("low");
        if (!command.Entries().Any())
        {
            problems.Add(node, $"{path}.command: no command; expected: {string.Join(", ", BenchFileKeys.PinCommand)}");
        }

        if (isHeld && !command.Has("release"))
        {
            problems.Add(node, $"{path}.command: the key 'release' is missing: the command that frees the pin again");
        }

        if (!isHeld && command.Has("release"))
        {
            problems.Add(node, $"{path}.command: 'release' frees a pin that 'high' or 'low' holds; none is there");
        }

        if (command.Has("read") && command.Has("watch"))
        {
            problems.Add(node, $"{path}.command: 'read' and 'watch' both tell the pin's level; one of them is enough");
        }

        return line;
    }
}
