using AirHil.Board.Pins;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.Board.Emulator;

/// <summary>
/// Wires to all pins of the module on an emulated board. They show what a wire shows: its level while the rig does not
/// hold it, and not whether the module drives it or pulls.
/// </summary>
internal sealed class EmulatedPins : IPinDriver
{
    private readonly EmulatedBoard _board;
    private readonly object _gate = new();
    private readonly PinHold[] _holds = new PinHold[ModulePin.Count];
    private readonly bool?[] _levels =
        [.. Enumerable.Range(0, ModulePin.Count).Select(pin => ModulePin.Level(ModulePin.AfterReset(pin)))];

    private IPinSink? _sink;

    /// <param name="board">A board whose time does not run yet.</param>
    public EmulatedPins(EmulatedBoard board)
    {
        _board = board;
        board.PinDriven = OnDriven;
    }

    public IReadOnlyList<PinWire> Wires { get; } =
        [.. Enumerable.Range(0, ModulePin.Count).Select(pin => new PinWire(pin, true, true, true))];

    public Task OpenAsync(IPinSink sink, CancellationToken cancel)
    {
        lock (_gate)
        {
            _sink = sink;
            for (var pin = 0; pin < _levels.Length; pin++) Tell(pin, null);
        }

        return Task.CompletedTask;
    }

    public Task HoldAsync(int pin, PinHold hold, CancellationToken cancel)
    {
        lock (_gate)
        {
            _holds[pin] = hold;
            _board.Post(new ModemCommand.HoldPin(pin, hold));
            Tell(pin, null);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) _sink = null;
        return ValueTask.CompletedTask;
    }

    // On the board's own thread.
    private void OnDriven(ModemReport.PinDriven driven, TimeSpan at)
    {
        lock (_gate)
        {
            // A pin that floats, or that a timer pulses, has no level that could be told.
            _levels[driven.Pin] = ModulePin.Level(driven.Drive);
            Tell(driven.Pin, at);
        }
    }

    private void Tell(int pin, TimeSpan? at)
    {
        if (_holds[pin] == PinHold.Released && _levels[pin] is { } level) _sink?.Seen(pin, level, at);
    }
}
