using Reqnroll.Bindings;

namespace Reqnroll;

/// <summary>The step as written, with the values of the example row in place.</summary>
public class StepInfo(StepDefinitionType stepDefinitionType, string text, Table? table, string? multilineText)
{
    public StepDefinitionType StepDefinitionType { get; } = stepDefinitionType;

    public string Text { get; } = text;

    public Table? Table { get; } = table;

    public string? MultilineText { get; } = multilineText;
}
