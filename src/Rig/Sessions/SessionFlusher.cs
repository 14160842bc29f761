namespace AirHil.Rig.Sessions;

/// <summary>
/// Calls for a flush every second of the wall clock on a thread of its own. It stands outside of the run: what it does
/// changes when bytes reach a file, never which.
/// </summary>
internal sealed class SessionFlusher
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(900);
    private readonly ManualResetEventSlim _stop = new();

    public SessionFlusher(Action flush)
    {
        var thread = new Thread(() =>
        {
            while (!_stop.Wait(Period)) flush();
            _stop.Dispose();
        })
        {
            IsBackground = true,
            Name = "session flush",
        };
        thread.Start();
    }

    public void Stop() => _stop.Set();
}
