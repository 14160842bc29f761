using AirHil.Modem;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.VirtualModem;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Board.Emulator;

/// <summary>
/// Puts an emulated board beside a bench and not on it: others use its ports as those of a real board. The bench is its
/// surroundings: network, services, the clock.
/// </summary>
public sealed class BareBoardTarget : IModemTarget
{
    /// <summary>Width of Lua's numbers: 32 as V1112 is delivered, or 64.</summary>
    public int Bits { get; init; } = 32;

    /// <summary>The module's timings and limits.</summary>
    public ModemParameters Parameters { get; init; } = new();

    /// <summary>
    /// Asked at every start of the module, on the board's own thread, for the script that is on it by then; null: the
    /// one that the run gave it stays.
    /// </summary>
    public Func<FirmwareSource>? Flashed { get; init; }

    /// <summary>The board around the module; who hears what the module does is the target's to choose.</summary>
    public EmulatedBoardOptions Board { get; init; } = new();

    /// <summary>Told each board when its adapters are plugged in, before its time runs.</summary>
    public Action<EmulatedBoard>? Started { get; init; }

    /// <summary>Makes the air it is on; null: the simulated network.</summary>
    public Func<BenchOptions, ISansIoMachine<NetworkInput, NetworkOutput>>? Network { get; init; }

    /// <inheritdoc/>
    public string Name => "an emulated board";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Capabilities { get; } =
        [Capability.Network, Capability.Service, Capability.NumberWidth, Capability.WorldDate];

    /// <inheritdoc/>
    public RigClock Clock => RigClock.Wall;

    /// <inheritdoc/>
    public double Speed { get; init; } = 1;

    /// <inheritdoc/>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        PseudoTerminal.Require();
        var module = Flashed is null
            ? new VirtualTarget { Bits = Bits, Parameters = Parameters }.Create(
                firmware, options with { Vitals = null }, modem)
            : Reflashed(Flashed, firmware, options, modem);
        return new BareBoardMachine(happened =>
        {
            var board = new EmulatedBoard(module, Board with { Happened = happened });
            Started?.Invoke(board);
            return board;
        });
    }

    /// <inheritdoc/>
    public ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options) => Network?.Invoke(options);

    private VirtualAir780E Reflashed(
        Func<FirmwareSource> flashed, FirmwareSource firmware, BenchOptions options, string modem)
    {
        var (source, image) = (firmware, ImageOf(firmware));
        return new VirtualAir780E(
            image,
            Parameters with { StartDate = options.StartDate, Bits = options.Bits ?? Bits },
            SplitMix64.For(options.Seed, "modem " + modem).Next())
        {
            Flashed = () =>
            {
                // The same script is compiled once.
                if (flashed() is var now && now != source) (source, image) = (now, ImageOf(now));
                return image;
            },
        };
    }

    private static FirmwareImage ImageOf(FirmwareSource firmware) =>
        new(firmware.Files.Select(f => new KeyValuePair<string, byte[]>(f.Key, f.Value.ToArray())));
}
