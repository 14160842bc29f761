namespace AirHil.Rig.Sessions;

/// <summary>
/// Calls for a flush every second of the wall clock on a thread of its own. It is outside of the run: what it does
/// changes when bytes reach a file, never which.
/// </summary>
internal sealed class SessionFlusher
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(900);
    private readonly object _gate = new();
    private bool _stopped;

    public SessionFlusher(Action flush)
    {
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
            if (!_stopped) Monitor.Wait(_gate, Period);
            return !_stopped;
        }
    }
}
