using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Surroundings;

/// <summary>Runs a script without faults in surroundings that are tried.</summary>
internal sealed class Probe(BenchOptions options, FirmwareSource firmware, CancellationToken cancel)
{
    private readonly HashSet<string> _files = [.. firmware.Files.Select(f => f.Key)];

    public int Runs { get; private set; }

    /// <summary>How long a run is.</summary>
    public TimeSpan Length { get; set; } = TimeSpan.FromSeconds(60);

    /// <exception cref="OperationCanceledException">The user ended it.</exception>
    public ProbeOutcome Run(IReadOnlyList<Neighbour> around)
    {
        cancel.ThrowIfCancellationRequested();
        Runs++;
        var trail = new ScriptTrail();
        var counting = options.Target is VirtualTarget target
            ? options with { Target = target.Counting(trail), Hashes = false }
            : options;
        var bench = new Bench(counting);
        try
        {
            foreach (var neighbour in around.Where(n => !n.IsAct)) neighbour.Join(bench);
            bench.Firmware(firmware);
            bench.ApplyPower().AsTask().GetAwaiter().GetResult();
            foreach (var neighbour in around.Where(n => n.IsAct)) neighbour.Join(bench);
            bench.RunUntil(() => false, Length).AsTask().GetAwaiter().GetResult();
            return new ProbeOutcome([.. bench.Events], trail.Functions(_files), bench.Summary().UnknownHosts);
        }
        finally
        {
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
