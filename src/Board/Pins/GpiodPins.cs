using System.Device.Gpio;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Modem.Pins;

namespace AirHil.Board.Pins;

/// <summary>Lines of one GPIO chip of this machine. A line that nobody holds is an input without a pull.</summary>
/// <param name="chip">Its number, name or label.</param>
/// <param name="lines">By the module's pins.</param>
/// <param name="open">Opens the chip; null: by libgpiod.</param>
internal sealed class GpiodPins(
    string chip, IReadOnlyDictionary<int, PinLine.Gpiod> lines, Func<string, GpioDriver>? open = null) : IPinDriver
{
    private readonly Dictionary<int, int> _pins = lines.ToDictionary(l => l.Value.Number, l => l.Key);
    private readonly HashSet<int> _held = [];
    private readonly HashSet<int> _watched = [];
    private GpioController? _controller;
    private IPinSink? _sink;

    public IReadOnlyList<PinWire> Wires { get; } = [.. lines.Select(l => l.Value.WireTo(l.Key))];

    public Task OpenAsync(IPinSink sink, CancellationToken cancel)
    {
        _sink = sink;
        _controller = new GpioController((open ?? GpiodChip.Open)(chip));
        foreach (var (pin, line) in lines)
        {
            Try(pin, "be taken", () =>
            {
                _controller.OpenPin(line.Number, PinMode.Input);
                Watch(pin, line);
            });
        }

        return Task.CompletedTask;
    }

    public Task HoldAsync(int pin, PinHold hold, CancellationToken cancel)
    {
        var line = lines[pin];
        Try(pin, hold == PinHold.Released ? "be released" : "be held", () =>
        {
            PinValue level = (hold == PinHold.High) != line.Inverted;
            if (hold == PinHold.Released)
            {
                if (_held.Remove(pin)) Free(pin, line);
            }
            else if (_held.Add(pin))
            {
                Ignore(pin, line);
                // Opened with its level, so that it is at no other level in between.
                _controller!.ClosePin(line.Number);
                _controller.OpenPin(line.Number, PinMode.Output, level);
            }
            else
            {
                _controller!.Write(line.Number, level);
            }
        });
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _sink = null;
        try
        {
            // An output keeps its level where the chip's driver lets it; the next run finds the wire free.
            foreach (var pin in _held) Free(pin, lines[pin]);
            foreach (var (pin, line) in lines) Ignore(pin, line);
            _controller?.Dispose();
        }
        catch (Exception e) when (IsOfChip(e))
        {
            // The chip has gone, and its lines with it.
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What the package throws where the system refuses.</summary>
    private static bool IsOfChip(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException
            or NotSupportedException or TimeoutException;

    private void Free(int pin, PinLine.Gpiod line)
    {
        _controller!.ClosePin(line.Number);
        _controller.OpenPin(line.Number, PinMode.Input);
        Watch(pin, line);
    }

    private void Watch(int pin, PinLine.Gpiod line)
    {
        if (_sink is null || line.Direction == PinDirection.Rig) return;
        _watched.Add(pin);
        // Watched first, so that no change between the two calls is missed.
        _controller!.RegisterCallbackForPinValueChangedEvent(
            line.Number, PinEventTypes.Rising | PinEventTypes.Falling, OnChange);
        _sink.Seen(pin, (_controller.Read(line.Number) == PinValue.High) != line.Inverted);
    }

    private void Ignore(int pin, PinLine.Gpiod line)
    {
        if (!_watched.Remove(pin)) return;
        _controller!.UnregisterCallbackForPinValueChangedEvent(line.Number, OnChange);
    }

    // On a thread of the package.
    private void OnChange(object sender, PinValueChangedEventArgs change)
    {
        if (!_pins.TryGetValue(change.PinNumber, out var pin)) return;
        _sink?.Seen(pin, change.ChangeType.HasFlag(PinEventTypes.Rising) != lines[pin].Inverted);
    }

    private void Try(int pin, string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (IsOfChip(e))
        {
            throw new PinException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pin {pin} cannot {what}: line {lines[pin].Number} of the GPIO chip '{chip}': {e.Message.Trim()}")
                + ". Does the chip have this line, and does nobody else use it? 'gpioinfo' lists them",
                e);
        }
    }
}
