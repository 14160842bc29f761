using System.Text;
using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>One thing that the rig did in a recorded run, as it can be done again.</summary>
/// <param name="Index">How many events stand before it in the recording.</param>
/// <param name="At">The run's time.</param>
/// <param name="Step">Its place in a virtual run; null where the recording does not tell.</param>
/// <param name="What">In words, for messages.</param>
/// <param name="Do">Does it again.</param>
public sealed record RecordedAct(long Index, TimeSpan At, long? Step, string What, Func<Bench, ValueTask> Do)
{
    /// <summary>The capability that a target must have for it; null: every target can take it.</summary>
    public string? Needs { get; init; }

    /// <summary>The script that it loads; null: it loads none.</summary>
    public FirmwareSource? Firmware { get; init; }

    /// <summary>The capability that a target must have for the act that an event shows; null: none.</summary>
    /// <exception cref="FormatException">A fault's phrase is not known.</exception>
    internal static string? NeedsOf(SessionEvent e) => e.Kind switch
    {
        SessionKinds.CutPower => Capability.Power,
        SessionKinds.FaultBegin => FaultPhrase.Parse(e.Text).Fault.Needs,
        SessionKinds.ServicePush or SessionKinds.ServicePushBinary or SessionKinds.ServicePing => Capability.Service,
        var kind when SessionKinds.PortOf(kind, out var withErrors) is not null && withErrors => Capability.LineErrors,
        _ => null,
    };

    /// <summary>The act that an event of a recording shows; null: it shows none.</summary>
    /// <exception cref="FormatException">A fault's phrase is not known.</exception>
    internal static Func<Bench, ValueTask>? Of(SessionEvent e)
    {
        var kind = e.Kind;
        var modem = e.Modem.Length == 0 ? null : e.Modem;
        switch (kind)
        {
            case SessionKinds.ApplyPower:
                return bench => bench.ApplyPower(e.Modem);
            case SessionKinds.CutPower:
                return bench => bench.CutPower(e.Modem);
            case SessionKinds.PullReset:
                return bench => bench.PullReset(e.Modem);
            case SessionKinds.FaultBegin:
                var begun = FaultPhrase.Parse(e.Text).Fault;
                return bench => bench.Begin(begun, null, modem);
            case SessionKinds.FaultEnd:
                var ended = FaultPhrase.Parse(e.Text).Fault;
                return bench => bench.End(ended, modem);
            case SessionKinds.ServicePush:
                var text = Encoding.UTF8.GetString(e.Bytes.Span);
                return bench => bench.ServicePush(UrlOf(e), text);
            case SessionKinds.ServicePushBinary:
                return bench => bench.ServicePush(UrlOf(e), e.Bytes);
            case SessionKinds.ServicePing:
                return bench => bench.ServicePing(UrlOf(e), e.Bytes);
            case SessionKinds.Mark:
                return bench => bench.Mark(e.Text);
            case SessionKinds.CommandIgnored:
                return Ignored(e);
            default:
                if (e.Lane != SessionLane.Uart) return null;
                if (SessionKinds.PortOf(kind, out var withErrors) is not { } port) return null;
                return bench => bench.WriteUart(port, e.Bytes, withErrors, e.Modem);
        }
    }

    private static string? UrlOf(SessionEvent e) => e.Text.Length == 0 ? null : e.Text;

    // What was ignored had no effect, so bytes that nobody wrote down are not missed.
    private static Func<Bench, ValueTask>? Ignored(SessionEvent e)
    {
        var colon = e.Text.IndexOf(':', StringComparison.Ordinal);
        var command = colon < 0 ? e.Text : e.Text[..colon];
        return command switch
        {
            SessionKinds.ApplyPower => bench => bench.ApplyPower(e.Modem),
            SessionKinds.CutPower => bench => bench.CutPower(e.Modem),
            SessionKinds.PullReset => bench => bench.PullReset(e.Modem),
            _ when SessionKinds.PortOf(command, out _) is { } port =>
                bench => bench.WriteUart(port, "?"u8.ToArray(), false, e.Modem),
            _ => null,
        };
    }
}
