using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.Board.Modem;

/// <summary>
/// The pins that the rig is wired to. A wire shows levels, whoever makes them; a change of level counts as what the
/// module does. What the rig sees while it awaits a start waits for that start: it may belong to the one before.
/// </summary>
/// <param name="wires">What the rig can do with which pin.</param>
internal sealed class BoardPins(BoardState state, BoardSupply supply, IReadOnlyCollection<PinWire> wires)
{
    private const int MostHeld = 10_000;

    /// <summary>Of the host: how long a pin is let alone that changes too often.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(1);

    private readonly bool?[] _told = [.. Enumerable.Range(0, ModulePin.Count).Select(AfterReset)];
    private readonly bool?[] _levels = [.. Enumerable.Range(0, ModulePin.Count).Select(AfterReset)];
    private readonly Queue<BoardInput.PinSeen> _held = new();
    private readonly HashSet<int> _restless = [];

    /// <summary>When the levels of restless pins are asked for.</summary>
    public TimeSpan? NextTimeout { get; private set; }

    /// <summary>The rig wants a pin held, or released.</summary>
    public void Hold(ModemCommand.HoldPin order)
    {
        if (wires.Any(w => w.Pin == order.Pin && w.Can(order.Hold)))
        {
            state.Want(new BoardAct.HoldPin(order.Pin, order.Hold));
            return;
        }

        state.Notice(
            $"pin {order.Pin} is not {(order.Hold == PinHold.Released ? "released" : "held")}: the board "
            + $"'{state.Board.Name}' has no wire for that. The bench file lists pins under 'pins'");
    }

    /// <summary>A pin was seen to have a level.</summary>
    public void See(BoardInput.PinSeen seen)
    {
        if (state.Life == BoardLife.Starting)
        {
            // The oldest are the likeliest to be of the start before.
            if (_held.Count == MostHeld) Apply(_held.Dequeue());
            _held.Enqueue(seen);
            return;
        }

        Apply(seen);
        if (IsListened) Tell(seen.Pin, seen.At);
    }

    /// <summary>A pin changes more often than is recorded. Its level is asked for later.</summary>
    public void NoteRestless(BoardInput.PinRestless restless, TimeSpan now)
    {
        if (_restless.Count == 0) NextTimeout = now + state.Host(CalmTime);
        if (!_restless.Add(restless.Pin)) return;
        state.Notice(
            $"pin {restless.Pin} changes more than {PinRow.MostChanges} times a second; the changes beyond that are "
            + "not recorded");
    }

    /// <summary>A start was seen: what is older was not of it.</summary>
    public void BeginStart(TimeSpan at)
    {
        while (_held.TryPeek(out var first) && first.At < at) Apply(_held.Dequeue());
        TellAll(at);
        TellHeld();
    }

    /// <summary>The supply is off, and the pins are as it leaves them.</summary>
    public void NoteOff(TimeSpan at)
    {
        while (_held.TryDequeue(out var seen)) Apply(seen);
        if (state.Life == BoardLife.Muted) TellAll(at);
    }

    public void HandleTimeout(TimeSpan now)
    {
        // No start was seen, and the board counts as running all the same.
        if (state.Life != BoardLife.Starting && _held.Count > 0) TellHeld();
        if (NextTimeout is not { } due || due > now) return;
        NextTimeout = null;
        foreach (var pin in _restless) state.Want(new BoardAct.AskPin(pin));
        _restless.Clear();
    }

    /// <summary>A board that is off has pins; one that merely counts as off is not listened to.</summary>
    private bool IsListened => state.Life != BoardLife.Muted || supply.IsOff;

    private void TellHeld()
    {
        while (_held.TryDequeue(out var seen))
        {
            Apply(seen);
            if (IsListened) Tell(seen.Pin, seen.At);
        }
    }

    private void TellAll(TimeSpan at)
    {
        foreach (var wire in wires) Tell(wire.Pin, at);
    }

    private void Apply(BoardInput.PinSeen seen) => _levels[seen.Pin] = seen.IsHigh;

    private void Tell(int pin, TimeSpan at)
    {
        if (_levels[pin] is not { } isHigh || _told[pin] == isHigh) return;
        _told[pin] = isHigh;
        state.Tell(new ModemReport.PinDriven(pin, isHigh ? PinDrive.High : PinDrive.Low) { HappenedAt = at });
    }

    private static bool? AfterReset(int pin) => ModulePin.Level(ModulePin.AfterReset(pin));
}
