using System.Globalization;

namespace AirHil.Modem.Observation;

/// <summary>
/// Reads the log of one module, record by record, and says what happened (reference §2.6, §2.8, §2.9, §3, §4).
/// </summary>
internal sealed class LogInterpreter
{
    /// <summary>Records of different tasks may change places by this much; more is a restart of the tick.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMilliseconds(50);

    private const string Error = "E/main ";
    private TimeSpan _last = TimeSpan.MinValue;
    private bool _bannerSeen;
    private bool _dying;
    private string _lastWords = "";
    private string _announced = "";

    /// <summary>Takes the next record.</summary>
    /// <param name="tick">The module's time, as the record carries it.</param>
    /// <param name="text">The record without its line end.</param>
    /// <returns>A start that this record shows, and what the record itself says; null where nothing.</returns>
    public (Moment.Booted? Start, Moment? Moment) Read(TimeSpan tick, string text)
    {
        var banner = Banner(text);
        var restarted = _last == TimeSpan.MinValue || tick < _last - Disorder || (banner is not null && _bannerSeen);
        _last = tick;
        Moment.Booted? start = null;
        if (restarted)
        {
            start = new Moment.Booted(_announced) { Tick = tick };
            (_bannerSeen, _dying, _lastWords, _announced) = (false, false, "", "");
        }

        _bannerSeen |= banner is not null;
        var moment = banner ?? MeaningOf(text);
        if (moment is Moment.VmExit)
        {
            _announced = _lastWords.Length == 0 ? "VM exit" : "VM exit: " + _lastWords;
            moment = new Moment.VmExit(_lastWords);
        }
        else
        {
            NoteLastWords(text);
        }

        return (start, moment is null ? null : moment with { Tick = tick });
    }

    private static Moment.FirmwareVersion? Banner(string text)
    {
        const string Prefix = "I/main LuatOS@";
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var words = text[Prefix.Length..].Split(' ');
        var version = After(words, "bsp");
        var bits = words[^1].EndsWith("bit", StringComparison.Ordinal)
            && int.TryParse(words[^1].AsSpan(0, words[^1].Length - 3), NumberStyles.None, CultureInfo.InvariantCulture,
                out var n)
                ? n
                : 0;
        return new Moment.FirmwareVersion(words[0], version, bits);
    }

    private static string After(string[] words, string word)
    {
        var at = Array.IndexOf(words, word);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "";
    }

    /// <summary>
    /// What a record says by itself. The message of a VM exit is in the records before it and is missing.
    /// </summary>
    internal static Moment? MeaningOf(string text)
    {
        if (Banner(text) is { } banner) return banner;
        if (text.Length < 3 || text[1] != '/') return null;
        var body = text.AsSpan(2);
        if (body.StartsWith("user.", StringComparison.Ordinal)) return User(text);
        if (body.StartsWith("main ", StringComparison.Ordinal)) return Main(text);
        if (body.StartsWith("mobile ", StringComparison.Ordinal)) return Mobile(text);
        if (body.StartsWith("DNS ", StringComparison.Ordinal)) return Dns(text);
        if (body.StartsWith("websocket ", StringComparison.Ordinal)) return WebSocket(text);
        return Styled(text);
    }

    // log.style(1) writes "I/main.lua:12<tab>TAG<tab>text".
    private static Moment.UserLog? Styled(string text)
    {
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0 || !text.AsSpan(0, tab).Contains(".lua:", StringComparison.Ordinal)) return null;
        var rest = text[(tab + 1)..];
        var next = rest.IndexOf('\t', StringComparison.Ordinal);
        return next < 0
            ? new Moment.UserLog(text[0], rest, "")
            : new Moment.UserLog(text[0], rest[..next], rest[(next + 1)..]);
    }

    private static Moment User(string text)
    {
        const int Start = 7;
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        var tag = tab < 0 ? text[Start..] : text[Start..tab];
        var rest = tab < 0 ? "" : text[(tab + 1)..];
        return text[0] == 'E' && tag == "coroutine.resume"
            ? new Moment.TaskError(rest)
            : new Moment.UserLog(text[0], tag, rest);
    }

    private static Moment? Main(string text)
    {
        if (text[0] != 'E') return null;
        var said = text.AsSpan(Error.Length);
        if (said.StartsWith("Lua VM exit!!", StringComparison.Ordinal)) return new Moment.VmExit("");
        return said.Contains("not enough memory", StringComparison.Ordinal)
            ? new Moment.AllocationFailed(said.ToString())
            : null;
    }

    /// <summary>"Luat:" comes first, then what ended the VM, then that it ended.</summary>
    private void NoteLastWords(string text)
    {
        if (!text.StartsWith(Error, StringComparison.Ordinal)) return;
        var said = text[Error.Length..];
        if (said.TrimEnd() == "Luat:") _dying = true;
        else if (_dying) _lastWords = said;
    }

    private static Moment? Mobile(string text) => text switch
    {
        "D/mobile NETIF_LINK_ON -> IP_READY" => new Moment.IpReady(),
        "D/mobile NETIF_LINK_OFF -> IP_LOSE" => new Moment.IpLost(),
        "D/mobile TIME_SYNC 0" => new Moment.TimeSync(),
        _ => null,
    };

    private static Moment? Dns(string text)
    {
        const int Start = 6;
        if (text.StartsWith("E/DNS no ipv6, no ipv4", StringComparison.Ordinal)) return new Moment.DnsFailed();
        var end = text.IndexOf(" state ", StringComparison.Ordinal);
        return text[0] == 'D' && end > Start ? new Moment.DnsQuery(text[Start..end]) : null;
    }

    private static Moment? WebSocket(string text)
    {
        const string Connect = "I/websocket connect host ";
        const string Retry = "I/websocket reconnect after ";
        const string Refused = "E/websocket server not support websocket? resp code ";
        if (text == "I/websocket ready!!") return new Moment.WebSocketReady();
        if (text == "I/websocket websocket closing socket") return new Moment.WebSocketClosed();
        if (text.StartsWith(Refused, StringComparison.Ordinal))
        {
            return new Moment.UpgradeRefused(text[Refused.Length..]);
        }

        if (text.StartsWith(Retry, StringComparison.Ordinal) && text.EndsWith("ms", StringComparison.Ordinal))
        {
            var number = text.AsSpan(Retry.Length, text.Length - Retry.Length - 2);
            return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
                ? new Moment.Reconnecting(TimeSpan.FromMilliseconds(ms))
                : null;
        }

        if (!text.StartsWith(Connect, StringComparison.Ordinal)) return null;
        var split = text.LastIndexOf(" port ", StringComparison.Ordinal);
        return split > Connect.Length
            && int.TryParse(text.AsSpan(split + 6), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new Moment.Connecting(text[Connect.Length..split], port)
                : null;
    }
}
