using AirHil.Board.Ports;

namespace AirHil.Board.Power;

/// <summary>How a board's supply is switched, as a bench file says it.</summary>
public abstract record PowerDescription
{
    private PowerDescription()
    {
    }

    /// <summary>A port of a switchable USB hub, by the program uhubctl.</summary>
    /// <param name="Location">The hub's place on the bus, "1-2".</param>
    /// <param name="Port">The hub's port, from 1.</param>
    public sealed record Uhubctl(string Location, int Port) : PowerDescription;

    /// <summary>
    /// A relay on a serial line (LCUS type: A0, channel, 0 or 1, sum of the three as the check byte; 9600 baud).
    /// </summary>
    /// <param name="Channel">From 1.</param>
    /// <param name="Inverted">The board is fed while the relay is released.</param>
    public sealed record SerialRelay(PortAddress Port, int Channel = 1, bool Inverted = false) : PowerDescription;

    /// <summary>Commands for the shell; exit code 0 is success.</summary>
    public sealed record Command(string On, string Off) : PowerDescription;

    /// <summary>
    /// A person is asked, and says when it is done. Without a terminal the board has no power switch.
    /// </summary>
    public sealed record Prompt : PowerDescription;
}
