using System.Globalization;
using System.Text.RegularExpressions;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Network;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Comparison;

/// <summary>
/// Measures in a session, as a rule a board's, what the virtual module and its link are set by: the ticks of the boot,
/// the time to an address, and the times of DNS, TCP and TLS. Of several values the median counts.
/// </summary>
public sealed partial class TimingFit
{
    /// <summary>A user's line later than this has nothing to do with the start of the script.</summary>
    private static readonly TimeSpan LatestScript = TimeSpan.FromSeconds(2);

    /// <summary>Samples of one value at most; a longer session adds nothing to the median.</summary>
    private const int MostSamples = 10_000;

    /// <summary>Queries and connections that may be open at a time.</summary>
    private const int MostOpen = 1000;

    private readonly SortedDictionary<string, List<TimeSpan>> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Module> _modules = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];

    private TimingFit()
    {
    }

    /// <summary>The profile with everything that could be measured; the rest has its standard value.</summary>
    public MeasuredProfile Profile { get; private set; } = new(new ModemParameters(), NetworkProfile.LteGood);

    /// <summary>What was measured, a line each.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Goes through a session once.</summary>
    public static TimingFit Measure(IEnumerable<SessionEvent> events)
    {
        var fit = new TimingFit();
        foreach (var e in events) fit.Take(e);
        fit.Conclude();
        return fit;
    }

    private void Take(SessionEvent e)
    {
        if (e.Modem.Length == 0) return;
        if (!_modules.TryGetValue(e.Modem, out var module)) _modules[e.Modem] = module = new Module();
        switch (e)
        {
            case PowerApplied:
                module.IsCold = true;
                break;
            case ResetPulled:
                module.IsCold = false;
                break;
            case ModemStarted { Reason: not StartReason.Unknown } started:
                module.IsCold = started.Reason == StartReason.Power;
                break;
            case NetworkLaneEvent:
                TakeAir(module, e);
                break;
            case LogLine { Tick: { } tick } line:
                TakeLine(module, line, tick);
                break;
        }
    }

    private void TakeLine(Module module, LogLine e, TimeSpan tick)
    {
        var (start, moment) = (e.Boot, e.Moment);
        if (start is not null)
        {
            if (module.ExitAt is { } exit) Add("vmExitDelay", e.At - tick - exit);
            if (module.Starts++ > 0 && !module.IsCold) module.IsWarm = true;
            else if (module.IsCold) module.IsWarm = false;
            (module.ExitAt, module.ReadyTick, module.HasScript, module.IsCold) = (null, null, false, false);
        }

        if (e.Line.StartsWith("am_service_init", StringComparison.Ordinal)) Add("serviceInitAt", tick);
        else if (LogUart().IsMatch(e.Line)) Add("logUartAt", tick);
        else if (e.Line.Contains("loadlibs luavm", StringComparison.Ordinal)) Add("librariesAt", tick);
        switch (moment)
        {
            case Moment.FirmwareVersion:
                Add("bannerAt", tick);
                break;
            case Moment.UserLog when !module.HasScript:
                module.HasScript = true;
                if (tick < LatestScript) Add("scriptAt", tick);
                break;
            case Moment.IpReady when module.ReadyTick is null:
                module.ReadyTick = tick;
                Add(module.IsWarm ? "warmIpReady" : "coldIpReady", tick);
                break;
            case Moment.TimeSync when module.ReadyTick is { } ready:
                Add("timeSyncAfterIpReady", tick - ready);
                module.ReadyTick = TimeSpan.MaxValue;
                break;
            case Moment.VmExit:
                module.ExitAt = e.At;
                break;
            case Moment.Connecting connecting:
                (module.ConnectingAt, module.IsTls) = (e.At, connecting.Port == 443);
                break;
            case Moment.WebSocketReady when module.ConnectingAt is { } began:
                Add(module.IsTls ? "connectTls" : "connect", e.At - began);
                module.ConnectingAt = null;
                break;
        }
    }

    private void TakeAir(Module module, SessionEvent e)
    {
        switch (e)
        {
            case DnsAsked:
                module.Queries.Enqueue(e.At);
                if (module.Queries.Count > MostOpen) module.Queries.Dequeue();
                break;
            case DnsAnswered { Address: null }:
                module.Queries.TryDequeue(out _);
                break;
            case DnsAnswered:
                if (module.Queries.TryDequeue(out var asked)) Add("dns", e.At - asked);
                break;
            case TcpOpening opening:
                module.Begin(opening.Connection, e.At, MostOpen);
                break;
            case TlsStarted begun:
                module.Begin(begun.Connection, e.At, MostOpen);
                break;
            case TcpOpened tcp:
                if (module.Open.Remove(tcp.Connection, out var opened)) Add("roundTrip", e.At - opened);
                break;
            case TlsOpened tls:
                if (module.Open.Remove(tls.Connection, out var started)) Add("tls", e.At - started);
                break;
        }
    }

    private void Add(string what, TimeSpan time)
    {
        if (time < TimeSpan.Zero) return;
        if (!_samples.TryGetValue(what, out var all)) _samples[what] = all = [];
        if (all.Count < MostSamples) all.Add(time);
    }

    private void Conclude()
    {
        var modem = new ModemParameters();
        if (Median("serviceInitAt") is { } service) modem = modem with { ServiceInitAt = service };
        if (Median("logUartAt") is { } log) modem = modem with { LogUartAt = log };
        if (Median("bannerAt") is { } banner) modem = modem with { BannerAt = banner };
        if (Median("librariesAt") is { } libraries) modem = modem with { LibrariesAt = libraries };
        if (Median("scriptAt") is { } script) modem = modem with { ScriptAt = script };
        if (Median("coldIpReady") is { } cold) modem = modem with { ColdIpReady = cold };
        if (Median("warmIpReady") is not null)
        {
            var all = _samples["warmIpReady"];
            modem = modem with { WarmIpReadyMin = all.Min(), WarmIpReadyMax = all.Max() };
        }

        if (Median("timeSyncAfterIpReady") is { } sync) modem = modem with { TimeSyncAfterIpReady = sync };
        if (Median("vmExitDelay") is { } exit) modem = modem with { VmExitDelay = exit };
        Profile = new MeasuredProfile(modem, Link(NetworkProfile.LteGood));
    }

    private NetworkProfile Link(NetworkProfile link)
    {
        if (Median("dns") is { } dns) link = link with { DnsMs = Milliseconds(dns) };
        var trip = Median("roundTrip");
        if (trip is { } known) link = link with { RoundTripMs = Milliseconds(known) };
        var handshake = Median("tls");
        if (handshake is { } tls) link = link with { TlsHandshakeMs = Milliseconds(tls) };

        // A board shows no air: from "connect" to "ready" lie a query, two round trips and, with TLS, the handshake.
        if (trip is null && Median("connect") is { } plain)
        {
            link = link with { RoundTripMs = Math.Max(1, (Milliseconds(plain) - link.DnsMs) / 2) };
        }

        if (handshake is null && Median("connectTls") is { } secured)
        {
            link = link with
            {
                TlsHandshakeMs = Math.Max(
                    link.RoundTripMs, Milliseconds(secured) - link.DnsMs - (2 * link.RoundTripMs)),
            };
        }

        return link;
    }

    private TimeSpan? Median(string what)
    {
        if (!_samples.TryGetValue(what, out var all)) return null;
        all.Sort();
        var median = all[all.Count / 2];
        var finding = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {DurationText.Format(median)} ({all.Count} times, {DurationText.Format(all[0])} to " +
            $"{DurationText.Format(all[^1])})");
        if (!_findings.Contains(finding)) _findings.Add(finding);
        return median;
    }

    // The SDK logs this line for every UART; the log's own is number 0. Scripts open the others at any time.
    [GeneratedRegex(@"^Uart_BaseInitEx \d+:uart 0\b", RegexOptions.CultureInvariant)]
    private static partial Regex LogUart();

    private static int Milliseconds(TimeSpan time) => (int)Math.Round(time.TotalMilliseconds);

    /// <summary>What is remembered of one module.</summary>
    private sealed class Module
    {
        public Queue<TimeSpan> Queries { get; } = new();

        /// <summary>When connections began to open, or their handshakes.</summary>
        public Dictionary<Connection, TimeSpan> Open { get; } = [];

        public bool IsCold { get; set; }

        public bool IsWarm { get; set; }

        public bool HasScript { get; set; }

        public bool IsTls { get; set; }

        public int Starts { get; set; }

        public void Begin(Connection connection, TimeSpan at, int most)
        {
            if (Open.Count > most) Open.Clear();
            Open[connection] = at;
        }

        public TimeSpan? ReadyTick { get; set; }

        public TimeSpan? ExitAt { get; set; }

        public TimeSpan? ConnectingAt { get; set; }
    }
}
