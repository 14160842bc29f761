namespace AirHil.Board.Power;

/// <summary>A person switches the supply.</summary>
internal sealed class PersonSwitch(string board, IPerson person) : IPowerSwitch
{
    public string Description => "a person is asked";

    public Task SwitchAsync(bool on, CancellationToken cancel) =>
        person.AskAsync($"Switch the supply of the board '{board}' {(on ? "on" : "off")}", cancel);
}
