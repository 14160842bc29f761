using System.CommandLine;
using AirHil.Cli.Streams;
using AirHil.Gherkin;
using AirHil.Steps;

namespace AirHil.Cli.Commands;

/// <summary>`airhil steps`: the step catalogue, which is docs/steps.md.</summary>
internal static class StepsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("steps", "Print the catalogue of steps as Markdown; docs/steps.md is made by it.");
        command.SetAction(
            _ => terminal.Out.Write(StepCatalogueMarkdown.Write(StepCatalogue.Discover(typeof(ScriptSteps).Assembly))));
        return command;
    }
}
