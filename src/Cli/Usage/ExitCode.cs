namespace AirHil.Cli.Usage;

/// <summary>What the command's exit codes mean (design §11).</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Interrupted = 2;
    public const int InternalError = 3;
    public const int Usage = 4;
    public const int NothingRan = 5;
    public const int TargetNotAvailable = 6;
    public const int NotDeterministic = 7;
    public const int WallClockLimit = 42;
}
