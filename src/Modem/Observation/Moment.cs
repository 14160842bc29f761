namespace AirHil.Modem.Observation;

/// <summary>
/// Something that happened to a module, as its log tells it: the same for every modem (design §2). Formats: reference
/// §2.6, §2.8, §2.9, §3.8, §4.1.
/// </summary>
public abstract record Moment
{
    private Moment()
    {
    }

    /// <summary>The module's own time since its last start.</summary>
    public TimeSpan Tick { get; init; }

    /// <summary>The module started: its tick began again.</summary>
    /// <param name="Announced">What the log said before about why: a VM exit; "" where it said nothing (supply, reset
    /// line, rtos.reboot or watchdog).</param>
    public sealed record Booted(string Announced) : Moment;

    /// <summary>The banner: "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit".</summary>
    public sealed record FirmwareVersion(string Chip, string Version, int Bits) : Moment;

    /// <summary>The module has an address.</summary>
    public sealed record IpReady : Moment;

    /// <summary>The module has lost its link.</summary>
    public sealed record IpLost : Moment;

    /// <summary>The network told the time.</summary>
    public sealed record TimeSync : Moment;

    /// <summary>One query for a name.</summary>
    public sealed record DnsQuery(string Host) : Moment;

    /// <summary>Every answer for a name has been given up.</summary>
    public sealed record DnsFailed : Moment;

    /// <summary>A WebSocket client begins to connect.</summary>
    public sealed record Connecting(string Host, int Port) : Moment;

    /// <summary>The upgrade was accepted.</summary>
    public sealed record WebSocketReady : Moment;

    /// <summary>The client dropped its connection.</summary>
    public sealed record WebSocketClosed : Moment;

    /// <summary>The client will try again.</summary>
    /// <param name="After">From now.</param>
    public sealed record Reconnecting(TimeSpan After) : Moment;

    /// <summary>The server's answer to the upgrade was not 101.</summary>
    public sealed record UpgradeRefused(string Reply) : Moment;

    /// <summary>A line of the script: "I/user.TAG&lt;tab&gt;text".</summary>
    /// <param name="Level">D, I, W or E.</param>
    public sealed record UserLog(char Level, string Tag, string Text) : Moment;

    /// <summary>
    /// The Lua VM ended with this message ("" where main.lua just returned); the module reboots in 15 s.
    /// </summary>
    public sealed record VmExit(string Message) : Moment;

    /// <summary>A task died; 500 ms later the VM exits (reference §2.6).</summary>
    public sealed record TaskError(string Message) : Moment;

    /// <summary>The Lua heap or the system heap gave out.</summary>
    public sealed record AllocationFailed(string Text) : Moment;
}
