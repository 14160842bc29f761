using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Golden;

/// <summary>The log of a run on the virtual module, and the intervals in it.</summary>
internal sealed class ModuleLog
{
    private readonly IReadOnlyList<SessionEvent> _lines;

    private ModuleLog(IEnumerable<SessionEvent> lines) => _lines = [.. lines];

    public int Count => _lines.Count;

    public IEnumerable<string> Masked => _lines.Select(line => GoldenTrace.Mask(line.Text));

    public SessionEvent this[int index] => _lines[index];

    /// <summary>All records so far, of all starts.</summary>
    public static ModuleLog Of(Bench bench) => new(bench.Events.Where(e => e.Lane == SessionLane.Log));

    /// <summary>Powers a module with this script in the default world.</summary>
    public static async Task<Bench> Powered(FirmwareSource script, BenchOptions options)
    {
        var bench = new Bench(options);
        bench.Firmware(script);
        await bench.ApplyPower();
        return bench;
    }

    /// <summary>The records up to and including the n-th that begins so; all where there are fewer.</summary>
    public ModuleLog UpTo(string start, int nth)
    {
        var place = Places(start).Skip(nth - 1).DefaultIfEmpty(Count - 1).First();
        return new ModuleLog(_lines.Take(place + 1));
    }

    /// <summary>The tick of the n-th record that begins so, in ms: a whole number, as the log tool shows it.</summary>
    public double At(string start, int nth = 1)
    {
        var places = Places(start).ToArray();
        places.Length.ShouldBeGreaterThanOrEqualTo(nth, $"'{start}' is missing in\n{this}");
        return _lines[places[nth - 1]].Tick!.Value.TotalMilliseconds;
    }

    /// <summary>From the n-th record that begins so to the first behind it that begins otherwise, in ms.</summary>
    public double Between(string from, int nth, string to)
    {
        var start = At(from, nth);
        var place = Places(from).ElementAt(nth - 1);
        var behind = Places(to).Where(other => other > place).ToArray();
        behind.ShouldNotBeEmpty($"'{to}' is missing behind '{from}' in\n{this}");
        return _lines[behind[0]].Tick!.Value.TotalMilliseconds - start;
    }

    public int CountOf(string start) => Places(start).Count();

    public override string ToString() => string.Join('\n', _lines.Select(static line =>
        FormattableString.Invariant($"[{line.Tick!.Value.TotalSeconds:F3}] {line.Text}")));

    private IEnumerable<int> Places(string start) =>
        Enumerable.Range(0, Count).Where(i => _lines[i].Text.StartsWith(start, StringComparison.Ordinal));
}
