using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>
/// Plays a recording against a run that acts for itself. The run's acts are matched in order with the recorded ones;
/// what followed a recorded act follows the run's, after the same time. Where the recording waits for an act, it waits
/// here too. Modem, network and service of the run share one player, so that everything comes in the recorded order.
/// </summary>
internal sealed class RecordedPlayer : IDisposable
{
    private readonly string _name;
    private readonly SessionReader _reader;
    private readonly SessionReader _ahead;
    private readonly Queue<TimeSpan> _arrived = new();
    private SessionEvent? _next;
    private SessionEvent? _forModem;
    private TimeSpan _offset;
    private TimeSpan _now;
    private bool _isOver;
    private bool _hasYielded;

    public RecordedPlayer(string path)
    {
        _name = path;
        _reader = SessionReader.Open(path);
        _ahead = SessionReader.Open(path);
    }

    /// <summary>When the next event is due; null: none before the next act.</summary>
    public TimeSpan? NextTimeout { get; private set; }

    /// <summary>The run did something. It must be what the recording has next.</summary>
    /// <param name="anyModem">Whichever modem the recording names is right.</param>
    /// <exception cref="RecordingDeviationException">The recording has something else, or nothing more.</exception>
    public void Arrive(SessionEvent act, bool anyModem)
    {
        var recorded = NextAct();
        if (recorded is null || recorded.Kind != act.Kind || recorded.Text != act.Text
            || (!anyModem && recorded.Modem != act.Modem) || !recorded.Bytes.Span.SequenceEqual(act.Bytes.Span))
        {
            var did = FailureReport.Line(act);
            throw new RecordingDeviationException(
                $"the run leaves its recording: it did\n    {did}\n  and {_name} has " +
                (recorded is null
                    ? "no act any more"
                    : $"as its next act (line {_ahead.Line})\n    {FailureReport.Line(recorded)}") +
                "\n  likely cause: the feature or its seed is not the one that was recorded; record it again");
        }

        _arrived.Enqueue(act.At);
    }

    /// <summary>Time has come to <paramref name="now"/>.</summary>
    public void Wake(TimeSpan now)
    {
        _now = now;
        NextTimeout = null;
    }

    /// <summary>The next event that is due and is not an act of the rig.</summary>
    public bool TryTake(out SessionEvent happened)
    {
        happened = null!;
        while (TryPeek(out var e))
        {
            switch (Part(e))
            {
                case EventPart.Act when _arrived.TryDequeue(out var at):
                    _offset = at - e.At;
                    _next = null;
                    continue;
                case EventPart.Act:
                    NextTimeout = null;
                    return false;
                case EventPart.OfTheRun when !_hasYielded:
                    // It is the run's to do this, and nobody tells when it has: it gets the chance at this instant.
                    _hasYielded = true;
                    NextTimeout = _now;
                    return false;
                case EventPart.OfTheRun:
                    _hasYielded = false;
                    _next = null;
                    continue;
            }

            var due = e.At + _offset;
            if (due > _now)
            {
                NextTimeout = due;
                return false;
            }

            _next = null;
            happened = _offset == TimeSpan.Zero ? e : e with { At = due };
            return true;
        }

        NextTimeout = null;
        return false;
    }

    /// <summary>Keeps an event for the modem to report, since the rig relies on that report.</summary>
    public void HandToModem(SessionEvent e) => _forModem = e;

    /// <summary>What was kept for the modem; null: nothing, or it was taken.</summary>
    public SessionEvent? TakeForModem()
    {
        var e = _forModem;
        _forModem = null;
        return e;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _ahead.Dispose();
    }

    private static EventPart Part(SessionEvent e) =>
        // Faults of the serial lines act on what the run sends, before the modem.
        e is Marked or CommandIgnored or FaultBegan { Fault: UartFault } or FaultEnded { Fault: UartFault }
            ? EventPart.OfTheRun
        : e.IsAct ? EventPart.Act
        : EventPart.OfTheModem;

    private bool TryPeek(out SessionEvent e)
    {
        while (_next is null && !_isOver)
        {
            if (_reader.TryRead(out var entry)) _next = entry.Event;
            else _isOver = true;
        }

        e = _next!;
        return _next is not null;
    }

    private SessionEvent? NextAct()
    {
        while (_ahead.TryRead(out var entry))
        {
            if (entry.Event is { } e && Part(e) == EventPart.Act) return e;
        }

        return null;
    }

    /// <summary>Whose an event is.</summary>
    private enum EventPart
    {
        /// <summary>The modem, the air or the service did it: it is played.</summary>
        OfTheModem,

        /// <summary>The rig did it, and the modem, the air or the service heard of it.</summary>
        Act,

        /// <summary>The rig did it, and nobody heard of it.</summary>
        OfTheRun,
    }
}
