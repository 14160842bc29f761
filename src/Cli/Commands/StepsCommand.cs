using System.CommandLine;
using AirHil.Cli.Streams;
using AirHil.Gherkin.Bindings;

namespace AirHil.Cli.Commands;

/// <summary>`airhil steps`: the step catalogue, which is docs/steps.md.</summary>
internal static class StepsCommand
{
    public static Command Create(Terminal terminal)
    {
        var bindings = StepSources.Option();
        var command = new Command("steps", "Print the catalogue of steps as Markdown; docs/steps.md is made by it.")
        {
            bindings,
        };
        command.SetAction(parsed => terminal.Out.Write(
            StepCatalogueMarkdown.Write(StepSources.Catalogue(parsed.GetValue(bindings) ?? []))));
        return command;
    }
}
