using AirHil.Board.Log;

namespace AirHil.Board.Modem;

/// <summary>
/// Dates the lines of a module by their ticks: a line happened at anchor + tick, where the anchor is the run's time at
/// which the tick was 0. A line is never heard before it happened, so the anchor is at most the smallest
/// (arrival − tick) of the last lines. What was buffered while a port was away comes late, and does not move it. The
/// result depends on the inputs alone; no clock is read.
/// </summary>
internal sealed class TickClock(TickTimings timings)
{
    /// <summary>Before anything, and still fit for arithmetic.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(-100_000);

    private readonly Queue<Sample> _window = new();
    private Act? _act;
    private TimeSpan? _goneAt;
    private bool _isKnown;
    private bool _bannerSeen;
    private int _impossible;
    private TimeSpan _anchor;
    private TimeSpan _floor = Never;
    private TimeSpan _lastTick;
    private TimeSpan _lastAt = Never;
    private TimeSpan _lastArrival;

    /// <summary>Whether a start that the rig caused has not been seen yet.</summary>
    public bool AwaitsStart => _act is not null;

    /// <summary>The rig starts or resets the module.</summary>
    /// <param name="began">The module cannot have started earlier.</param>
    /// <param name="ended">When the act was done, which is taken for the start; null while that is not known.</param>
    public void Expect(TimeSpan began, TimeSpan? ended) => _act = new Act(began, ended ?? TimeSpan.MaxValue);

    /// <summary>
    /// The log port went away. A module that restarts leaves the bus at once, so a start that is heard of next was
    /// then, if its first lines agree.
    /// </summary>
    public void NoteGone(TimeSpan at) => _goneAt = at;

    /// <summary>Forgets the act that <see cref="Expect"/> told, if no start was seen since.</summary>
    public void ExpectNothing() => _act = null;

    /// <summary>Forgets the module's ticks, as when its supply was cut.</summary>
    public void Forget()
    {
        _window.Clear();
        (_act, _isKnown, _bannerSeen, _impossible) = (null, false, false, 0);
    }

    /// <summary>Dates lines that were heard together.</summary>
    /// <param name="lines">In the order of the log.</param>
    /// <param name="arrival">When they were heard; never earlier than before.</param>
    public DatedLine[] Date(ReadOnlySpan<LogRecord> lines, TimeSpan arrival)
    {
        var dated = new DatedLine[lines.Length];
        var run = new Run(0, false);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (IsStart(line, arrival))
            {
                End(run, lines[..i], dated, arrival);
                BeginStart(arrival);
                run = new Run(i, true);
            }
            else if (!_isKnown)
            {
                BeginAnywhere(line.Tick, arrival);
            }
            else if (IsImpossible(line.Tick, arrival))
            {
                if (++_impossible < timings.BelievedAfter) continue;
                // So many are no damage: the module counts otherwise than was thought.
                End(run, lines[..i], dated, arrival);
                BeginAnywhere(line.Tick, arrival);
                run = new Run(i, false);
            }

            _impossible = 0;
            _lastTick = line.Tick;
            _bannerSeen |= line.IsBanner;
            if (run.Latest is not { } latest || line.Tick > latest) run.Latest = line.Tick;
        }

        End(run, lines, dated, arrival);
        _lastArrival = arrival;
        return dated;
    }

    private bool IsStart(LogRecord line, TimeSpan arrival)
    {
        var implied = arrival - line.Tick;
        if (_act is { } act && implied >= act.Began - timings.Disorder) return true;
        if (!_isKnown) return false;
        if (line.IsBanner && _bannerSeen) return true;
        // A tick from before: of a new start, unless lines of the old one were heard when it would have begun.
        return line.Tick < _lastTick - timings.Disorder && implied >= _lastAt - timings.Disorder;
    }

    /// <summary>By this tick the module started before it did, or the tick goes back without a start.</summary>
    private bool IsImpossible(TimeSpan tick, TimeSpan arrival) =>
        arrival - tick < _floor || tick < _lastTick - timings.Disorder;

    private void BeginStart(TimeSpan arrival)
    {
        _window.Clear();
        if (!_isKnown) _lastAt = Never;
        if (_act is { } act)
        {
            _floor = act.Began - timings.Disorder;
            _anchor = Earlier(act.Ended, arrival);
            // The act counts as a line that was heard as it happened; it ages as every line does.
            _window.Enqueue(new Sample(arrival, _anchor));
        }
        else
        {
            _floor = _isKnown ? _lastAt - timings.Disorder : Never;
            _anchor = arrival;
            if (_goneAt is { } gone && gone >= _floor && arrival - gone <= timings.MostEnumeration)
            {
                // As an act is: a line that was heard as it happened.
                _anchor = gone;
                _window.Enqueue(new Sample(arrival, gone));
            }
        }

        (_act, _goneAt, _isKnown, _bannerSeen) = (null, null, true, false);
    }

    /// <summary>The module was running before, for nobody knows how long.</summary>
    private void BeginAnywhere(TimeSpan tick, TimeSpan arrival)
    {
        _window.Clear();
        if (!_isKnown) _lastAt = Never;
        (_isKnown, _anchor, _floor) = (true, arrival - tick, Never);
    }

    /// <summary>Dates the lines of one run, of which the latest tells how late they came.</summary>
    private void End(Run run, ReadOnlySpan<LogRecord> lines, DatedLine[] dated, TimeSpan arrival)
    {
        if (run.From == lines.Length) return;
        if (run.Latest is { } latest) Learn(arrival, arrival - latest);
        // Nothing of a start can have happened before the last line of the one before.
        if (run.IsStart && _anchor < _lastAt) _anchor = _lastAt;
        for (var i = run.From; i < lines.Length; i++)
        {
            var at = run.Latest is null ? arrival : Earlier(_anchor + lines[i].Tick, arrival);
            if (at > _lastAt) _lastAt = at;
            dated[i] = new DatedLine(_lastAt, run.IsStart && i == run.From ? Earlier(_anchor, _lastAt) : null);
        }
    }

    private void Learn(TimeSpan arrival, TimeSpan sample)
    {
        _window.Enqueue(new Sample(arrival, sample));
        while (_window.Count > timings.WindowLines || _window.Peek().Arrival < arrival - timings.WindowTime)
        {
            _window.Dequeue();
        }

        var least = _window.Min(s => s.Anchor);
        if (least <= _anchor)
        {
            _anchor = least;
            return;
        }

        var rise = least - _anchor;
        var stoodStill = rise > timings.MostDrift && _window.Count >= timings.BelievedAfter;
        _anchor += stoodStill ? rise : Earlier(rise, (arrival - _lastArrival) * timings.MostRise);
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct Act(TimeSpan Began, TimeSpan Ended);

    private readonly record struct Sample(TimeSpan Arrival, TimeSpan Anchor);

    /// <summary>Lines heard together that have the same anchor.</summary>
    private record struct Run(int From, bool IsStart)
    {
        /// <summary>The greatest tick among them that can be true.</summary>
        public TimeSpan? Latest { get; set; }
    }
}
