namespace AirHil.Board.Power;

/// <summary>Makes the switch that a bench file describes.</summary>
public static class PowerSwitch
{
    /// <summary>The switch of a board's supply.</summary>
    /// <param name="board">The board's name, for a person who is asked.</param>
    /// <param name="person">Who is asked; null: the person at the terminal.</param>
    /// <param name="folder">Where commands run; null: in the current folder.</param>
    /// <returns>Null if a person is needed and none is at the terminal: then the board has no switch.</returns>
    public static IPowerSwitch? For(
        PowerDescription description, string board, IPerson? person = null, string? folder = null) =>
        description switch
        {
            PowerDescription.Uhubctl hub => new UhubctlSwitch(hub),
            PowerDescription.SerialRelay relay => new RelaySwitch(relay),
            PowerDescription.Command commands => new CommandSwitch(commands, folder ?? Directory.GetCurrentDirectory()),
            PowerDescription.Prompt => (person ?? TerminalPerson.Instance) is { IsThere: true } someone
                ? new PersonSwitch(board, someone)
                : null,
            _ => throw new ArgumentException($"'{description}' is no way to switch a supply", nameof(description)),
        };
}
