namespace AirHil.Board.Power;

/// <summary>Switches a board's supply.</summary>
public interface IPowerSwitch
{
    /// <summary>How it does so, for messages.</summary>
    string Description { get; }

    /// <summary>Done when the supply is as wanted, as far as the switch can tell.</summary>
    /// <exception cref="PowerSwitchException">It failed; the message says what, why, and what to do.</exception>
    Task SwitchAsync(bool on, CancellationToken cancel);
}
