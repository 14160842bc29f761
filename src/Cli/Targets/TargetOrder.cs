using AirHil.Rig.Time;

namespace AirHil.Cli.Targets;

/// <summary>What the command line says about the target, as it says it.</summary>
internal sealed record TargetOrder
{
    public required string Target { get; init; }
    public RigClock Clock { get; init; }
    public bool IsLive { get; init; }
    public IReadOnlyList<string> Allowed { get; init; } = [];
    public IReadOnlyList<string> Upstreams { get; init; } = [];
    public double Speed { get; init; } = 1;
    public string? BenchFile { get; init; }
    public string? TokenFile { get; init; }
    public string? Fingerprint { get; init; }
    public string? Profile { get; init; }

    /// <summary>The virtual module as it is where nothing is said.</summary>
    public bool IsPlain =>
        this is { Target: TargetOpening.Virtual, Clock: RigClock.Virtual, IsLive: false, Speed: 1, Profile: null };
}
