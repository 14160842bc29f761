namespace AirHil.Board.Modem;

/// <summary>
/// How many bytes of a board's ports may be on their way to its world. A port that brings more has to wait, and its
/// sender with it: nothing is dropped.
/// </summary>
internal sealed class PortRoom : IDisposable
{
    /// <summary>A megabyte of all ports of a board.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>A monitor sleeps at once; other waits look many times before (decision 012).</summary>
    private readonly object _gate = new();

    private int _bytes;
    private bool _hasEnded;

    /// <summary>Counts bytes in; waits before while there is no room. After the end nobody waits.</summary>
    public void Take(int bytes)
    {
        lock (_gate)
        {
            while (_bytes >= MostBytes && !_hasEnded) Monitor.Wait(_gate);
            _bytes += bytes;
        }
    }

    /// <summary>The world has taken them.</summary>
    public void GiveBack(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }
}
