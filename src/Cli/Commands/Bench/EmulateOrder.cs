using AirHil.Board.Emulator;
using AirHil.Live.Network;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>What `airhil bench emulate` is to do.</summary>
internal sealed record EmulateOrder(string Script, string? BenchFile, bool IsQuiet)
{
    public required double Speed { get; init; }
    public required ulong Seed { get; init; }
    public required int Bits { get; init; }
    public required DateTimeOffset? Start { get; init; }
    public required LiveNetworkOptions? Live { get; init; }
    public required EmulatedBoardOptions Board { get; init; }
}
