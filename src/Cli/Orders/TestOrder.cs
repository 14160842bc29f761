using System.Globalization;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Plan;
using AirHil.Modem.Units;

namespace AirHil.Cli.Orders;

/// <summary>What the command line of `airhil test` says.</summary>
internal sealed record TestOrder
{
    /// <summary>How far apart samples of heap, CPU and watchdog are, where somebody will look at them.</summary>
    public static readonly TimeSpan VitalsInterval = TimeSpan.FromMilliseconds(100);

    public required string[] Paths { get; init; }
    public string[] Bindings { get; init; } = [];

    /// <summary>Functions that scripts may call although the model does not have them.</summary>
    public string[] AllowedUnmodelled { get; init; } = [];
    public string[] Libraries { get; init; } = [];
    public required ulong Seed { get; init; }
    public required int Bits { get; init; }
    public required DateTimeOffset? Start { get; init; }
    public required string? Tags { get; init; }
    public required string? Name { get; init; }
    public required int Jobs { get; init; }
    public required TargetOrder Target { get; init; }

    /// <summary>The folder of the report; null: none.</summary>
    public string? Output { get; init; }

    public string? JUnit { get; init; }
    public string? Messages { get; init; }

    /// <summary>The folder for recordings of all scenarios; null: only those that fail are recorded.</summary>
    public string? Record { get; init; }

    public bool Mask { get; init; }

    /// <summary>The port of the live view, 0 for a free one; null: none.</summary>
    public int? Watch { get; init; }

    public required bool WithLong { get; init; }

    /// <summary>How often a scenario that fails is tried again, where time is not virtual.</summary>
    public int Reruns { get; init; }

    /// <summary>Whether the output is a JSON object for each scenario.</summary>
    public required bool IsJson { get; init; }
    public required bool Verbose { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Whether a scenario that was skipped fails the run.</summary>
    public bool FailOnSkip { get; init; }

    public required bool Hashes { get; init; }
    public required string? Coverage { get; init; }
    public required TimeSpan? WallLimit { get; init; }

    public string Filters =>
        string.Join(" and ",
            ((string?[])
            [
                Tags is null ? null : $"--tags \"{Tags}\"", Name is null ? null : $"-k \"{Name}\"",
            ]).OfType<string>()) is { Length: > 0 } text
        ? text
        : "(no filter was given)";

    /// <summary>Where recordings go: of failures in any case, of all with --record.</summary>
    public string Recordings =>
        Record ?? (Output is null ? "airhil-sessions" : Path.Combine(Output, "sessions"));

    /// <summary>Whether somebody will look at heap, CPU and watchdog.</summary>
    public bool WantsVitals => Output is not null || Watch is not null || Record is not null;

    /// <summary>
    /// The command that repeats exactly this scenario, quoted for a shell: with every option that shapes a run, and
    /// without those that only choose scenarios or say where results go.
    /// </summary>
    public string Repeat(ScenarioCase scenario) => string.Join(
        ' ', ["airhil test", ShellWords.Path(scenario.Location.ToString()), .. Words(), .. Target.Words()]);

    private IEnumerable<string> Words()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"--seed {Seed}");
        foreach (var library in Bindings) yield return ShellWords.Option("--bindings", library);
        foreach (var folder in Libraries) yield return ShellWords.Option("--lib", folder);
        if (AllowedUnmodelled.Length > 0)
        {
            yield return ShellWords.Option("--allow-unmodelled", string.Join(',', AllowedUnmodelled));
        }

        if (Bits != 32) yield return string.Create(CultureInfo.InvariantCulture, $"--bits {Bits}");
        if (Start is { } start)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--start {start:yyyy-MM-ddTHH:mm:sszzz}");
        }

        if (WithLong) yield return "--long";
        if (Reruns > 0) yield return string.Create(CultureInfo.InvariantCulture, $"--reruns {Reruns}");
        if (WallLimit is { } limit) yield return ShellWords.Option("--wall-limit", DurationText.Format(limit));
        if (FailOnSkip) yield return "--fail-on-skip";
    }
}
