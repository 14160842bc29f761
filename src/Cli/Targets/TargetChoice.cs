using AirHil.Rig.Network;
using AirHil.Rig.Runs;

namespace AirHil.Cli.Targets;

/// <summary>What the command line chose to run on, ready for use.</summary>
internal sealed class TargetChoice : IAsyncDisposable
{
    /// <summary>How many run at once on the wall clock, where a scenario mostly waits.</summary>
    public const int OnTheWall = 16;

    /// <summary>As the user wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the target of one scenario.</summary>
    public required Func<TargetUse, IModemTarget> Make { get; init; }

    /// <summary>How many scenarios run at once where nothing is said.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The most that can run at once.</summary>
    public int MostJobs { get; init; } = int.MaxValue;

    /// <summary>Whether it can do whatever a step may ask; what tags name beyond that is seen in time.</summary>
    public bool CanAll { get; init; }

    /// <summary>The link that goes with it; null: the standard one.</summary>
    public NetworkProfile? Network { get; init; }

    /// <summary>The longest run on it in real time; null: as a command has it.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Takes what only one run can have, before the first scenario; null: there is nothing to take.</summary>
    /// <remarks>It throws a <see cref="Usage.UsageException"/> where somebody else has it.</remarks>
    public Func<CancellationToken, Task>? Hold { get; init; }

    /// <summary>What it holds; given back at the end.</summary>
    public IAsyncDisposable? Held { get; init; }

    public ValueTask DisposeAsync() => Held?.DisposeAsync() ?? ValueTask.CompletedTask;
}
