using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Time;

namespace AirHil.Rig.Runs;

/// <summary>
/// What a run is made of before anything happens in it. Every value that can change a run's outcome is here.
/// </summary>
public sealed record BenchOptions
{
    private readonly RigClock? _clock;
    private readonly double? _speed;

    /// <summary>The run's seed: every generator of the run derives from it and its own name.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Calendar time at the run's start, in UTC: what the network tells the module.</summary>
    public DateTimeOffset StartDate { get; init; } = new(2024, 10, 12, 13, 29, 47, TimeSpan.Zero);

    /// <summary>Width of Lua's numbers, 32 or 64, where the target lets it be chosen; null: the target's own.</summary>
    public int? Bits { get; init; }

    /// <summary>
    /// The firmware's release, such as 1114, where the target lets it be chosen; null: the target's own.
    /// </summary>
    public int? Firmware { get; init; }

    /// <summary>The kind of modem on the bench.</summary>
    public IModemTarget Target { get; init; } = new VirtualTarget();

    /// <summary>The link between modems and services.</summary>
    public NetworkProfile NetworkProfile { get; init; } = NetworkProfile.LteGood;

    /// <summary>What can be reached from the start; the bench can add more.</summary>
    public IReadOnlyList<Endpoint> Services { get; init; } = DefaultWorld.Endpoints;

    /// <summary>The clock to live on; the target's own where nothing else is said.</summary>
    public RigClock Clock { get => _clock ?? Target.Clock; init => _clock = value; }

    /// <summary>
    /// On the wall clock: seconds of the run in one second of it; the target's own where nothing else is said.
    /// </summary>
    public double Speed { get => _speed ?? Target.Speed; init => _speed = value; }

    /// <summary>
    /// 0: ready actors run first in, first out; any other value picks among them by chance, reproducibly.
    /// </summary>
    public ulong Interleaving { get; init; }

    /// <summary>How many events are kept for expectations and reports; the hash covers all. At least 1,000.</summary>
    public int KeptEvents { get; init; } = int.MaxValue;

    /// <summary>Whether the session is hashed; a run that nobody records or compares can do without.</summary>
    public bool Hashes { get; init; } = true;

    /// <summary>
    /// How far apart samples of heap, CPU and watchdog are taken where the target can; null: none. They change neither
    /// the run nor its hash.
    /// </summary>
    public TimeSpan? Vitals { get; init; }

    /// <summary>The speed of the rig's own serial port in baud, by which gaps in a stimulus are laid out.</summary>
    public int UartBaud { get; init; } = 115_200;
}
