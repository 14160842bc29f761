namespace AirHil.Rig.Sessions;

/// <summary>
/// Calls for a flush again and again, by the wall clock, on a thread of its own. It is outside of the run: what it does
/// changes when bytes reach a file, never which events.
/// </summary>
internal sealed class SessionFlusher
{
    private readonly object _gate = new();
    private readonly TimeSpan _period;
    private bool _stopped;

    /// <param name="period">From one flush to the next.</param>
    public SessionFlusher(Action flush, TimeSpan period)
    {
        _period = period;
        var thread = new Thread(() =>
        {
            while (Waits()) flush();
        })
        {
            IsBackground = true,
            Name = "session flush",
        };
        thread.Start();
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private bool Waits()
    {
        lock (_gate)
        {
            if (!_stopped) Monitor.Wait(_gate, _period);
            return !_stopped;
        }
    }
}
