using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Plan;

/// <summary>One step to run, with the values of the example row in place.</summary>
/// <param name="Keyword">As written, in the language of the file: "And", "Wenn", "*".</param>
/// <param name="Type">What the keyword means; And, But and * mean what the step before meant.</param>
/// <param name="Table">Lines of cells, the header first; null without a table.</param>
public sealed record StepCase(
    string Keyword,
    StepDefinitionType Type,
    string Text,
    string? DocString,
    IReadOnlyList<IReadOnlyList<string>>? Table,
    bool IsBackground,
    SourceLocation Location)
{
    public override string ToString() => $"{Keyword} {Text}";

    /// <summary>A table of the step's own, since bindings may write into it.</summary>
    internal DataTable? NewTable()
    {
        if (Table is null) return null;
        var table = new DataTable([.. Table[0]]);
        foreach (var row in Table.Skip(1)) table.AddRow([.. row]);
        return table;
    }
}
