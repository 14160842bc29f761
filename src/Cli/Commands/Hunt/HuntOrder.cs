namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>What the command line of `airhil hunt` says.</summary>
internal sealed record HuntOrder
{
    public required string Path { get; init; }

    /// <summary>How long to search in real time, all scenarios together; null: no limit.</summary>
    public required TimeSpan? For { get; init; }

    /// <summary>How many schedules to try for each scenario; null: no limit.</summary>
    public required int? Schedules { get; init; }

    /// <summary>How many worlds run at once.</summary>
    public required int Jobs { get; init; }

    public required ulong Seed { get; init; }

    public required int Bits { get; init; }

    public required string[] Libraries { get; init; }

    public required string[] AllowedUnmodelled { get; init; }

    public required string? Name { get; init; }

    /// <summary>The folder for what is found.</summary>
    public required string Output { get; init; }

    /// <summary>What tells the names of its files from those of hunts that write there at the same time.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The folder for what is a finding only if a person says so.</summary>
    public string Supposed => System.IO.Path.TrimEndingDirectorySeparator(Output) + "-maybe";

    /// <summary>The folder of interesting schedules, read before and written behind the hunt; null: none.</summary>
    public required string? Corpus { get; init; }

    public required string? JUnit { get; init; }

    /// <summary>Whether the output is a JSON object for each finding.</summary>
    public required bool IsJson { get; init; }
}
