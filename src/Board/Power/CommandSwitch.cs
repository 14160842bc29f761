namespace AirHil.Board.Power;

/// <summary>Commands of the shell switch the supply.</summary>
/// <param name="folder">Where they run.</param>
internal sealed class CommandSwitch(PowerDescription.Command commands, string folder) : IPowerSwitch
{
    public string Description => $"commands: '{commands.On}' and '{commands.Off}'";

    public async Task SwitchAsync(bool on, CancellationToken cancel)
    {
        var command = on ? commands.On : commands.Off;
        var outcome = await ToolRun.ShellAsync(command, folder, cancel);
        if (outcome.ExitCode == 0) return;
        throw new PowerSwitchException(
            $"the command that should switch the supply {(on ? "on" : "off")} failed: {command}\n"
            + $"{outcome.Describe()}. Try it by hand in the folder {folder}; success is exit "
            + "code 0");
    }
}
