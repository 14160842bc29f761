using System.CommandLine;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench`: real boards, their ports and their supply.</summary>
internal static class BenchCommand
{
    public static Command Create() =>
        new("bench", "Real boards: what is there, whether it works, who holds it.")
        {
            DiscoverCommand.Create(), CheckCommand.Create(), ListCommand.Create(), ConsoleCommand.Create(),
            PowerCommand.Create(),
        };
}
