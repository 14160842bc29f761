using System.Text;
using AirHil.Modem.Observation;

namespace AirHil.Rig.Observation;

/// <summary>Names of moments in words, for messages.</summary>
internal static class MomentNames
{
    /// <summary>Completes "expected …".</summary>
    public static string Awaited(Type moment) => moment.Name switch
    {
        nameof(Moment.Booted) => "the module to boot",
        nameof(Moment.IpReady) => "the module to have an address (IP_READY)",
        nameof(Moment.IpLost) => "the module to lose its link (IP_LOSE)",
        nameof(Moment.Connecting) => "the module to connect",
        nameof(Moment.WebSocketReady) => "the WebSocket to be ready",
        nameof(Moment.WebSocketClosed) => "the WebSocket to close",
        nameof(Moment.VmExit) => "the Lua VM to exit",
        nameof(Moment.TaskError) => "a task to fail",
        var name => "the event " + Words(name),
    };

    private static string Words(string name)
    {
        var built = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && built.Length > 0) built.Append(' ');
            built.Append(char.ToLowerInvariant(c));
        }

        return built.ToString();
    }
}
