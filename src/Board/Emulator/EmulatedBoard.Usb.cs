using AirHil.Board.Log;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Units;

namespace AirHil.Board.Emulator;

/// <content>What the module's USB side and the adapters do.</content>
public sealed partial class EmulatedBoard
{
    private static readonly TimeSpan LongestUnplug = TimeSpan.FromSeconds(3);

    private HostCommandReader _host = new();
    private BootRom _rom = new();
    private UsbMode _present = UsbMode.Absent;
    private UsbMode _offered = UsbMode.Absent;
    private bool _cableOut;
    private bool _relayClosed;
    private bool _logWanted;
    private bool _downloadArmed;
    private int _enumeration;
    private int _restart;
    private TimeSpan _lineFreeAt;
    private bool _lineAwaited;

    private enum UsbMode
    {
        Absent,
        Running,
        Download,
    }

    private void OnStarted(ModemReport.PoweredOn on, TimeSpan now)
    {
        Tell(on.Reason == StartReason.Unknown ? "the module starts" : $"the module starts ({on.Reason})", now);
        Forget();
        Offer(UsbMode.Running, now);
    }

    private void OnStopped(TimeSpan now)
    {
        Tell("the module is off", now);
        Forget();
        Offer(UsbMode.Absent, now);
        // A module without supply is gone from the air, and cannot say so.
        _options.Happened?.Invoke(new AirRequest.Radio(false), now);
    }

    /// <summary>What the module held in its memory is gone.</summary>
    private void Forget()
    {
        _downloadArmed = false;
        _log.Clear();
        _virtualUart.Clear();
    }

    /// <summary>The module leaves the bus, and comes back as what it is then.</summary>
    private void Offer(UsbMode mode, TimeSpan now)
    {
        _offered = mode;
        LeaveBus(now);
        if (!_cableOut) Enumerate(now);
    }

    private void Enumerate(TimeSpan now)
    {
        var number = ++_enumeration;
        if (_offered == UsbMode.Absent) return;
        At(now + _options.EnumerationTime, then =>
        {
            if (number == _enumeration) JoinBus(then);
        });
    }

    private void JoinBus(TimeSpan now)
    {
        _present = _offered;
        _logWanted = false;
        _host = new HostCommandReader();
        _rom = new BootRom();
        var isRunning = _present == UsbMode.Running;
        EmulatedPort[] ports = isRunning ? [_log, _lowLevelLog, _virtualUart] : [_bootPort];
        var devices = new List<(int, string)>();
        foreach (var port in ports) devices.Add((port.Interface, PlugIn(port).SlavePath));
        // The names that LuatOS builds carry (reference bench §1.1).
        if (isRunning) _folder.Describe(_options.Location, ("19d1", "0001"), ("AirM2M", "AirM2M Compo"), devices);
        else _folder.Describe(_options.Location, ("17d1", "0001"), ("", ""), devices);
        Tell(isRunning ? "its USB ports are there" : "it is in download mode, with one USB port", now);
    }

    private void LeaveBus(TimeSpan now)
    {
        _enumeration++;
        if (_present == UsbMode.Absent) return;
        _present = UsbMode.Absent;
        _logWanted = false;
        _folder.Forget(_options.Location);
        foreach (var port in (EmulatedPort[])[_log, _lowLevelLog, _virtualUart, _bootPort]) PullOut(port, now);
        Tell("its USB ports are gone", now);
    }

    private void PullCable(TimeSpan duration, TimeSpan now)
    {
        if (_cableOut) return;
        Tell($"the USB cable is pulled out for {DurationText.Format(duration)}", now);
        _cableOut = true;
        LeaveBus(now);
        At(now + duration, then =>
        {
            _cableOut = false;
            Tell("the USB cable is plugged in", then);
            Enumerate(then);
        });
    }

    private void PlanUnplug(TimeSpan mean, SplitMix64 random, TimeSpan now)
    {
        // Exponentially distributed gaps: at every moment it is equally likely.
        var gap = mean * -Math.Log(1 - random.NextDouble());
        At(now + gap, then =>
        {
            PullCable(TimeSpan.FromMilliseconds(1 + random.Below((int)LongestUnplug.TotalMilliseconds)), then);
            PlanUnplug(mean, random, then);
        });
    }

    private void Log(ModemReport.LogLine line)
    {
        var most = _logWanted && _log.HasUser ? EmulatedPort.QueueBytes : _options.LogBacklogBytes;
        _log.Keep(_frames.Of(line), most);
        if (_logWanted) _log.Flush();
    }

    private void OnHostBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while ((count = port.Read(_chunk)) > 0)
        {
            _host.Push(_chunk.AsSpan(0, count));
            while (_host.TryTake(out var command)) AtOnce(then => Obey(command, then));
        }
    }

    private void Obey(HostCommand command, TimeSpan now)
    {
        switch (command)
        {
            case HostCommand.StartLog:
                _logWanted = true;
                _log.Flush();
                break;
            case HostCommand.Reboot:
                Tell("the host asks for a restart", now);
                Command(new ModemCommand.PullReset(), now);
                break;
            case HostCommand.At { IsDelayedRestart: true }:
                _downloadArmed = true;
                var number = ++_restart;
                At(now + _options.DelayedRestart, then =>
                {
                    if (_downloadArmed && number == _restart) Command(new ModemCommand.PullReset(), then);
                });
                break;
            case HostCommand.At { IsRestart: true }:
                Tell("the host asks for a restart", now);
                Command(new ModemCommand.PullReset(), now);
                break;
            case HostCommand.Download when _downloadArmed:
                Tell("the host asks for download mode", now);
                Command(new ModemCommand.CutPower(), now);
                Offer(UsbMode.Download, now);
                break;
        }
    }

    private void OnBootRomBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while ((count = port.Read(_chunk)) > 0)
        {
            foreach (var b in _chunk.AsSpan(0, count))
            {
                if (_rom.Take(b)) port.Send(BootRom.Sync.ToArray());
            }
        }
    }

    private void OnVirtualUartBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while (port.IsPluggedIn && (count = port.Read(_chunk)) > 0)
        {
            var write = new ModemCommand.WriteUart(VirtualUart, _chunk.AsSpan(0, count).ToArray());
            AtOnce(then => Command(write, then));
        }
    }

    /// <summary>
    /// The adapter takes no more than its line carries away, so that its user has to wait as on a bench.
    /// </summary>
    private void OnUartBytes(EmulatedPort port, TimeSpan now)
    {
        var ahead = (_lineFreeAt - now).TotalSeconds * _options.AdapterBaud / 10;
        var room = _options.AdapterFifoBytes - (int)Math.Max(0, Math.Ceiling(ahead));
        if (room >= Math.Min(_chunk.Length, _options.AdapterFifoBytes / 2))
        {
            var count = port.Read(_chunk.AsSpan(0, Math.Min(room, _chunk.Length)));
            if (count == 0) return;
            _lineFreeAt = (_lineFreeAt > now ? _lineFreeAt : now) + LineTime(count);
            var write = new ModemCommand.WriteUart(WiredUart, _chunk.AsSpan(0, count).ToArray());
            AtOnce(then => Command(write, then));
        }

        if (_lineAwaited) return;
        _lineAwaited = true;
        var due = _lineFreeAt - LineTime(_options.AdapterFifoBytes / 2);
        At(due > now ? due : now, then =>
        {
            _lineAwaited = false;
            OnUartBytes(_uart, then);
        });
    }

    private TimeSpan LineTime(int bytes) => TimeSpan.FromSeconds(bytes * 10d / _options.AdapterBaud);

    private void OnRelayBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while ((count = port.Read(_chunk)) > 0)
        {
            foreach (var b in _chunk.AsSpan(0, count))
            {
                if (_relayBox.Take(b) is { } isClosed) AtOnce(then => Switch(isClosed, then));
            }
        }
    }

    private void Switch(bool isClosed, TimeSpan now)
    {
        if (isClosed == _relayClosed) return;
        _relayClosed = isClosed;
        Tell(isClosed ? "the relay feeds the board" : "the relay cuts the supply", now);
        // In download mode the model is off and would not say that it goes.
        if (!isClosed) Offer(UsbMode.Absent, now);
        Command(isClosed ? new ModemCommand.ApplyPower() : new ModemCommand.CutPower(), now);
    }

    private void Discard(EmulatedPort port)
    {
        while (port.Read(_chunk) > 0)
        {
        }
    }
}
