using System.Device.Gpio;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Modem.Pins;

namespace AirHil.Board.Pins;

/// <summary>
/// Lines of one GPIO chip of this machine. A line that nobody holds is an input without a pull. The package's threads
/// end without a word where a chip goes away, its writes fail there with libgpiod 2 only, and the system keeps 16
/// changes of a line and drops the others: all lines are read again and again.
/// </summary>
/// <param name="chip">Its number, name or label.</param>
/// <param name="lines">By the module's pins.</param>
/// <param name="open">Opens the chip; null: by libgpiod.</param>
/// <param name="pause">Between two readings; null: half a second.</param>
internal sealed class GpiodPins(
    string chip, IReadOnlyDictionary<int, PinLine.Gpiod> lines, Func<string, GpioDriver>? open = null,
    TimeSpan? pause = null) : IPinDriver
{
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();

    /// <summary>Who opens and closes lines. The package waits for its threads then: they do not wait for it.</summary>
    private readonly Lock _lines = new();

    /// <summary>Who tells a level: in between nobody reads another one.</summary>
    private readonly Lock _told = new();

    private readonly Dictionary<int, bool> _levels = [];
    private readonly Dictionary<int, int> _pins = lines.ToDictionary(l => l.Value.Number, l => l.Key);
    private readonly HashSet<int> _held = [];
    private readonly HashSet<int> _watched = [];
    private GpioController? _controller;
    private volatile IPinSink? _sink;
    private Task _reading = Task.CompletedTask;

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

        _reading = ReadAgainAsync(sink);
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
                IsLineHigh(pin);
            }
        });
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _sink = null;
        await _end.CancelAsync();
        await _reading;
        // An output keeps its level where the chip's driver lets it; the next run finds the wire free.
        foreach (var pin in _held) TryEnd(() => Free(pin, lines[pin]));
        foreach (var (pin, line) in lines) TryEnd(() => Ignore(pin, line));
        TryEnd(() => _controller?.Dispose());
    }

    private static void TryEnd(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (IsOfChip(e))
        {
            // The chip has gone, and its lines with it.
        }
    }

    private async Task ReadAgainAsync(IPinSink sink)
    {
        try
        {
            while (true)
            {
                await Task.Delay(pause ?? ReadPause, _end.Token);
                lock (_lines)
                {
                    foreach (var pin in lines.Keys) Try(pin, "be read any more", () => ReadOrAsk(pin));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (PinException problem)
        {
            sink.Failed(problem);
        }
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
        lock (_told) _levels.Remove(pin);
        Read(pin);
    }

    private void ReadOrAsk(int pin)
    {
        if (_watched.Contains(pin)) Read(pin);
        else IsLineHigh(pin);
    }

    private void Read(int pin)
    {
        lock (_told) Tell(pin, IsLineHigh(pin) != lines[pin].Inverted);
    }

    /// <summary>Throws where the chip has gone, also for a line that is held.</summary>
    private bool IsLineHigh(int pin) => _controller!.Read(lines[pin].Number) == PinValue.High;

    private void Tell(int pin, bool isHigh)
    {
        if (_levels.TryGetValue(pin, out var before) && before == isHigh) return;
        _levels[pin] = isHigh;
        _sink?.Seen(pin, isHigh);
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
        lock (_told) Tell(pin, change.ChangeType.HasFlag(PinEventTypes.Rising) != lines[pin].Inverted);
    }

    private void Try(int pin, string what, Action act)
    {
        try
        {
            lock (_lines) act();
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
