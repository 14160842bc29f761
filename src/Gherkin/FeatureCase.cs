using Reqnroll.Formatters.RuntimeSupport;

namespace AirHil.Gherkin;

/// <summary>A feature of the plan. Tags are without the @; the language is Gherkin's name, such as "en".</summary>
public sealed record FeatureCase(
    string Title, string Description, IReadOnlyList<string> Tags, string Language, SourceLocation Location)
{
    /// <summary>For Reqnroll's formatters; null: they are not wanted.</summary>
    public IFeatureLevelCucumberMessages? Messages { get; init; }
}
