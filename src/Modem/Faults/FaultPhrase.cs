using AirHil.Modem.Air;
using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>
/// The short phrases for faults, as the command line and the features use them: a form of the
/// <see cref="Catalogue"/>, then "for DURATION" where the fault has an end.
/// </summary>
public static class FaultPhrase
{
    private const LimitKinds OfHosts = LimitKinds.Host | LimitKinds.Times;
    private const LimitKinds OfLines = LimitKinds.Direction | LimitKinds.Port | LimitKinds.Times;
    private const LimitKinds OfMessages =
        LimitKinds.Direction | LimitKinds.Host | LimitKinds.Text | LimitKinds.Times;

    private static readonly Form[] Forms =
    [
        new("drop coverage", "no usable cell: the modem loses its IP and looks for a network", _ => new DropCoverage()),
        new("black hole", "no packet arrives in either direction and no side gets an error", _ => new BlackHole()),
        new("drop connection", "every open TCP connection is reset, at one moment", _ => new ResetConnections(),
            OfHosts),
        new("fail dns", "every name is answered by NXDOMAIN", _ => new FailDns(), OfHosts, DnsFault.Of),
        new("silence dns", "no DNS query is answered", _ => new FailDns(true), OfHosts, DnsFault.Of),
        new("empty dns", "every name is answered without an address", _ => new EmptyDns(), OfHosts, DnsFault.Of),
        new("fail tls", "TLS handshakes end in an alert", _ => new FailTls(), OfHosts),
        new("hang tls", "TLS handshakes never end", _ => new FailTls(true), OfHosts),
        new("slow link DURATION RATE", "a round trip takes DURATION; at most RATE bytes a second pass",
            a => new SlowLink(Time(a[0]), Rate(a[1])), LimitKinds.Direction | LimitKinds.Host),
        new("service down", "connections are reset and new ones refused", _ => new RefuseConnections(), OfHosts),
        new("silent host", "packets to the service vanish, DNS still works", _ => new SilentHost(), LimitKinds.Host),
        new("refuse upgrade with STATUS", "WebSocket upgrades are answered by that HTTP status",
            a => new RefuseUpgrade(Number(a[0], 200, 599, "an HTTP status")), OfHosts),
        new("stall upgrade", "WebSocket upgrades are not answered", _ => new StallUpgrade(), OfHosts),
        new("glue frame to 101", "a first text frame travels with the 101", _ => new GlueFrameTo101()),
        new("glue frame to 101 TEXT", "the same, with its text", a => new GlueFrameTo101(a[0])),
        new("close with CODE", "the service closes with a close frame of that code, at one moment",
            a => new CloseWithFrame(Number(a[0], 1000, 4999, "a close code")), LimitKinds.Host),
        new("close without frame", "the service ends its connections by FIN alone, at one moment",
            _ => new CloseWithoutFrame(), LimitKinds.Host),
        new("forget connections", "the service's host crashes and is back: half-open connections, at one moment",
            _ => new ForgetConnections(), LimitKinds.Host),
        new("fall silent", "the service reads and answers nothing", _ => new FallSilent(), LimitKinds.Host),
        new("fragment frames", "messages of the service come in two fragments", _ => new Fragment(), OfHosts),
        new("oversize frame BYTES", "the service sends one text frame of that size, at one moment",
            a => new OversizeFrame(Number(a[0], 1, 1_000_000, "a size in bytes")), LimitKinds.Host),
        new("answer http with STATUS", "HTTP requests are answered by that status, whatever their route says",
            a => new AnswerStatus(Number(a[0], 200, 599, "an HTTP status")), OfHosts),
        new("cut http bodies", "bodies of HTTP answers end in their middle, with their connections",
            _ => new CutBodies(), OfHosts),
        new("refuse mqtt with CODE", "MQTT brokers refuse to connect, with that return code",
            a => new RefuseConnect(Number(a[0], 1, 255, "a return code")), OfHosts),
        new("withhold PACKET", "MQTT brokers do not send packets of that type, such as puback",
            a => new WithholdPackets(WithholdPackets.ReadPacket(a[0])), OfHosts),
        new("split uart packets", "packets to the UARTs come in two halves, with 100 ms between",
            _ => new SplitPackets(), OfLines),
        new("lose uart bytes PERCENT", "so many of the bytes to the UARTs are lost",
            a => new LoseBytes(Share(a[0])), OfLines),
        new("garble uart bytes PERCENT", "so many of the bytes to the UARTs are others",
            a => new GarbleBytes(Share(a[0])), OfLines),
        new("refuse sms with CODE", "text messages of the module are refused with that cause",
            a => new RefuseSms(Number(a[0], 1, 999, "a cause")), LimitKinds.Text | LimitKinds.Times),
        new("lose sms", "text messages vanish in both directions", _ => new LoseSms(),
            LimitKinds.Direction | LimitKinds.Text | LimitKinds.Times),
        new("hold sms", "text messages for the module wait, and its own are not answered", _ => new HoldSms()),
        new("deny registration with CAUSE", "every attach is rejected with that EMM cause",
            a => new DenyRegistration(Number(a[0], 2, 111, "an EMM cause"))),
        new("slow registration DURATION", "every attach takes that much longer",
            a => new SlowRegistration(Time(a[0]))),
        new("roam", "the network is not the subscriber's own", _ => new Roam()),
        new("signal RSRP RSRQ SNR", "the signal has these values, in dBm and dB",
            Signal),
        new("fade RSRP RSRQ SNR to RSRP RSRQ SNR over DURATION",
            "the signal goes from these values to those in that time, and stays there",
            a => new FadeSignal(Signal(a[..3]), Signal(a[3..6]), AtLeastOneMs(a[6]))),
        new("interrupt link DURATION every DURATION",
            "no packet arrives for the first, again and again; no side gets an error",
            a => Interruption(AtLeastOneMs(a[0]), Time(a[1]))),
        new("cell ID TAC", "the module is served by the cell of that identity and tracking area",
            a => new ChangeCell(
                Number(a[0], 0, Cell.MostId, "a cell identity"), Number(a[1], 0, 65_535, "a tracking area"))),
        new("cells CELLS",
            "the module sees these, the serving one first: CID,TAC,BAND,PCI,RSRP[,RSRQ[,SNR[,EARFCN]]] for each",
            a => new PlaceCells(CellList.Parse(a[0]))),
        new("half frame", "the service sends half a frame and nothing more, at one moment", _ => new HalfFrame(),
            LimitKinds.Host),
        new("lose packets PERCENT", "so many of the packets between module and network are lost",
            a => new LosePackets(Share(a[0])), LimitKinds.Direction | OfHosts),
        new("network clock DURATION ahead", "the time that the network tells is wrong by that",
            a => new WrongClock(Time(a[0]))),
        new("network clock DURATION behind", "the same the other way", a => new WrongClock(-Time(a[0]))),
        new("drop messages PERCENT", "so many messages of WebSocket and MQTT vanish",
            a => new DropMessages(Share(a[0])),
            OfMessages),
        new("double messages PERCENT", "so many messages of WebSocket and MQTT come twice",
            a => new DoubleMessages(Share(a[0])), OfMessages),
        new("delay messages PERCENT DURATION", "so many messages of WebSocket and MQTT come so much later",
            a => new DelayMessages(Share(a[0]), Time(a[1])), OfMessages),
    ];

    /// <summary>
    /// Every form with the limits that it can have in brackets, and what it means, in the order to show them.
    /// </summary>
    public static IReadOnlyList<(string Form, string Meaning)> Catalogue { get; } =
    [
        .. Forms.Select(f => (f.Shown, f.Meaning)),
    ];

    /// <summary>The words that faults begin with.</summary>
    internal static IEnumerable<string> FirstWords => Forms.Select(f => f.Words[0]).Distinct();

    /// <summary>Reads a phrase such as "drop coverage for 30s".</summary>
    /// <exception cref="FormatException">The text is no phrase; the message names what was expected.</exception>
    public static (Fault Fault, TimeSpan? For) Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) throw new FormatException("A fault is expected, such as 'drop coverage for 30s'");
        TimeSpan? duration = null;
        var end = words.Length;
        var at = Array.LastIndexOf(words, "for");
        if (at > 0)
        {
            duration = Time(string.Join(' ', words[(at + 1)..]));
            end = at;
        }

        // Earlier versions wrote the host without a word before it.
        if (words is ["silent", "host", not ("at" or "of" or "for"), ..])
        {
            (words, end) = ([.. words[..2], "at", .. words[2..]], end + 1);
        }

        if (Find(words.AsSpan(0, end)) is var (form, arguments, behind))
        {
            var fault = form.Make(arguments);
            var limits = FaultLimits.Parse(behind, form.Accepts, form.HostWord);
            if (limits.Kinds != LimitKinds.None) fault = fault with { Limits = limits };
            if (fault.IsMoment && duration is not null)
            {
                throw new FormatException($"'{text}': '{fault.Phrase}' happens at one moment; leave out 'for …'");
            }

            return (fault, duration);
        }

        throw new FormatException($"'{text}' is not a fault that is known here; expected {Expected(words)}");
    }

    /// <summary>Writes a phrase that <see cref="Parse"/> reads back to equal values.</summary>
    public static string Format(Fault fault, TimeSpan? duration = null) =>
        duration is { } time && !fault.IsMoment ? $"{fault.Phrase} for {Duration(time)}" : fault.Phrase;

    /// <summary>A duration without spaces: "30s", "1.5s", "24h".</summary>
    internal static string Duration(TimeSpan time) =>
        DurationText.Format(time).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>How the fault with these words can be limited.</summary>
    internal static LimitKinds AcceptedBy(string words) => Found(words).Accepts;

    /// <summary>The phrase of the fault with these words and limits.</summary>
    internal static string Limited(string words, FaultLimits limits) =>
        limits.Kinds == LimitKinds.None ? words : words + limits.Phrase(Found(words).HostWord);

    private static Form Found(string words) =>
        Find(words.Split(' '))?.Form ?? throw new NotSupportedException($"the fault '{words}' has no form");

    /// <summary>The longest form that the words begin with.</summary>
    private static (Form Form, string[] Arguments, string Behind)? Find(ReadOnlySpan<string> words)
    {
        (Form Form, string[] Arguments, string Behind)? best = null;
        foreach (var form in Forms)
        {
            if (best?.Form.Words.Length >= form.Words.Length || !form.TryMatch(words, out var arguments)) continue;
            var isTail = form.IsTail || words.Length == form.Words.Length;
            best = (form, arguments, isTail ? "" : string.Join(' ', words[form.Words.Length..].ToArray()));
        }

        return best;
    }

    private static string Expected(string[] words)
    {
        var near = Forms.Where(f => string.Equals(f.Words[0], words[0], StringComparison.Ordinal)).ToArray();
        return near.Length == 0
            ? $"a phrase that begins with {string.Join(", ", FirstWords)}"
            : string.Join(" or ", near.Select(f => $"'{f.Shown}'"));
    }

    private static TimeSpan Time(string text) => DurationText.Parse(text);

    private static TimeSpan AtLeastOneMs(string text) => Time(text) is var time
        && time >= TimeSpan.FromMilliseconds(1) ? time : throw new FormatException($"'{text}' is less than 1 ms");

    private static ChangeSignal Signal(string[] values) => new(
        Number(values[0], Cell.LeastRsrpDbm, Cell.MostRsrpDbm, "an RSRP"),
        Number(values[1], Cell.LeastRsrqDb, Cell.MostRsrqDb, "an RSRQ"),
        Number(values[2], Cell.LeastSnrDb, Cell.MostSnrDb, "an SNR"));

    private static InterruptLink Interruption(TimeSpan gap, TimeSpan every) => every > gap
        ? new InterruptLink(gap, every)
        : throw new FormatException($"'{Duration(every)}' is not longer than a gap of {Duration(gap)}");

    private static int Number(string text, int least, int most, string what) =>
        PhraseWords.Signed(text, least, most, what);

    private static int Share(string text) => Number(text, 1, 100, "a share");

    private static int Rate(string text)
    {
        var (unit, factor) = text.EndsWith("kB/s", StringComparison.Ordinal) ? ("kB/s", 1000) : ("B/s", 1);
        if (!text.EndsWith(unit, StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not a rate; write it as 1000B/s or 20kB/s");
        }

        return Number(text[..^unit.Length], 1, 1_000_000_000 / factor, "a rate in " + unit) * factor;
    }

    /// <summary>One row of the catalogue: small words are literal, capital words are arguments.</summary>
    /// <param name="HostWord">The word before the host that it is limited to.</param>
    private sealed record Form(
        string Pattern, string Meaning, Func<string[], Fault> Make, LimitKinds Accepts = LimitKinds.None,
        string HostWord = "at")
    {
        public string[] Words { get; } = Pattern.Split(' ');

        /// <summary>The last argument is all that is left.</summary>
        public bool IsTail => Words[^1] is "TEXT" or "CELLS";

        /// <summary>With the limits that it can have in brackets.</summary>
        public string Shown => Pattern + FaultLimits.Form(Accepts, HostWord);

        /// <summary>Whether these words begin as the form does.</summary>
        public bool TryMatch(ReadOnlySpan<string> given, out string[] arguments)
        {
            arguments = [];
            if (given.Length < Words.Length) return false;
            var found = new List<string>();
            for (var i = 0; i < Words.Length; i++)
            {
                if (IsTail && i == Words.Length - 1)
                {
                    found.Add(string.Join(' ', given[i..].ToArray()));
                }
                else if (char.IsAsciiLetterUpper(Words[i][0]))
                {
                    found.Add(given[i]);
                }
                else if (!string.Equals(Words[i], given[i], StringComparison.Ordinal))
                {
                    return false;
                }
            }

            arguments = [.. found];
            return true;
        }
    }
}
