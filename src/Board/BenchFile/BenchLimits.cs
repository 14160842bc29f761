namespace AirHil.Board.BenchFile;

/// <summary>What a run on this bench may take.</summary>
public sealed record BenchLimits
{
    /// <summary>The longest time of a run in real time.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a run waits for a board that another one holds.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(10);
}
