using AirHil.Gherkin.Results;
using Reqnroll;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Runs;

/// <summary>Exceptions as a user reads them.</summary>
public static class ErrorText
{
    /// <summary>Characters of a message that are kept: reports have it several times.</summary>
    private const int LongestMessage = 64 << 10;

    /// <summary>Exceptions that a text has at most, the inner ones included.</summary>
    private const int MostCauses = 5;

    /// <summary>An exception with its type and where it came from, whatever its own members do.</summary>
    public static string WholeOf(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var readable = Readable(error);
        return $"{Causes(readable)}\n{OwnFrames(readable.StackTrace ?? "")}".TrimEnd();
    }

    /// <summary>
    /// Mistakes in bindings and files that cannot be read or written explain themselves; for all else the stack shows
    /// where it came from.
    /// </summary>
    internal static string Of(Exception error) =>
        error is ScenarioSkippedException or ReqnrollException or ObjectContainerException or IOException
            or UnauthorizedAccessException
            ? error.Message
            : WholeOf(error);

    /// <summary>
    /// The exception, or one in its place, where its own code fails when it is asked for its text, or the text has no
    /// end.
    /// </summary>
    internal static Exception Readable(Exception error)
    {
        try
        {
            _ = error.StackTrace;
            if (error is ScenarioSkippedException or PendingStepException) return error;
            return error.Message is { Length: > LongestMessage } text
                ? new BindingException($"{error.GetType().Name}: {text[..LongestMessage]} …")
                : error;
        }
        catch (Exception broken)
        {
            return new BindingException(
                $"{error.GetType().Name}, which cannot tell its text: {broken.GetType().Name} in its own code");
        }
    }

    private static string Causes(Exception error)
    {
        var lines = new List<string>();
        for (var one = error; one is not null && lines.Count < MostCauses; one = one.InnerException)
        {
            one = Readable(one);
            lines.Add(IsForTheUser(one) ? one.Message : $"{one.GetType().Name}: {one.Message}");
        }

        return string.Join("\n  caused by ", lines);
    }

    /// <summary>What the rig throws of its own is written for the author of the feature.</summary>
    private static bool IsForTheUser(Exception error) =>
        error.GetType().Assembly.GetName().Name?.StartsWith("AirHil.", StringComparison.Ordinal) == true;

    /// <summary>Where in the bindings it happened; the way there is the same for every error.</summary>
    private static string OwnFrames(string stack) => string.Join('\n', stack.Split('\n').TakeWhile(line =>
        !line.Contains(" at InvokeStub_", StringComparison.Ordinal) &&
        !line.Contains(" at System.Reflection.", StringComparison.Ordinal) &&
        !line.Contains($" at {typeof(DirectInvoker).FullName}", StringComparison.Ordinal)));
}
