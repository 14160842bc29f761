using System.CommandLine;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench list`: the boards, their ports, and who holds them.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = BenchArguments.File();
        var root = BenchArguments.Root();
        var command = new Command("list", "List the boards, their ports, and who holds them.") { file, root };
        command.SetAction(parsed =>
        {
            var bench = BenchBoards.Load(parsed.GetValue(file));
            var usb = BenchArguments.Usb(parsed.GetValue(root));
            terminal.Out.WriteLine(bench.Path);
            foreach (var board in bench.Boards) Write(terminal.Out, board, usb);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(TextWriter output, BoardDescription board, UsbTopology usb)
    {
        var holder = BoardLease.HolderOf(board);
        output.WriteLine($"{board.Name}  {(holder is null ? "free" : $"held by {holder}")}");
        output.WriteLine($"  log      {Place(board.Log, usb)}");
        foreach (var (number, line) in board.Uarts)
        {
            output.WriteLine($"  UART {number,-3} {Place(line.Port, usb)}, {line.Baud} baud");
        }

        output.WriteLine($"  power    {Power(board.Power, usb)}");
        if (board.Deploy is { } deploy) output.WriteLine($"  deploy   {deploy}");
    }

    private static string Place(PortAddress address, UsbTopology usb) => address switch
    {
        PortAddress.Usb place => $"{place} ({usb.Find(place) ?? "not there now"})",
        PortAddress.Path { Name: var name } when name.StartsWith('/') => File.Exists(name) ? name : $"{name} (not "
            + "there now)",
        _ => address.ToString()!,
    };

    private static string Power(PowerDescription? power, UsbTopology usb) => power switch
    {
        null => "no switch",
        PowerDescription.Uhubctl hub => $"uhubctl, hub {hub.Location} port {hub.Port}",
        PowerDescription.SerialRelay relay => $"relay {relay.Channel} on {Place(relay.Port, usb)}",
        PowerDescription.Command => "commands",
        _ => "a person",
    };
}
