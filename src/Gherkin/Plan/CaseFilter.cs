namespace AirHil.Gherkin.Plan;

/// <summary>Which cases to run: those that meet the tag expression and have the text in their full name.</summary>
/// <param name="NamePart">Compared without regard to case; null for any name.</param>
public sealed record CaseFilter(TagExpression? Tags = null, string? NamePart = null)
{
    public bool Matches(ScenarioCase scenario) =>
        (Tags?.Matches(scenario.Tags) ?? true) &&
        (NamePart is null || scenario.FullName.Contains(NamePart, StringComparison.OrdinalIgnoreCase));
}
