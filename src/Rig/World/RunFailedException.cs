using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.World;

/// <summary>A model or the rig itself broke; no statement about the script can be made.</summary>
public class RunFailedException : Exception
{
    /// <param name="machine">What broke: "the modem '1'", "the network".</param>
    /// <param name="at">The run's time at which it broke.</param>
    /// <param name="cause">What it threw.</param>
    public RunFailedException(string machine, TimeSpan at, Exception cause)
        : base(
            HostFault(cause) is { } fault
                ? $"the run ended at {DurationText.Say(at)}, since {machine} could not go on: {fault.Message}"
                : $"internal error in the run: {machine} failed at {DurationText.Say(at)}: {cause?.GetType().Name}: " +
                    cause?.Message,
            cause)
    {
    }

    /// <summary>
    /// Whether a place of this computer is the cause, and not the program: a full disk, a file that may not be read, a
    /// port that is gone, a recording that is damaged.
    /// </summary>
    public bool IsOfHost => HostFault(InnerException) is not null;

    /// <summary>The run ends for a reason of its own.</summary>
    protected RunFailedException(string message)
        : base(message)
    {
    }

    private static Exception? HostFault(Exception? cause)
    {
        while (cause is not (null or HostPlaceException or SessionFormatException)) cause = cause.InnerException;
        return cause;
    }
}
