using System.Runtime.CompilerServices;
using AirHil.Lua.Coverage;
using AirHil.Modem;
using AirHil.Rig.Network;
using AirHil.Rig.Time;
using AirHil.VirtualModem;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Runs;

/// <summary>The virtual Air780E: can do everything, on either clock.</summary>
public sealed class VirtualTarget : IModemTarget
{
    /// <summary>Modules with the same firmware share its image, so that a script is compiled once.</summary>
    private static readonly ConditionalWeakTable<FirmwareSource, FirmwareImage> Images = [];

    private static readonly string[] OnAnyClock =
    [
        Capability.Radio, Capability.Network, Capability.Dns, Capability.Service, Capability.Power,
        Capability.StartReason, Capability.LineErrors, Capability.NumberWidth, Capability.Firmware,
        Capability.WorldDate, Capability.Pins, Capability.Sleep, Capability.Sms, Capability.Sim, Capability.Disk,
        Capability.Buses, Capability.PinModes, Capability.Pulses, Capability.Analog, Capability.Identity,
        Capability.FlightMode,
    ];

    /// <summary>Width of Lua's numbers: 32 as V1112 is delivered, or 64.</summary>
    public int Bits { get; init; } = 32;

    /// <summary>Timings and limits; bits and the world's date come from elsewhere.</summary>
    public ModemParameters Parameters { get; init; } = new();

    /// <summary>Where the lines that scripts from files execute are reported; null: nowhere.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>What its only module executes is counted there; null: nowhere.</summary>
    internal ScriptTrail? Trail { get; init; }

    /// <summary>The clock it lives on: it can do with either.</summary>
    public RigClock Clock { get; init; } = RigClock.Virtual;

    /// <summary>On the wall clock: seconds of the module in one second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Makes the air it is on; null: the simulated network.</summary>
    public Func<BenchOptions, ISansIoMachine<NetworkInput, NetworkOutput>>? Network { get; init; }

    public string Name => Clock == RigClock.Virtual ? "virtual" : "virtual on the wall clock";

    public SupplyVolts Supply => SupplyVolts.Of(Parameters);

    public IReadOnlyCollection<string> Capabilities =>
    [
        .. Clock == RigClock.Virtual ? [Capability.VirtualTime, Capability.Deterministic] : (string[])[],
        .. Network is null ? [Capability.LinkTimes, Capability.Clients, Capability.Cell] : (string[])[],
        .. OnAnyClock,
    ];

    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        var image = Images.GetValue(firmware, ImageOf);
        var parameters = Parameters with
        {
            StartDate = options.StartDate,
            Bits = options.Bits ?? Bits,
            Firmware = options.Firmware ?? Parameters.Firmware,
        };
        var seed = SplitMix64.For(options.Seed, "modem " + modem).Next();
        return new VirtualAir780E(image, parameters, seed, Trail?.Counters ?? Coverage?.Open(Scripts(firmware)))
        {
            VitalsInterval = options.Vitals,
            Committed = Trail is { } trail ? trail.Commit : null,
        };
    }

    /// <summary>The same on the virtual clock; what its only module executes is counted.</summary>
    public VirtualTarget Counting(ScriptTrail trail) => new() { Bits = Bits, Parameters = Parameters, Trail = trail };

    public ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options) => Network?.Invoke(options);

    private static FirmwareImage ImageOf(FirmwareSource firmware) =>
        new(firmware.Files.Select(f => new KeyValuePair<string, byte[]>(f.Key, f.Value.ToArray())));

    /// <summary>A report names files, so a script that was given as text has no place in it.</summary>
    private static CoveredScript[] Scripts(FirmwareSource firmware) =>
    [
        .. firmware.Files
            .Where(f => f.Key.EndsWith(".lua", StringComparison.Ordinal) && firmware.Paths.ContainsKey(f.Key))
            .Select(f => new CoveredScript(f.Key, firmware.Paths[f.Key], f.Value)),
    ];
}
