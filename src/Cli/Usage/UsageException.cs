namespace AirHil.Cli.Usage;

/// <summary>
/// The user asked for something that cannot be done as asked; the message says what, where and what to do next.
/// </summary>
internal sealed class UsageException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
