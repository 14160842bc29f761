using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Reads the events of format 1, where most of what an event says is in one text: "#7 example.test:443". What that
/// text does not tell is taken from the events before: the connection of what a service did, the name that was asked
/// for, what a line of the log means.
/// </summary>
internal sealed partial class FormatOne
{
    private readonly Dictionary<string, ModemHistory> _histories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Connection> _opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Connection> _served = new(StringComparer.Ordinal);
    private int _accepted;

    /// <summary>The event of one line.</summary>
    /// <exception cref="FormatException">The line is no event of format 1.</exception>
    public SessionEvent Read(EventMembers members)
    {
        var text = members.IsLine ? Encoding.UTF8.GetString(members.Bytes.Span) : members.Text("text");
        members.Set("text", "");
        if (NotModelled(members, text) is { } call) return call;
        switch ((SessionLane)members.Lane)
        {
            case SessionLane.Log:
                return ReadLine(members, text);
            case SessionLane.Network:
                ReadNetwork(members, text);
                break;
            case SessionLane.Service:
                ReadService(members, text);
                break;
            case SessionLane.Vitals:
                foreach (var word in text.Split(' '))
                {
                    var split = word.IndexOf('=', StringComparison.Ordinal);
                    if (split > 0) members.Set(word[..split], word[(split + 1)..]);
                }

                break;
            default:
                ReadAct(members, text);
                break;
        }

        return EventCatalogue.Read(members);
    }

    /// <summary>Format 1 has it as a notice: "gpio.setup is not modelled.".</summary>
    private static ModemNotModelled? NotModelled(EventMembers members, string text)
    {
        const string Says = " is not modelled.";
        return members.Kind == EventKinds.ModemNotice && text.EndsWith(Says, StringComparison.Ordinal)
            ? new ModemNotModelled(members.At, text[..^Says.Length], "", 1) { Modem = members.Modem }
            : null;
    }

    private LogLine ReadLine(EventMembers members, string text)
    {
        var tick = members.Tick ?? TimeSpan.Zero;
        var bytes = members.Bytes.IsEmpty ? Encoding.UTF8.GetBytes(text) : members.Bytes;
        var (boot, moment) = HistoryOf(members.Modem).Read(tick, text);
        return new LogLine(members.At, tick, bytes, boot, moment) { Modem = members.Modem };
    }

    private void ReadAct(EventMembers members, string text)
    {
        switch (members.Kind)
        {
            case EventKinds.ApplyPower:
                HistoryOf(members.Modem).PowerApplied();
                break;
            case EventKinds.PullReset:
                HistoryOf(members.Modem).ResetPulled();
                break;
            case EventKinds.PoweredOn:
                var reason = Enum.TryParse<StartReason>(text, out var known) ? known : StartReason.Unknown;
                members.Set("reason", text);
                members.Set("cause", HistoryOf(members.Modem).CauseOf(reason));
                break;
            case EventKinds.CommandIgnored:
                var split = text.IndexOf(": ", StringComparison.Ordinal);
                members.Set("command", split < 0 ? text : text[..split]);
                members.Set("why", split < 0 ? "" : text[(split + 2)..]);
                break;
            case EventKinds.ModemLost:
                members.Set("reason", text);
                break;
            case EventKinds.ModemNotice:
                members.Set("notice", text);
                break;
            case EventKinds.FaultBegin or EventKinds.FaultEnd:
                members.Set("fault", text);
                break;
            case EventKinds.Mark:
                members.Set("name", text);
                break;
            default:
                members.Set("url", text);
                break;
        }
    }

    private void ReadNetwork(EventMembers members, string text)
    {
        var modem = members.Modem;
        switch (members.Kind)
        {
            case EventKinds.NetworkNotice:
                members.Set("notice", text);
                return;
            case "dns.query":
                members.Connect(0, text, 0);
                if (!_asked.TryGetValue(modem, out var asked)) _asked[modem] = asked = [];
                asked.Enqueue(text);
                if (asked.Count > 64) asked.Dequeue();
                return;
            case "dns.answer" or "dns.nxdomain":
                var host = _asked.TryGetValue(modem, out var queue) && queue.TryDequeue(out var first) ? first : "";
                members.Connect(0, host, 0);
                members.Set("address", text);
                return;
            case "udp.tx" or "udp.rx":
                members.Connect(0, text, 0);
                return;
            case "tls.failed":
                var failed = _opened.GetValueOrDefault(modem) ?? new Connection(0, "", 0);
                members.Connect(failed.Number, failed.Host, failed.Port);
                members.Set("reason", text);
                return;
        }

        if (Label().Match(text) is not { Success: true } label) return;
        var name = label.Groups["host"].Value;
        members.Connect(Number(label, "number"), name == "nowhere" ? "" : name, Number(label, "port"));
        members.Set("address", label.Groups["address"].Value);
        if (members.Kind is "tcp.opened" or "tls.start") _opened[modem] = members.Connection;
    }

    private void ReadService(EventMembers members, string text)
    {
        var modem = members.Modem;
        switch (members.Kind)
        {
            case "service.accept":
                Accept(members, text);
                return;
            case "udp.in":
                _served[modem] = new Connection(0, text, 0);
                break;
            case "service.limit" or "ws.limit":
                members.Set("limit", text);
                break;
            case "tcp.gone" or "ws.gone":
                members.Set("reset", text == "reset" ? "true" : "false");
                break;
            case "tcp.out":
                members.Set("text", text.Length > 0 ? "true" : "false");
                break;
            case "ws.open":
                members.Set("url", text);
                break;
            case "ws.refused":
                members.Set("status", text);
                break;
            case "ws.withheld":
                members.Set("what", text);
                break;
            case "ws.violation":
                members.Set("rule", text);
                break;
            case "ws.push.nobody":
                members.Set("message", text);
                break;
        }

        var served = _served.GetValueOrDefault(modem) ?? new Connection(0, "", 0);
        members.Connect(served.Number, served.Host, served.Port);
    }

    /// <summary>"example.test:443 tls example.test".</summary>
    private void Accept(EventMembers members, string text)
    {
        var words = text.Split(' ');
        var split = words[0].LastIndexOf(':');
        var digits = split < 0 ? "" : words[0][(split + 1)..];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port)) port = 0;
        var host = split < 0 ? words[0] : words[0][..split];
        _accepted++;
        var onAir = _opened.GetValueOrDefault(members.Modem);
        var number = onAir is not null && onAir.Host == host && onAir.Port == port ? onAir.Number : _accepted;
        _served[members.Modem] = new Connection(number, host, port);
        members.Connect(number, host, port);
        members.Set("tls", words.Length > 1 ? "true" : "false");
        members.Set("server", words.Length > 2 ? words[2] : "");
    }

    private ModemHistory HistoryOf(string modem)
    {
        if (!_histories.TryGetValue(modem, out var history)) _histories[modem] = history = new ModemHistory();
        return history;
    }

    private static int Number(Match label, string name) =>
        int.Parse(label.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<address>\S+) )?#(?<number>\d{1,9}) (?<host>\S+):(?<port>\d{1,5})$")]
    private static partial Regex Label();
}
