namespace AirHil.Board.Power;

/// <summary>Commands of the shell switch the supply.</summary>
internal sealed class CommandSwitch(PowerDescription.Command commands) : IPowerSwitch
{
    public string Description => $"commands: '{commands.On}' and '{commands.Off}'";

    public async Task SwitchAsync(bool on, CancellationToken cancel)
    {
        var command = on ? commands.On : commands.Off;
        var outcome = await ToolRun.ShellAsync(command, cancel);
        if (outcome.ExitCode == 0) return;
        throw new PowerSwitchException(
            $"the command that should switch the supply {(on ? "on" : "off")} failed: {command}\n"
            + $"{outcome.Describe()}. Try it by hand in the folder {Directory.GetCurrentDirectory()}; success is exit "
            + "code 0");
    }
}
