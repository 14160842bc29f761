using System.Runtime.CompilerServices;
using AirHil.Lua.Coverage;
using AirHil.Modem;
using AirHil.Rig.Scenarios;
using AirHil.VirtualModem;
using AirHil.VirtualModem.Firmware;

namespace AirHil.Rig.Targets;

/// <summary>The virtual Air780E: can do everything, on either clock.</summary>
public sealed class VirtualTarget : IModemTarget
{
    /// <summary>Modules with the same firmware share its image, so that a script is compiled once.</summary>
    private static readonly ConditionalWeakTable<FirmwareSource, FirmwareImage> Images = [];

    /// <summary>Width of Lua's numbers: 32 as V1112 is delivered, or 64.</summary>
    public int Bits { get; init; } = 32;

    /// <summary>Timings and limits; bits and the world's date come from elsewhere.</summary>
    public ModemParameters Parameters { get; init; } = new();

    /// <summary>Where the lines that scripts from files execute are reported; null: nowhere.</summary>
    public CoverageReport? Coverage { get; init; }

    public string Name => "virtual";

    public IReadOnlyCollection<string> Capabilities { get; } =
    [
        Capability.VirtualTime, Capability.Radio, Capability.Network, Capability.Service, Capability.Power,
        Capability.StartReason, Capability.LineErrors, Capability.Deterministic,
    ];

    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        var image = Images.GetValue(firmware, ImageOf);
        var parameters = Parameters with { StartDate = options.StartDate, Bits = Bits };
        var seed = SplitMix64.For(options.Seed, "modem " + modem).Next();
        return new VirtualAir780E(image, parameters, seed, Coverage?.Open(Scripts(firmware)));
    }

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
