namespace AirHil.Gherkin.Plan;

/// <summary>A feature of the plan. Tags are without the @; the language is Gherkin's name, such as "en".</summary>
public sealed record FeatureCase(
    string Title, string Description, IReadOnlyList<string> Tags, string Language, SourceLocation Location)
{
    /// <summary>The text that it was read from, whatever becomes of the file while its scenarios run.</summary>
    public string Source { get; init; } = "";
}
