using System.Collections.Specialized;

namespace Reqnroll;

/// <summary>The scenario as written. Tags are without the @.</summary>
public class ScenarioInfo
{
    public ScenarioInfo(
        string title, string description, string[]? tags, IOrderedDictionary arguments, string[]? inheritedTags = null)
    {
        Title = title;
        Description = description;
        Tags = tags ?? [];
        Arguments = arguments;
        CombinedTags = [.. Tags, .. inheritedTags ?? []];
    }

    /// <summary>The title; of an outline, with its placeholders.</summary>
    public string Title { get; }

    public string Description { get; }

    /// <summary>Tags of the scenario itself and of its examples.</summary>
    public string[] Tags { get; }

    /// <summary><see cref="Tags"/> and those of the feature and the rule.</summary>
    public string[] CombinedTags { get; }

    /// <summary>The example row: column name to cell, in the order of the columns.</summary>
    public IOrderedDictionary Arguments { get; }
}
