using AirHil.Board.Log;
using AirHil.Modem.Messages;
using AirHil.Rig.Files;

namespace AirHil.Board.Emulator;

/// <summary>
/// The module's USB ports: the log, the low-level log and the virtual UART while it runs, one port in download mode.
/// It obeys what a host writes to the log port.
/// </summary>
internal sealed class UsbSide
{
    private const int LogInterface = 2;
    private const int LowLevelLogInterface = 4;
    private const int VirtualUartInterface = 6;

    private readonly EmulatedBoardOptions _options;
    private readonly EmulatedFolder _folder;
    private readonly BoardTime _time;
    private readonly PortPanel _panel;
    private readonly EmulatedModule _module;
    private readonly ModuleFrames _frames = new();
    private readonly byte[] _chunk = new byte[4096];
    private readonly EmulatedPort _lowLevelLog;
    private HostCommandReader _host = new();
    private BootRom _rom = new();
    private bool _logWanted;
    private bool _downloadArmed;
    private int _restart;

    public UsbSide(
        EmulatedBoardOptions options, EmulatedFolder folder, BoardTime time, PortPanel panel, EmulatedModule module)
    {
        (_options, _folder, _time, _panel, _module) = (options, folder, time, panel, module);
        Cable = new UsbCable(
            time, options.EnumerationTime,
            (mode, now) => HostPlaceException.Touch(_folder.Root, () => Join(mode, now)),
            now => HostPlaceException.Touch(_folder.Root, () => Leave(now)), Tell);
        Log = new EmulatedPort(Link(LogInterface), LogInterface) { Readable = OnHostBytes };
        _lowLevelLog = new EmulatedPort(Link(LowLevelLogInterface), LowLevelLogInterface)
        {
            Readable = (port, _) => Discard(port),
        };
        VirtualUart = new EmulatedPort(Link(VirtualUartInterface), VirtualUartInterface)
        {
            Readable = OnVirtualUartBytes,
        };
        Boot = new EmulatedPort(Link(0), 0) { Readable = OnBootRomBytes };
    }

    /// <summary>Its way onto the bus.</summary>
    public UsbCable Cable { get; }

    /// <summary>Interface 2: log frames.</summary>
    public EmulatedPort Log { get; }

    /// <summary>Interface 6: the USB virtual UART.</summary>
    public EmulatedPort VirtualUart { get; }

    /// <summary>The one port of download mode.</summary>
    public EmulatedPort Boot { get; }

    /// <summary>Whether the port gives out what waits: the log does so only after a host has asked for it.</summary>
    public bool MayFlush(EmulatedPort port) => port != Log || _logWanted;

    /// <summary>What the module held in its memory is gone.</summary>
    public void Forget()
    {
        _downloadArmed = false;
        Log.Clear();
        VirtualUart.Clear();
    }

    /// <summary>Sends a line of the log, or keeps it for a host who will ask.</summary>
    public void Write(ModemReport.LogLine line)
    {
        var most = _logWanted && Log.HasUser ? EmulatedPort.QueueBytes : _options.LogBacklogBytes;
        Log.Keep(_frames.Of(line), most);
        if (_logWanted) Log.Flush();
    }

    private void Join(UsbMode mode, TimeSpan now)
    {
        _logWanted = false;
        _host = new HostCommandReader();
        _rom = new BootRom();
        var isRunning = mode == UsbMode.Running;
        EmulatedPort[] ports = isRunning ? [Log, _lowLevelLog, VirtualUart] : [Boot];
        var devices = new List<(int, string)>();
        foreach (var port in ports) devices.Add((port.Interface, _panel.PlugIn(port).SlavePath));
        // The names that LuatOS builds carry (reference bench §1.1).
        if (isRunning) _folder.Describe(_options.Location, ("19d1", "0001"), ("AirM2M", "AirM2M Compo"), devices);
        else _folder.Describe(_options.Location, ("17d1", "0001"), ("", ""), devices);
        Tell(isRunning ? "its USB ports are there" : "it is in download mode, with one USB port", now);
    }

    private void Leave(TimeSpan now)
    {
        _logWanted = false;
        _folder.Forget(_options.Location);
        foreach (var port in (EmulatedPort[])[Log, _lowLevelLog, VirtualUart, Boot]) _panel.PullOut(port, now);
        Tell("its USB ports are gone", now);
    }

    private void OnHostBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while ((count = port.Read(_chunk)) > 0)
        {
            _host.Push(_chunk.AsSpan(0, count));
            while (_host.TryTake(out var command)) _time.AtOnce(then => Obey(command, then));
        }
    }

    private void Obey(HostCommand command, TimeSpan now)
    {
        switch (command)
        {
            case HostCommand.StartLog:
                _logWanted = true;
                Log.Flush();
                break;
            case HostCommand.Reboot:
            case HostCommand.At { IsDelayedRestart: false, IsRestart: true }:
                Tell("the host asks for a restart", now);
                _module.Handle(new ModemCommand.PullReset(), now);
                break;
            case HostCommand.At { IsDelayedRestart: true }:
                _downloadArmed = true;
                var number = ++_restart;
                _time.At(now + _options.DelayedRestart, then =>
                {
                    if (_downloadArmed && number == _restart) _module.Handle(new ModemCommand.PullReset(), then);
                });
                break;
            case HostCommand.Download when _downloadArmed:
                Tell("the host asks for download mode", now);
                _module.Handle(new ModemCommand.CutPower(), now);
                Cable.Offer(UsbMode.Download, now);
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
            var write = new ModemCommand.WriteUart(EmulatedBoard.VirtualUart, _chunk.AsSpan(0, count).ToArray());
            _time.AtOnce(then => _module.Handle(write, then));
        }
    }

    private void Discard(EmulatedPort port)
    {
        while (port.Read(_chunk) > 0)
        {
        }
    }

    private string Link(int number) => _folder.InterfaceLink(_options.Location, number);

    private void Tell(string what, TimeSpan now) => _options.Told?.Invoke(what, now);
}
