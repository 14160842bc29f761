using System.Globalization;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>
/// The words of <see cref="Modem.Sessions.SessionEvent.Kind"/> that the rig and its modems record. Sides are the
/// module's: "uart1.rx" is what it receives, "uart1.tx" what it sends.
/// </summary>
public static class SessionKinds
{
    /// <summary>A supply is switched on by the rig.</summary>
    public const string ApplyPower = "power.apply";

    /// <summary>A supply is switched off by the rig.</summary>
    public const string CutPower = "power.cut";

    /// <summary>The rig pulls the reset line.</summary>
    public const string PullReset = "reset.pull";

    /// <summary>The modem reports a start; the text is the reason where the modem tells it, else "".</summary>
    public const string PoweredOn = "power.on";

    /// <summary>The modem reports that its supply is off.</summary>
    public const string PoweredOff = "power.off";

    /// <summary>The modem is gone; the text says why.</summary>
    public const string ModemLost = "modem.lost";

    /// <summary>What a model tells its developer and no bench would show; the text is a sentence.</summary>
    public const string ModemNotice = "modem.notice";

    /// <summary>A command came in a state in which it means nothing.</summary>
    public const string CommandIgnored = "command.ignored";

    /// <summary>A record of the log port: text, bytes and the module's tick.</summary>
    public const string Log = "log";

    /// <summary>The radio was switched on ("on") or off ("off") by the modem.</summary>
    public const string Radio = "radio";

    /// <summary>A fault begins; the text is its phrase.</summary>
    public const string FaultBegin = "fault.begin";

    /// <summary>A fault ends; the text is its phrase.</summary>
    public const string FaultEnd = "fault.end";

    /// <summary>The rig makes the service send a text; the event's text is its URL.</summary>
    public const string ServicePush = "service.push";

    /// <summary>The rig makes the service send a binary message; the event's text is its URL.</summary>
    public const string ServicePushBinary = "service.push.binary";

    /// <summary>The rig makes the service ping; the text is its URL.</summary>
    public const string ServicePing = "service.ping";

    /// <summary>A sample of <see cref="Modem.Messages.ModemReport.Vitals"/>, as words "name=value".</summary>
    public const string Vitals = "vitals";

    /// <summary>A named mark.</summary>
    public const string Mark = "mark";

    private static readonly string[] Rx = Words("rx");

    private static readonly string[] Tx = Words("tx");

    /// <summary>Bytes towards the module.</summary>
    /// <param name="port">0 to 63; 32 (0x20) is the USB virtual UART.</param>
    public static string UartIn(int port) => Rx[port];

    /// <summary>Bytes towards the module with frame or parity errors among them.</summary>
    public static string UartInWithErrors(int port) => Rx[port] + ".errors";

    /// <summary>Bytes from the module.</summary>
    /// <param name="port">0 to 63; 32 (0x20) is the USB virtual UART.</param>
    public static string UartOut(int port) => Tx[port];

    /// <summary>
    /// Whether the rig did it, and the modem, the air or the service heard of it: a supply, a reset, bytes, a fault, a
    /// push or a ping of the service.
    /// </summary>
    public static bool IsAct(SessionEvent e) => e.Lane switch
    {
        SessionLane.Power => e.Kind is ApplyPower or CutPower or PullReset,
        SessionLane.Uart => PortOf(e.Kind, out _) is not null,
        SessionLane.Rig => e.Kind is FaultBegin or FaultEnd or ServicePush or ServicePushBinary or ServicePing,
        _ => false,
    };

    /// <summary>The port of bytes towards the module, by the event's kind; null: it is none such.</summary>
    /// <param name="withErrors">Whether frame or parity errors were among them.</param>
    public static int? PortOf(string kind, out bool withErrors)
    {
        const string Prefix = "uart";
        withErrors = kind.EndsWith(".rx.errors", StringComparison.Ordinal);
        if (!kind.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || (!withErrors && !kind.EndsWith(".rx", StringComparison.Ordinal))) return null;
        return int.TryParse(kind.AsSpan(Prefix.Length, dot - Prefix.Length), NumberStyles.None,
            CultureInfo.InvariantCulture, out var port) && port < Rx.Length
            ? port
            : null;
    }

    private static string[] Words(string side) =>
        [.. Enumerable.Range(0, 64).Select(port => string.Create(CultureInfo.InvariantCulture, $"uart{port}.{side}"))];
}
