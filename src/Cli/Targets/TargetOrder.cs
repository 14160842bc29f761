using System.Globalization;
using AirHil.Cli.Usage;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Targets;

/// <summary>What the command line says about the target, as it says it.</summary>
internal sealed record TargetOrder
{
    public required string Target { get; init; }
    public RigClock Clock { get; init; }
    public bool IsLive { get; init; }
    public IReadOnlyList<string> Allowed { get; init; } = [];
    public IReadOnlyList<string> Upstreams { get; init; } = [];
    public double Speed { get; init; } = 1;
    public string? BenchFile { get; init; }
    public string? TokenFile { get; init; }
    public string? Fingerprint { get; init; }
    public string? Profile { get; init; }

    /// <summary>The firmware's release; null: the profile's, or V1112.</summary>
    public int? Firmware { get; init; }

    /// <summary>Functions and libraries that are stubs, with what they return (<see cref="StubTable"/>).</summary>
    public StubTable Stubs { get; init; } = StubTable.Empty;

    /// <summary>The options that say the same, quoted for a shell, without those that can be left out.</summary>
    public IEnumerable<string> Words()
    {
        if (Target != TargetOpening.Virtual) yield return ShellWords.Option("--target", Target);
        if (Clock == RigClock.Wall) yield return "--clock wall";
        if (IsLive) yield return "--network live";
        foreach (var host in Allowed) yield return ShellWords.Option("--allow", host);
        foreach (var places in Upstreams) yield return ShellWords.Option("--upstream", places);
        if (Speed != 1) yield return ShellWords.Option("--speed", Speed.ToString(CultureInfo.InvariantCulture));
        if (BenchFile is not null) yield return ShellWords.Option("--bench", BenchFile);
        if (TokenFile is not null) yield return ShellWords.Option("--token-file", TokenFile);
        if (Fingerprint is not null) yield return ShellWords.Option("--fingerprint", Fingerprint);
        if (Firmware is { } release) yield return ShellWords.Option("--firmware", FirmwareRelease.Name(release));
        foreach (var stub in Stubs.Lines) yield return ShellWords.Option("--stub", stub);
        if (Profile is not null) yield return ShellWords.Option("--profile", Profile);
    }

    /// <summary>The virtual module as it is where nothing is said.</summary>
    public bool IsPlain =>
        this is
        {
            Target: TargetOpening.Virtual, Clock: RigClock.Virtual, IsLive: false, Speed: 1, Profile: null,
            Firmware: null, Stubs.Lines.Count: 0,
        };
}
