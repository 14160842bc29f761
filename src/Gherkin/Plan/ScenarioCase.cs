namespace AirHil.Gherkin.Plan;

/// <summary>One scenario to run: a scenario, or one example row of an outline.</summary>
public sealed record ScenarioCase
{
    /// <summary>
    /// "Feature / Rule / Scenario (row: a=1, b=2)"; unique in its file and the same whatever other files are read.
    /// </summary>
    public required string FullName { get; init; }

    public required FeatureCase Feature { get; init; }

    /// <summary>Title of the rule, or null outside of rules.</summary>
    public string? Rule { get; init; }

    public string RuleDescription { get; init; } = "";

    public IReadOnlyList<string> RuleTags { get; init; } = [];

    /// <summary>As written; of an outline, with its placeholders.</summary>
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Tags of the scenario and of its examples, without the @.</summary>
    public required IReadOnlyList<string> OwnTags { get; init; }

    /// <summary>Tags of feature, rule, scenario and examples, each once, without the @.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The example row, by column; empty for a plain scenario.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];

    public required IReadOnlyList<StepCase> Steps { get; init; }

    /// <summary>The line of the scenario, or of the example row.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The line of the scenario; the same for all rows of an outline.</summary>
    public required int ScenarioLine { get; init; }

    /// <summary>What its recording is named after: the name of its file and its own.</summary>
    public string RecordingTitle => $"{Path.GetFileNameWithoutExtension(Location.File)} / {FullName}";

    public override string ToString() => FullName;
}
