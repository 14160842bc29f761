namespace Reqnroll;

/// <summary>The rule a scenario stands in.</summary>
public class RuleInfo(string title, string description, string[]? tags)
{
    public string Title { get; } = title;

    public string Description { get; } = description;

    public string[] Tags { get; } = tags ?? [];
}
