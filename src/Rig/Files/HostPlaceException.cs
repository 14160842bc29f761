namespace AirHil.Rig.Files;

/// <summary>
/// A place of this computer that a command works with cannot be used: a full disk, a folder without rights, a port that
/// is gone. All other errors of input and output inside a run are faults of the program.
/// </summary>
/// <param name="message">Which place, and why.</param>
public class HostPlaceException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Does something with a place.</summary>
    /// <exception cref="HostPlaceException">The system refused it.</exception>
    public static void Touch(string place, Action act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            act();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HostPlaceException($"'{place}': {problem.Message}", problem);
        }
    }
}
