using System.Reflection;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Sessions;

/// <summary>The first line of a session file: what a run was made of before anything happened in it.</summary>
public sealed record SessionHeader
{
    /// <summary>The version of the format that is written here; all from 1 on are read.</summary>
    public const int CurrentVersion = 2;

    /// <summary>This program with its version.</summary>
    public static string ThisProgram { get; } = "airhil " + (typeof(SessionHeader).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "");

    public int Version { get; init; } = CurrentVersion;

    /// <summary>What wrote the file, with its version.</summary>
    public string Program { get; init; } = "";

    /// <summary>What was run: a scenario's full name, or a script's.</summary>
    public string Title { get; init; } = "";

    /// <summary>The target's name: "virtual", "board:NAME", ….</summary>
    public string Target { get; init; } = "";

    /// <summary>What the target could do, by the names of <see cref="Modem.Capability"/>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public RigClock Clock { get; init; }

    /// <summary>On the wall clock: seconds of the run in one second of it.</summary>
    public double Speed { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    /// <summary>Width of Lua's numbers, 32 or 64; 0 where the target does not tell.</summary>
    public int Bits { get; init; }

    /// <summary>Calendar time at the run's start, in UTC.</summary>
    public DateTimeOffset Start { get; init; }

    public ulong Interleaving { get; init; }

    public int UartBaud { get; init; } = 115_200;

    public NetworkProfile Network { get; init; } = NetworkProfile.LteGood;

    /// <summary>The virtual module's; the standard values for other targets.</summary>
    public ModemParameters Modem { get; init; } = new();

    /// <summary>What could be reached from the start; what was opened later is between the events.</summary>
    public IReadOnlyList<Endpoint> Services { get; init; } = [];

    /// <summary>Name and SHA-256 of the scripts that were known at the beginning.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Scripts { get; init; } = [];

    /// <summary>
    /// Whether the run follows from this header and the acts alone: the virtual module in virtual time, with the
    /// simulated network and services that a file can hold.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>Whether secrets were replaced by pseudonyms while recording.</summary>
    public bool Masked { get; init; }

    /// <summary>The header of a run with these options.</summary>
    public static SessionHeader For(BenchOptions options, params IEnumerable<FirmwareSource> firmware)
    {
        var model = options.Target as VirtualTarget;
        return new SessionHeader
        {
            Program = ThisProgram,
            Target = options.Target.Name,
            Capabilities = [.. options.Target.Capabilities],
            Clock = options.Clock,
            Speed = options.Clock == RigClock.Virtual ? 1 : options.Speed,
            Seed = options.Seed,
            Bits = model is null ? 0 : options.Bits ?? model.Bits,
            Start = options.StartDate,
            Interleaving = options.Interleaving,
            UartBaud = options.UartBaud,
            Network = options.NetworkProfile,
            Modem = ModemOf(model, options),
            Services = options.Services,
            Scripts =
            [
                .. firmware.Select(f => new KeyValuePair<string, string>(f.Name, FirmwareJson.HashOf(f))),
            ],
            Exact = model is { Network: null } && options.Clock == RigClock.Virtual,
        };
    }

    private static ModemParameters ModemOf(VirtualTarget? model, BenchOptions options)
    {
        var parameters = model?.Parameters ?? new ModemParameters();
        return model is null || options.Firmware is not { } firmware
            ? parameters
            : parameters with { Firmware = firmware };
    }

    /// <summary>The options of a virtual run that this header describes.</summary>
    public BenchOptions ToOptions() => new()
    {
        Seed = Seed,
        StartDate = Start,
        Target = new VirtualTarget { Bits = Bits == 0 ? 32 : Bits, Parameters = Modem },
        NetworkProfile = Network,
        Services = Services,
        Clock = RigClock.Virtual,
        Interleaving = Interleaving,
        UartBaud = UartBaud,
    };
}
