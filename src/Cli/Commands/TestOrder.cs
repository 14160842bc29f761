using AirHil.Cli.Targets;

namespace AirHil.Cli.Commands;

/// <summary>What the command line of `airhil test` says.</summary>
internal sealed record TestOrder
{
    public required string[] Paths { get; init; }
    public required ulong Seed { get; init; }
    public required int Bits { get; init; }
    public required DateTimeOffset? Start { get; init; }
    public required string? Tags { get; init; }
    public required string? Name { get; init; }
    public required int Jobs { get; init; }
    public required TargetChoice Target { get; init; }
    public required bool WithLong { get; init; }
    public required string Format { get; init; }
    public required bool Verbose { get; init; }
    public required bool DryRun { get; init; }
    public required bool Hashes { get; init; }
    public required string? Coverage { get; init; }
    public required TimeSpan WallLimit { get; init; }

    public string Filters =>
        string.Join(" and ",
            ((string?[])
            [
                Tags is null ? null : $"--tags \"{Tags}\"", Name is null ? null : $"-k \"{Name}\"",
            ]).OfType<string>()) is { Length: > 0 } text
        ? text
        : "(no filter was given)";
}
