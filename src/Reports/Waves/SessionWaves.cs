using System.Globalization;
using System.Text;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Waves;

/// <summary>Makes signals of events.</summary>
internal sealed class SessionWaves(WaveSignals signals, int baud)
{
    /// <summary>A start bit, eight bits, no parity, a stop bit.</summary>
    private const int FrameBits = 10;

    private readonly Dictionary<string, HashSet<int>> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<WaveSignal, long> _busyUntil = [];
    private readonly long _byteTicks = FrameBits * TimeSpan.TicksPerSecond / baud;

    public void Take(SessionEvent e)
    {
        var at = e.At.Ticks;
        var scope = e.Modem.Length == 0 ? "rig" : "module_" + Word(e.Modem);
        switch (e)
        {
            case PowerEvent power:
                TakePower(power, scope, at);
                break;
            case LogLine line:
                TakeLog(line, scope, at);
                break;
            case UartEvent uart:
                TakeUart(uart, scope, at);
                break;
            case PinDriven pin:
                Wire(scope, PinName(pin), ModulePin.Level(pin.Drive) == true, at);
                break;
            case PinPulsed pin:
                Real(scope, PinName(pin) + "_hertz", pin.Hertz, at);
                Real(scope, PinName(pin) + "_duty", pin.Duty / 1000.0, at);
                break;
            case AnalogSet set:
                Real(scope, "analog_" + set.Input.ToString().ToLowerInvariant(), set.Value, at);
                break;
            case PinHeld pin:
                Wire(scope, PinName(pin) + "_held_high", pin.Hold == PinHold.High, at);
                Wire(scope, PinName(pin) + "_held_low", pin.Hold == PinHold.Low, at);
                break;
            case I2cTransferred i2c:
                byte[] onWire = [(byte)(i2c.Address << 1), .. i2c.Bytes.Span, .. Convert.FromHexString(i2c.Read ?? "")];
                TakeBus(scope, "i2c" + Word(i2c.Bus), onWire, i2c.Took, at);
                if (i2c.Result != I2cResult.Ok) Happens(scope, "i2c" + Word(i2c.Bus) + "_failed", at);
                break;
            case SpiTransferred spi:
                TakeBus(scope, "spi" + Word(spi.Bus) + "_mosi", spi.Bytes.Span, spi.Took, at);
                TakeBus(scope, "spi" + Word(spi.Bus) + "_miso", Convert.FromHexString(spi.Received), spi.Took, at);
                break;
            case DeviceTold:
                Happens(scope, "device", at);
                break;
            case NetworkLaneEvent:
                TakeNetwork(e, scope, at);
                break;
            case ServiceEvent:
                TakeService(e, scope, at);
                break;
            case VitalsSampled { Vitals: var vitals }:
                TakeVitals(vitals, scope, at);
                break;
            default:
                TakeRig(e, at);
                break;
        }

        signals.Reached(at);
    }

    private void TakeBus(string scope, string name, ReadOnlySpan<byte> bytes, TimeSpan took, long at)
    {
        var active = signals.Of(scope, name + "_active", SignalKind.Wire);
        var data = signals.Of(scope, name + "_byte", SignalKind.Byte);
        signals.Change(active, 1, at);
        for (var i = 0; i < bytes.Length; i++) signals.Change(data, bytes[i], at + (took.Ticks * i / bytes.Length));
        signals.Change(data, -1, at + took.Ticks);
        signals.Change(active, 0, at + took.Ticks);
    }

    private static string PinName(PinEvent pin) => string.Create(CultureInfo.InvariantCulture, $"gpio{pin.Pin}");

    private void Wire(string scope, string name, bool value, long at) =>
        signals.Change(signals.Of(scope, name, SignalKind.Wire), value ? 1 : 0, at);

    private void Real(string scope, string name, double value, long at) =>
        signals.Change(signals.Of(scope, name, SignalKind.Real), value, at);

    private void Happens(string scope, string name, long at) =>
        signals.Change(signals.Of(scope, name, SignalKind.Event), 1, at);

    private void TakePower(PowerEvent e, string scope, long at)
    {
        switch (e)
        {
            case PowerApplied:
                Wire(scope, "power", true, at);
                break;
            case ModemStarted started:
                Wire(scope, "power", true, at);
                Happens(scope, "start", at);
                if (started.Reason == StartReason.Watchdog) Happens(scope, "watchdog_reset", at);
                StartAnew(scope, at);
                break;
            case ResetPulled:
                Happens(scope, "reset_line", at);
                break;
            case SleepChanged sleep:
                Wire(scope, "asleep", sleep.Mode != SleepMode.Awake, at);
                break;
            case UsbPlugged usb:
                Wire(scope, "usb", usb.IsIn, at);
                break;
            case PowerCut or ModemStopped or ModemGone:
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
        Real(scope, "connections", 0, at);
    }

    private void TakeLog(LogLine e, string scope, long at)
    {
        Happens(scope, e.Line.StartsWith("E/", StringComparison.Ordinal) ? "log_error" : "log", at);
        switch (e.Moment)
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

    private void TakeUart(UartEvent e, string scope, long at)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"uart{e.Port}_{(e is UartOut ? "tx" : "rx")}");
        if (e is UartIn { LineErrors: true }) Happens(scope, name + "_errors", at);
        var active = signals.Of(scope, name + "_active", SignalKind.Wire);
        var line = signals.Of(scope, name, SignalKind.Line);
        var data = signals.Of(scope, name + "_byte", SignalKind.Byte);
        // A sent text is dated when its last byte has left, a received one when its first byte comes.
        var begin = e is UartOut ? at - (e.Bytes.Length * _byteTicks) : at;
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
        switch (e)
        {
            case CoverageChanged coverage:
                Wire(scope, "no_coverage", !coverage.IsCovered, at);
                return;
            case DnsAsked:
                Wire(scope, "dns_pending", true, at);
                return;
            case DnsAnswered:
                Wire(scope, "dns_pending", false, at);
                return;
            case TcpSent or TcpReceived or UdpSent or UdpReceived:
                Happens(scope, e.Kind.Replace('.', '_'), at);
                return;
        }

        if (e is not ConnectionEvent { Connection.Number: var number }) return;
        if (!_connections.TryGetValue(scope, out var open)) _connections[scope] = open = [];
        var changed = e switch
        {
            TcpOpened => open.Add(number),
            TcpClosed or TcpEnded { Reset: true } or TcpReset or TcpTimedOut { AtService: false } or TcpAbandoned =>
                open.Remove(number),
            _ => false,
        };
        if (changed) Real(scope, "connections", open.Count, at);
    }

    private void TakeService(SessionEvent e, string scope, long at)
    {
        if (e is FrameIn) Happens(scope, "websocket_up", at);
        else if (e is FrameOut or HalfFrameOut) Happens(scope, "websocket_down", at);
    }

    private void TakeVitals(ModemReport.Vitals vitals, string scope, long at)
    {
        Real(scope, "lua_heap_bytes", vitals.HeapUsed, at);
        Real(scope, "system_heap_bytes", vitals.SystemHeapUsed, at);
        Real(scope, "cpu_busy", vitals.CpuBusy, at);
        Real(scope, "watchdog_left_s", vitals.WatchdogLeft.TotalSeconds, at);
    }

    private void TakeRig(SessionEvent e, long at)
    {
        var began = e as FaultBegan;
        if ((began?.Fault ?? (e as FaultEnded)?.Fault) is not { } fault)
        {
            Happens("rig", Word(e.Kind), at);
            return;
        }

        var name = "fault_" + Word(fault.Phrase);
        if (began is not null && fault.IsMoment)
        {
            Happens("rig", name, at);
            return;
        }

        var count = Math.Max(0, _faults.GetValueOrDefault(name) + (began is not null ? 1 : -1));
        _faults[name] = count;
        Wire("rig", name, count > 0, at);
        signals.Change(signals.Of("rig", "faults", SignalKind.Real), _faults.Values.Sum(), at);
    }

    /// <summary>As an identifier.</summary>
    private static string Word(string text)
    {
        var word = new StringBuilder(text.Length);
        foreach (var c in text) word.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return word.ToString();
    }
}
