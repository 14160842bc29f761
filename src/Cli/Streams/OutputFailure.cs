namespace AirHil.Cli.Streams;

/// <summary>Why standard output could not be written; the command goes on and says so at its end.</summary>
internal sealed class OutputFailure
{
    private volatile string? _message;

    /// <summary>The system's reason; null: all was written, or the reader has left, as `| head` does.</summary>
    public string? Message => _message;

    /// <summary>Keeps the first reason that is not a reader who left.</summary>
    public void Note(IOException problem)
    {
        if (!IsReaderGone(problem)) _message ??= problem.Message;
    }

    // EPIPE of POSIX systems; ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    private static bool IsReaderGone(IOException problem) =>
        OperatingSystem.IsWindows() ? (problem.HResult & 0xFFFF) is 109 or 232 : problem.HResult == 32;
}
