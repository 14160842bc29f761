using AirHil.Gherkin.Results;
using Reqnroll;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Runs;

/// <summary>Exceptions as a user reads them.</summary>
internal static class ErrorText
{
    /// <summary>
    /// Mistakes in bindings and files that cannot be read or written explain themselves; for all else the stack shows
    /// where it came from.
    /// </summary>
    public static string Of(Exception error) =>
        error is ScenarioSkippedException or ReqnrollException or ObjectContainerException or IOException
            or UnauthorizedAccessException
            ? error.Message
            : $"{error.GetType().Name}: {error.Message}\n{OwnFrames(error.StackTrace ?? "")}".TrimEnd();

    /// <summary>Where in the bindings it happened; the way there is the same for every error.</summary>
    private static string OwnFrames(string stack) => string.Join('\n', stack.Split('\n').TakeWhile(line =>
        !line.Contains(" at InvokeStub_", StringComparison.Ordinal) &&
        !line.Contains(" at System.Reflection.", StringComparison.Ordinal) &&
        !line.Contains($" at {typeof(DirectInvoker).FullName}", StringComparison.Ordinal)));
}
