using System.Runtime.ExceptionServices;

namespace AirHil.Cli.Output;

/// <summary>
/// Writes the files of a run one by one. A failure is reported, and the other files are still written.
/// </summary>
internal sealed class Endings(TextWriter error)
{
    private ExceptionDispatchInfo? _fault;

    /// <summary>Whether something could not be written.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Writes one of them.</summary>
    public void Do(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Tell(problem.Message);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            _fault ??= ExceptionDispatchInfo.Capture(problem);
        }
    }

    /// <summary>Something could not be written, as was found before.</summary>
    public void Tell(string problem)
    {
        HasFailed = true;
        error.WriteLine($"airhil: {problem}");
    }

    /// <summary>Throws what was no matter of files, now that all else is written.</summary>
    public void Conclude() => _fault?.Throw();
}
