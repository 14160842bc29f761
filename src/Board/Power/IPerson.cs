namespace AirHil.Board.Power;

/// <summary>Somebody who can do with their hands what no cable does.</summary>
public interface IPerson
{
    /// <summary>Whether anybody is there to be asked.</summary>
    bool IsThere { get; }

    /// <summary>Asks for something to be done; done when the person says so.</summary>
    /// <exception cref="PowerSwitchException">No person is at the terminal, or they went away.</exception>
    Task AskAsync(string request, CancellationToken cancel);
}
