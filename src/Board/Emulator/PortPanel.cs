namespace AirHil.Board.Emulator;

/// <summary>The ports of an emulated bench that are plugged in, and those that have just gone.</summary>
internal sealed class PortPanel(BoardTime time) : IDisposable
{
    /// <summary>
    /// How long, on the wall's clock, a port that is gone by its name can still be read: a hub tells of a device that
    /// has gone some time after, and what the host has taken by then is not lost.
    /// </summary>
    private static readonly TimeSpan HangUpDelay = TimeSpan.FromMilliseconds(150);

    private readonly TerminalWatch _watch = new();
    private readonly Dictionary<uint, EmulatedPort> _plugged = [];
    private readonly Queue<(TimeSpan Due, PseudoTerminal Terminal)> _leaving = new();
    private readonly List<uint> _ready = [];
    private uint _lastKey;

    /// <summary>When the next port that has gone is given back; null: there is none.</summary>
    public TimeSpan? NextHangUp => _leaving.TryPeek(out var first) ? first.Due : null;

    /// <summary>The port appears.</summary>
    public PseudoTerminal PlugIn(EmulatedPort port)
    {
        var terminal = port.PlugIn();
        var key = ++_lastKey;
        _plugged.Add(key, port);
        _watch.Watch(terminal, key);
        return terminal;
    }

    /// <summary>The port goes, if it is there.</summary>
    public void PullOut(EmulatedPort port, TimeSpan now)
    {
        if (port.PullOut() is not { } terminal) return;
        _plugged.Remove(_plugged.First(p => p.Value == port).Key);
        _leaving.Enqueue((now + HangUpDelay * time.Speed, terminal));
    }

    /// <summary>Gives back the ports that went long enough ago.</summary>
    public void HangUp(TimeSpan now)
    {
        while (NextHangUp <= now) _leaving.Dequeue().Terminal.Dispose();
    }

    /// <summary>Waits until something happens at a port, <see cref="Wake"/> is called, or the time is over.</summary>
    public void Wait(TimeSpan longest) => _watch.Wait(longest, _ready);

    /// <summary>Ends the wait of the board's thread, or its next one. Any thread may call it.</summary>
    public void Wake() => _watch.Wake();

    /// <summary>Serves the ports at which something happened during the wait.</summary>
    public void ServeReady(Action<EmulatedPort> serve)
    {
        foreach (var key in _ready)
        {
            if (_plugged.TryGetValue(key, out var port)) serve(port);
        }

        _ready.Clear();
    }

    public void Dispose()
    {
        foreach (var port in _plugged.Values.ToArray()) port.PullOut()?.Dispose();
        foreach (var (_, terminal) in _leaving) terminal.Dispose();
        _watch.Dispose();
    }
}
