using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>The catalogue as Markdown: a section for each binding class, then the parameter types.</summary>
public static partial class StepCatalogueMarkdown
{
    private const string Whole = "whole number, such as `-7`";
    private const string Number = "number, such as `0.5`; the point is the decimal sign everywhere";

    private static readonly (string, string, string)[] BuiltIn =
    [
        ("string", "text in \"double\" or 'single' quotes", ""), ("word", "text without white space", ""),
        ("", "any text", ""), ("int", Whole, ""), ("long", Whole, ""), ("byte", Whole, ""), ("float", Number, ""),
        ("double", Number, ""), ("decimal", Number, ""),
    ];

    /// <summary>
    /// The section's text and the descriptions are those of <see cref="DescriptionAttribute"/> on classes and methods.
    /// Equal catalogues give equal text.
    /// </summary>
    public static string Write(StepCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var text = new StringBuilder(
            "# Steps\n\nGenerated from the bindings. And, But and * take the keyword before them.\n");
        foreach (var section in catalogue.Steps.GroupBy(step => step.Method.BindingClass))
        {
            text.Append("\n## ").Append(TitleOf(section.Key)).Append("\n\n");
            if (section.Key.GetCustomAttribute<DescriptionAttribute>() is { Description: var description })
            {
                text.Append(description).Append("\n\n");
            }

            Row(text, "Keyword", "Step", "Description");
            Row(text, "---", "---", "---");
            foreach (var step in section)
            {
                Row(text, KeywordsOf(step), Code(step.Source), Cell(step.Method.Description));
            }
        }

        text.Append("\n## Parameters\n\n");
        Row(text, "Parameter", "Format", "Description");
        Row(text, "---", "---", "---");
        foreach (var (name, format, description) in BuiltIn.Concat(Named(catalogue).Select(Parameter)))
        {
            Row(text, Code($"{{{name}}}"), Cell(format), Cell(description));
        }

        return text.ToString();
    }

    /// <summary>The others turn arguments of built-in types into what a method takes.</summary>
    private static IEnumerable<IStepArgumentTransformationBinding> Named(StepCatalogue catalogue) =>
        catalogue.Transformations.Where(one => one.Name is not null || one.Regex is not null);

    private static (string, string, string) Parameter(IStepArgumentTransformationBinding one) => (
        one.Name ?? one.Method.ReturnType.Name,
        one.Regex is null ? "any text" : $"`{one.Regex.ToString().Trim('^', '$')}`",
        one.Method.Info().GetCustomAttribute<DescriptionAttribute>()?.Description ?? "");

    private static string KeywordsOf(StepBinding step) =>
        step.Keywords.Count == 3 ? "any" : string.Join(", ", step.Keywords);

    /// <summary>PowerKeySteps becomes "Power key".</summary>
    private static string TitleOf(Type type)
    {
        const string suffix = "Steps";
        var hasSuffix = type.Name.EndsWith(suffix, StringComparison.Ordinal) && type.Name.Length > suffix.Length;
        var name = hasSuffix ? type.Name[..^suffix.Length] : type.Name;
        return WordStart().Replace(name, match => " " + match.Value.ToLowerInvariant());
    }

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        text.Append('|');
        foreach (var cell in cells) text.Append(' ').Append(cell).Append(cell.Length > 0 ? " |" : "|");
        text.Append('\n');
    }

    private static string Code(string text) => $"`{Cell(text)}`";

    /// <summary>A cell ends at a bar, so a bar in the text is escaped; a line break would end the table.</summary>
    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("(?<=[a-z0-9])[A-Z](?=[a-z]|$)")]
    private static partial Regex WordStart();
}
