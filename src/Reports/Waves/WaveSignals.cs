namespace AirHil.Reports.Waves;

/// <summary>
/// The signals of a dump and their changes, put into order of time: a byte that the module sent is known when it has
/// left, and drawn from when it began.
/// </summary>
/// <param name="output">Where the changes go.</param>
internal sealed class WaveSignals(TextWriter output)
{
    /// <summary>How long changes are held back behind the latest event, in 100 ns.</summary>
    private const long Horizon = 5 * TimeSpan.TicksPerSecond;

    private readonly Dictionary<(string Scope, string Name), WaveSignal> _signals = [];
    private readonly PriorityQueue<(WaveSignal Signal, double Value), (long At, long Order)> _changes = new();
    private int _codes;
    private long _order;
    private long _written;
    private long _end;

    /// <summary>In the order in which they came up.</summary>
    public IEnumerable<WaveSignal> All => _signals.Values;

    public WaveSignal Of(string scope, string name, SignalKind kind)
    {
        if (_signals.TryGetValue((scope, name), out var signal)) return signal;
        var codes = Enumerable.Range(_codes, WaveSignal.CodesOf(kind)).Select(Code).ToArray();
        _codes += codes.Length;
        return _signals[(scope, name)] = new WaveSignal(scope, name, codes, kind);
    }

    /// <param name="at">In 100 ns; what lies before the last change that is written comes with that one.</param>
    public void Change(WaveSignal signal, double value, long at)
    {
        _changes.Enqueue((signal, value), (Math.Max(at, _written), _order++));
        _end = Math.Max(_end, at);
    }

    /// <summary>The session has come to that time.</summary>
    public void Reached(long now)
    {
        _end = Math.Max(_end, now);
        Flush(now - Horizon);
    }

    public void End()
    {
        Flush(long.MaxValue);
        if (_end > _written) output.WriteLine($"#{_end}");
    }

    private void Flush(long until)
    {
        while (_changes.TryPeek(out var change, out var key) && key.At <= until)
        {
            _changes.Dequeue();
            if (key.At > _written) output.WriteLine($"#{_written = key.At}");
            foreach (var line in change.Signal.Lines(change.Value)) output.WriteLine(line);
        }
    }

    /// <summary>Short codes of printable characters, as the format has them.</summary>
    private static string Code(int number)
    {
        var code = "";
        do
        {
            code += (char)('!' + (number % 94));
            number /= 94;
        }
        while (number > 0);
        return code;
    }
}
