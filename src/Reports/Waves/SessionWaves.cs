using System.Globalization;
using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Reports.Waves;

/// <summary>Makes signals of events.</summary>
internal sealed class SessionWaves(WaveSignals signals, int baud)
{
    /// <summary>A start bit, eight bits, no parity, a stop bit.</summary>
    private const int FrameBits = 10;

    private readonly Dictionary<string, LogInterpreter> _interpreters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<WaveSignal, long> _busyUntil = [];
    private readonly long _byteTicks = FrameBits * TimeSpan.TicksPerSecond / baud;

    public void Take(SessionEvent e)
    {
        var at = e.At.Ticks;
        var scope = e.Modem.Length == 0 ? "rig" : "module_" + Word(e.Modem);
        switch (e.Lane)
        {
            case SessionLane.Power:
                TakePower(e.Kind, e.Text, scope, at);
                break;
            case SessionLane.Log:
                TakeLog(e, scope, at);
                break;
            case SessionLane.Uart:
                TakeUart(e, scope, at);
                break;
            case SessionLane.Network:
                TakeNetwork(e, scope, at);
                break;
            case SessionLane.Service:
                TakeService(e, scope, at);
                break;
            case SessionLane.Vitals:
                TakeVitals(e.Text, scope, at);
                break;
            default:
                TakeRig(e, at);
                break;
        }

        signals.Reached(at);
    }

    private void Wire(string scope, string name, bool value, long at) =>
        signals.Change(signals.Of(scope, name, SignalKind.Wire), value ? 1 : 0, at);

    private void Happens(string scope, string name, long at) =>
        signals.Change(signals.Of(scope, name, SignalKind.Event), 1, at);

    private void TakePower(string kind, string text, string scope, long at)
    {
        switch (kind)
        {
            case SessionKinds.ApplyPower:
                Wire(scope, "power", true, at);
                break;
            case SessionKinds.PoweredOn:
                Wire(scope, "power", true, at);
                Happens(scope, "start", at);
                if (text == "Watchdog") Happens(scope, "watchdog_reset", at);
                StartAnew(scope, at);
                break;
            case SessionKinds.PullReset:
                Happens(scope, "reset_line", at);
                break;
            case SessionKinds.CutPower or SessionKinds.PoweredOff or SessionKinds.ModemLost:
                Wire(scope, "power", false, at);
                StartAnew(scope, at);
                break;
        }
    }

    /// <summary>What the module had is gone.</summary>
    private void StartAnew(string scope, long at)
    {
        Wire(scope, "registered", false, at);
        Wire(scope, "websocket_open", false, at);
        if (_connections.TryGetValue(scope, out var open)) open.Clear();
        signals.Change(signals.Of(scope, "connections", SignalKind.Real), 0, at);
    }

    private void TakeLog(SessionEvent e, string scope, long at)
    {
        if (!_interpreters.TryGetValue(e.Modem, out var interpreter))
        {
            _interpreters[e.Modem] = interpreter = new LogInterpreter();
        }

        Happens(scope, e.Text.StartsWith("E/", StringComparison.Ordinal) ? "log_error" : "log", at);
        switch (interpreter.Read(e.Tick ?? TimeSpan.Zero, e.Text).Moment)
        {
            case Moment.IpReady:
                Wire(scope, "registered", true, at);
                break;
            case Moment.IpLost:
                Wire(scope, "registered", false, at);
                break;
            case Moment.WebSocketReady:
                Wire(scope, "websocket_open", true, at);
                break;
            case Moment.WebSocketClosed:
                Wire(scope, "websocket_open", false, at);
                break;
            case Moment.VmExit:
                Happens(scope, "vm_exit", at);
                break;
        }
    }

    private void TakeUart(SessionEvent e, string scope, long at)
    {
        var words = e.Kind.Split('.');
        if (words.Length < 2) return;
        var name = words[0] + "_" + words[1];
        if (words.Length > 2) Happens(scope, name + "_errors", at);
        var active = signals.Of(scope, name + "_active", SignalKind.Wire);
        var line = signals.Of(scope, name, SignalKind.Line);
        var data = signals.Of(scope, name + "_byte", SignalKind.Byte);
        // What the module sends is told when the last byte has left, what it gets when the first one comes.
        var begin = words[1] == "tx" ? at - (e.Bytes.Length * _byteTicks) : at;
        begin = Math.Max(Math.Max(begin, 0), _busyUntil.GetValueOrDefault(active));
        signals.Change(active, 1, begin);
        foreach (var value in e.Bytes.Span)
        {
            signals.Change(data, value, begin);
            SendBits(line, value, begin);
            begin += _byteTicks;
        }

        signals.Change(data, -1, begin);
        signals.Change(active, 0, begin);
        _busyUntil[active] = begin;
    }

    /// <summary>A start bit, eight bits from the lowest on, a stop bit; the line is 1 before.</summary>
    private void SendBits(WaveSignal line, byte value, long begin)
    {
        var frame = (value << 1) | (1 << (FrameBits - 1));
        for (int bit = 0, last = 1; bit < FrameBits; bit++)
        {
            var level = (frame >> bit) & 1;
            if (level != last) signals.Change(line, level, begin + (bit * _byteTicks / FrameBits));
            last = level;
        }
    }

    private void TakeNetwork(SessionEvent e, string scope, long at)
    {
        switch (e.Kind)
        {
            case "coverage.lost":
                Wire(scope, "no_coverage", true, at);
                return;
            case "coverage.found":
                Wire(scope, "no_coverage", false, at);
                return;
            case "dns.query":
                Wire(scope, "dns_pending", true, at);
                return;
            case "dns.answer" or "dns.nxdomain":
                Wire(scope, "dns_pending", false, at);
                return;
            case "tcp.tx" or "tcp.rx" or "udp.tx" or "udp.rx":
                Happens(scope, e.Kind.Replace('.', '_'), at);
                return;
        }

        var mark = e.Text.IndexOf('#', StringComparison.Ordinal);
        if (mark < 0 || !e.Kind.StartsWith("tcp.", StringComparison.Ordinal)) return;
        var number = e.Text[mark..].Split(' ')[0];
        if (!_connections.TryGetValue(scope, out var open)) _connections[scope] = open = new(StringComparer.Ordinal);
        var changed = e.Kind switch
        {
            "tcp.opened" => open.Add(number),
            "tcp.close" or "tcp.abort" or "tcp.closed.rst" or "tcp.reset" or "tcp.timeout" or "tcp.abandoned" =>
                open.Remove(number),
            _ => false,
        };
        if (changed) signals.Change(signals.Of(scope, "connections", SignalKind.Real), open.Count, at);
    }

    private void TakeService(SessionEvent e, string scope, long at)
    {
        if (!e.Kind.StartsWith("ws.", StringComparison.Ordinal)) return;
        if (e.Kind.EndsWith(".in", StringComparison.Ordinal)) Happens(scope, "websocket_up", at);
        else if (e.Kind.EndsWith(".out", StringComparison.Ordinal)) Happens(scope, "websocket_down", at);
    }

    private void TakeVitals(string text, string scope, long at)
    {
        foreach (var word in text.Split(' '))
        {
            var split = word.IndexOf('=', StringComparison.Ordinal);
            if (split < 0 || !double.TryParse(word.AsSpan(split + 1), CultureInfo.InvariantCulture, out var value))
            {
                continue;
            }

            var (name, kind) = word[..split] switch
            {
                "heap" => ("lua_heap_bytes", SignalKind.Real),
                "sys" => ("system_heap_bytes", SignalKind.Real),
                "cpu" => ("cpu_busy", SignalKind.Real),
                "wdt" => ("watchdog_left_s", SignalKind.Real),
                _ => ("", SignalKind.Real),
            };
            if (name.Length > 0) signals.Change(signals.Of(scope, name, kind), value, at);
        }
    }

    private void TakeRig(SessionEvent e, long at)
    {
        if (e.Kind is not (SessionKinds.FaultBegin or SessionKinds.FaultEnd))
        {
            Happens("rig", Word(e.Kind), at);
            return;
        }

        var name = "fault_" + Word(e.Text);
        if (e.Kind == SessionKinds.FaultBegin && IsMoment(e.Text))
        {
            Happens("rig", name, at);
            return;
        }

        var count = Math.Max(0, _faults.GetValueOrDefault(name) + (e.Kind == SessionKinds.FaultBegin ? 1 : -1));
        _faults[name] = count;
        Wire("rig", name, count > 0, at);
        signals.Change(signals.Of("rig", "faults", SignalKind.Real), _faults.Values.Sum(), at);
    }

    private static bool IsMoment(string phrase)
    {
        try
        {
            return FaultPhrase.Parse(phrase).Fault.IsMoment;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>As an identifier.</summary>
    private static string Word(string text)
    {
        var word = new StringBuilder(text.Length);
        foreach (var c in text) word.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return word.ToString();
    }
}
