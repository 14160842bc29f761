using AirHil.Board.Modem;
using AirHil.Board.Power;
using AirHil.Modem;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Board.Emulator;

/// <summary>
/// "board:emulated": the virtual module on pseudo-terminals, driven by the same board modem as a real one. Log, UARTs,
/// reset and supply go over ports; its antenna meets the run's own network. No bench file is needed, and each
/// scenario's script is on its board from the start.
/// </summary>
public sealed class EmulatedBoardTarget : IModemTarget
{
    /// <summary>
    /// What a report of it takes at most: an enumeration, during which a module is not heard, and the host's own time.
    /// </summary>
    private static readonly TimeSpan HostTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Nothing here has capacitors that must be empty, or lines with an earlier session's bytes in them.
    /// </summary>
    private static readonly BoardTimings Timings = new()
    {
        OffTime = TimeSpan.FromMilliseconds(20),
        DrainTime = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>Width of Lua's numbers: 32 as V1112 is delivered, or 64.</summary>
    public int Bits { get; init; } = 32;

    /// <summary>The module's timings and limits.</summary>
    public ModemParameters Parameters { get; init; } = new();

    /// <summary>The board around the module; its folder, place and listeners are the target's to choose.</summary>
    public EmulatedBoardOptions Board { get; init; } = new();

    /// <inheritdoc/>
    public string Name => "board:emulated";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Capabilities { get; } =
    [
        Capability.Radio, Capability.Cell, Capability.Network, Capability.Dns, Capability.LinkTimes, Capability.Service,
        Capability.Power, Capability.NumberWidth, Capability.WorldDate, Capability.Pins,
    ];

    /// <inheritdoc/>
    public RigClock Clock => RigClock.Wall;

    /// <inheritdoc/>
    public double Speed { get; init; } = 1;

    /// <inheritdoc/>
    public TimeSpan Latency => Board.EnumerationTime + HostTime * Math.Max(1, Speed);

    /// <inheritdoc/>
    public IReadOnlyCollection<int> Uarts { get; } = [EmulatedBoard.WiredUart, EmulatedBoard.VirtualUart];

    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        PseudoTerminal.Require();
        var module = new VirtualTarget { Bits = Bits, Parameters = Parameters }.Create(
            firmware, options with { Vitals = null }, modem);
        return new EmulatedBoardMachine<BoardModem>(
            happened => new EmulatedBoard(module, Board with
            {
                Folder = null,
                Seed = SplitMix64.For(options.Seed, "board " + modem).Next(),
                Happened = happened,
            }),
            board =>
            {
                var description = board.Describe("emulated");
                return new BoardModem(description, PowerSwitch.For(description.Power!, description.Name), Timings)
                {
                    Pins = [new EmulatedPins(board)],
                };
            });
    }
}
