using System.CommandLine;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;

namespace AirHil.Cli.Commands;

/// <summary>`airhil fidelity`: how near the model is to the module, which is docs/fidelity.md.</summary>
internal static class FidelityCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "fidelity", "Print what is modelled, guessed and different as Markdown; docs/fidelity.md is made by it.");
        command.SetAction(_ => terminal.Out.Write(FidelityMarkdown.Write()));
        return command;
    }
}
