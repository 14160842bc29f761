using AirHil.Lua.Coverage;
using AirHil.Rig.Targets;
using AirHil.Rig.Time;

namespace AirHil.Cli.Targets;

/// <summary>What the command line chose to run on.</summary>
/// <param name="Make">Makes the target, by the width of Lua's numbers.</param>
internal sealed record TargetChoice(Func<int, CoverageReport?, IModemTarget> Make)
{
    public const string Virtual = "virtual";

    // On the wall clock a scenario mostly waits.
    private const int OnTheWall = 32;

    /// <summary>Whether it can do whatever a step may ask; what tags name beyond that is seen in time.</summary>
    public bool CanAll { get; init; }

    /// <summary>How many scenarios run at once where nothing is said.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <exception cref="UsageException">It is not there, or the options contradict each other.</exception>
    public static TargetChoice Of(TargetOrder order)
    {
        var (kind, _) = Split(order.Target);
        return kind switch
        {
            Virtual => OfModel(order),
            _ => throw new UsageException(
                $"--target: '{order.Target}' is not known; write virtual, board:NAME, board:emulated, remote:URL or " +
                "recorded:FILE",
                ExitCode.TargetNotAvailable),
        };
    }

    private static TargetChoice OfModel(TargetOrder order)
    {
        if (order.Clock == RigClock.Virtual && order.Speed != 1)
        {
            throw new UsageException("--speed: virtual time jumps; a speed means something with --clock wall");
        }

        if (order.IsLive && (order.Clock == RigClock.Virtual || order.Speed != 1))
        {
            throw new UsageException(
                "--network live: real servers answer in real time; add --clock wall, and no --speed");
        }

        return new TargetChoice((bits, coverage) => new VirtualTarget
        {
            Bits = bits,
            Coverage = coverage,
            Clock = order.Clock,
            Speed = order.Speed,
        })
        {
            CanAll = order.Clock == RigClock.Virtual,
            Jobs = order.Clock == RigClock.Wall ? OnTheWall : Environment.ProcessorCount,
        };
    }

    private static (string Kind, string Name) Split(string target)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (target, "") : (target[..colon], target[(colon + 1)..]);
    }
}
