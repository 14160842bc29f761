using System.ComponentModel;
using System.Globalization;

namespace AirHil.Board.Power;

/// <summary>A port of a USB hub that switches its supply, by the program uhubctl.</summary>
internal sealed class UhubctlSwitch(PowerDescription.Uhubctl hub, string program = "uhubctl") : IPowerSwitch
{
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"USB hub {hub.Location}, port {hub.Port}, by uhubctl");

    public async Task SwitchAsync(bool on, CancellationToken cancel)
    {
        string[] words =
        [
            "-l", hub.Location, "-p", hub.Port.ToString(CultureInfo.InvariantCulture), "-a", on ? "on" : "off",
        ];
        ToolOutcome outcome;
        try
        {
            outcome = await ToolRun.ProgramAsync(program, words, cancel);
        }
        catch (Win32Exception problem)
        {
            throw new PowerSwitchException(
                $"{program} cannot be run ({problem.Message}): install it (on Debian: apt install uhubctl), or name "
                + "another 'power' in the bench file", problem);
        }

        if (outcome.ExitCode == 0) return;
        throw new PowerSwitchException(
            $"the hub did not switch the supply {(on ? "on" : "off")}: {program} {string.Join(' ', words)}\n"
            + $"{outcome.Describe()}. {Advice(outcome.Text)}");
    }

    private string Advice(string text) =>
        text.Contains("permission", StringComparison.OrdinalIgnoreCase)
            || text.Contains("LIBUSB_ERROR_ACCESS", StringComparison.Ordinal)
            ? "Give your user the right to the hub by a udev rule, as its documentation shows, or run it by sudo in a "
                + "'command'"
            : $"Run '{program}' without arguments: it lists the hubs that can switch, with their locations and ports. "
                + $"Is {hub.Location} among them, with a port {hub.Port}?";
}
