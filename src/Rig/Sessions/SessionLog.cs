using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Sessions;

/// <summary>
/// A session as it grows: every event is hashed and counted, all or only the last of them are kept. One thread at a
/// time records; any thread may read meanwhile.
/// </summary>
/// <param name="kept">How many events to keep at least; 1,000 or more.</param>
/// <param name="hashes">Whether events are hashed; without it nobody can record them.</param>
public sealed class SessionLog(int kept = int.MaxValue, bool hashes = true) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Sighting> _sightings = [];
    private readonly List<SessionEvent> _vitals = [];
    private readonly SessionHash? _hash = hashes ? new() : null;
    private readonly RunTally _tally = new();
    private readonly int _kept = Math.Max(kept, 1000);
    private readonly List<SessionNote> _notes = [];
    private Action<Sighting>? _observer;
    private Action<SessionNote>? _reader;
    private LineReader? _lineReader;
    private long _first;
    private bool _isTelling;

    /// <summary>The events that are kept, oldest first: a view that grows with the session.</summary>
    public IReadOnlyList<SessionEvent> Events => field ??= new EventView(this);

    /// <summary>How many events there have been.</summary>
    public long Total
    {
        get
        {
            lock (_gate) return _first + _sightings.Count;
        }
    }

    /// <summary>The place of the oldest event that is kept.</summary>
    public long First
    {
        get
        {
            lock (_gate) return _first;
        }
    }

    /// <summary>The run's time at the last event; zero before the first.</summary>
    public TimeSpan Latest
    {
        get
        {
            lock (_gate) return _sightings.Count > 0 ? _sightings[^1].At : TimeSpan.Zero;
        }
    }

    /// <summary>SHA-256 over all events so far (<see cref="SessionHash"/>), 64 hex digits; "" without it.</summary>
    public string Hash
    {
        get
        {
            lock (_gate) return _hash?.Current() ?? "";
        }
    }

    /// <summary>
    /// What is kept of events and of samples of heap, CPU and watchdog, by time; a sample is before the events of its
    /// time. Samples are beside the events: they have no place among them, so no expectation sees them and no count
    /// changes with them.
    /// </summary>
    public IReadOnlyList<SessionEvent> EventsWithVitals()
    {
        lock (_gate)
        {
            if (_vitals.Count == 0) return [.. _sightings.Select(s => s.Event)];
            var all = new List<SessionEvent>(_sightings.Count + _vitals.Count);
            var next = 0;
            foreach (var sighting in _sightings)
            {
                for (; next < _vitals.Count && _vitals[next].At <= sighting.At; next++) all.Add(_vitals[next]);
                all.Add(sighting.Event);
            }

            all.AddRange(_vitals.Skip(next));
            return all;
        }
    }

    /// <exception cref="InvalidOperationException">A callback that is given an event's line records one.</exception>
    public void Append(SessionEvent e)
    {
        if (_isTelling) throw new InvalidOperationException($"{e.Kind} is recorded while an event's line is read");
        if (e.Lane == SessionLane.Vitals)
        {
            AppendVitals(e);
            return;
        }

        Sighting sighting;
        Action<Sighting>? observer;
        LineReader? lineReader;
        ReadOnlySpan<byte> line;
        lock (_gate)
        {
            line = _hash is null ? default : _hash.Add(e);
            sighting = new Sighting(_first + _sightings.Count, e);
            _tally.Add(e);
            _sightings.Add(sighting);
            if (_sightings.Count >= 2L * _kept)
            {
                _first += _sightings.Count - _kept;
                _sightings.RemoveRange(0, _sightings.Count - _kept);
            }

            (observer, lineReader) = (_observer, _lineReader);
        }

        Tell(lineReader, e, line);
        observer?.Invoke(sighting);
    }

    /// <summary>The event at a place; false where there is none yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no longer kept.</exception>
    public bool TryGet(long index, out Sighting sighting)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(index, _first);
            var found = index - _first < _sightings.Count;
            sighting = found ? _sightings[(int)(index - _first)] : default;
            return found;
        }
    }

    /// <summary>A copy of what is kept, oldest first.</summary>
    public IReadOnlyList<Sighting> Kept()
    {
        lock (_gate) return [.. _sightings];
    }

    /// <summary>
    /// The place of the first kept event at that time or later; <see cref="Total"/> where there is none.
    /// </summary>
    public long FirstAtOrAfter(TimeSpan time)
    {
        lock (_gate)
        {
            var (low, high) = (0, _sightings.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_sightings[middle].At < time) low = middle + 1;
                else high = middle;
            }

            return _first + low;
        }
    }

    /// <summary>Up to <paramref name="count"/> kept events that end two behind a place.</summary>
    public IReadOnlyList<Sighting> Around(long index, int count)
    {
        lock (_gate)
        {
            var end = (int)Math.Min(_sightings.Count, index - _first + 3);
            var start = Math.Max(0, end - count);
            return end <= start ? [] : _sightings.GetRange(start, end - start);
        }
    }

    /// <summary>
    /// Calls back on every further event and sample, in order, on the thread that records it. Samples come with the
    /// index -1.
    /// </summary>
    public void Watch(Action<Sighting> observer)
    {
        lock (_gate) _observer += observer;
    }

    /// <summary>
    /// Calls back on every further event and sample with its line, and on the notes that are between the events, in
    /// their order, on the thread that records them. Others may read the session meanwhile. The callback may not
    /// record an event.
    /// </summary>
    internal void Watch(LineReader events, Action<SessionNote> notes)
    {
        lock (_gate)
        {
            _lineReader += events;
            _reader += notes;
        }
    }

    /// <summary>
    /// The notes beside the events: scripts, services, and the places of the rig's acts. All of it where all events
    /// are kept; else the acts of the events that are.
    /// </summary>
    public IReadOnlyList<SessionNote> Notes()
    {
        lock (_gate) return [.. _notes];
    }

    /// <summary>Notes what is no event and yet needed to repeat the run; no hash covers it.</summary>
    public void Note(SessionNote note)
    {
        Action<SessionNote>? reader;
        lock (_gate)
        {
            _notes.Add(note);
            _tally.Add(note);
            if (_notes.Count >= 2L * _kept) _notes.RemoveAll(n => n is SessionNote.Acted && n.Index < _first);
            reader = _reader;
        }

        reader?.Invoke(note);
    }

    /// <summary>Notes a name that a modem asked for and no service has.</summary>
    /// <param name="service">What it was asked for, such as "mqtt://broker.test:1883"; null: nobody knows.</param>
    public void NoteUnknownHost(string host, string? service)
    {
        lock (_gate) _tally.AddUnknownHost(new UnknownHost(host, service));
    }

    /// <summary>What the run came to.</summary>
    /// <param name="now">The run's time.</param>
    public RunSummary Summarise(TimeSpan now)
    {
        lock (_gate) return _tally.Summarise(now, _first + _sightings.Count, _hash?.Current() ?? "");
    }

    public void Dispose()
    {
        lock (_gate) _hash?.Dispose();
    }

    private void AppendVitals(SessionEvent e)
    {
        Action<Sighting>? observer;
        LineReader? lineReader;
        lock (_gate)
        {
            _vitals.Add(e);
            if (_vitals.Count >= 2L * _kept) _vitals.RemoveRange(0, _vitals.Count - _kept);
            (observer, lineReader) = (_observer, _lineReader);
        }

        Tell(lineReader, e, default);
        observer?.Invoke(new Sighting(-1, e));
    }

    /// <summary>The line is valid until the next event is recorded, so nobody may record one from here.</summary>
    private void Tell(LineReader? reader, SessionEvent e, ReadOnlySpan<byte> line)
    {
        if (reader is null) return;
        _isTelling = true;
        try
        {
            reader(e, line);
        }
        finally
        {
            _isTelling = false;
        }
    }

    /// <summary>Takes an event and its line with the line end; the line is empty for a sample of vitals.</summary>
    internal delegate void LineReader(SessionEvent e, ReadOnlySpan<byte> line);
}
