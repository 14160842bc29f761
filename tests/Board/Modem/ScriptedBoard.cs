using System.Buffers;
using System.Diagnostics;
using System.Text;
using AirHil.Board.Description;
using AirHil.Board.Log;
using AirHil.Board.Power;
using AirHil.Board.Tests.Ports;

namespace AirHil.Board.Tests.Modem;

/// <summary>
/// What a board does on its ports, and no more: it says nothing until the log is asked for, reboots when told to, with
/// its USB away for a moment, and sends back what comes on its UART.
/// </summary>
internal sealed class ScriptedBoard : IPowerSwitch, IDisposable
{
    private readonly LinkedTerminal _log = new(plugged: false);
    private readonly LinkedTerminal _uart = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Queue<string> _buffered = new();
    private readonly Thread _thread;
    private HostCommandReader _commands = new();
    private Stopwatch? _tick;
    private bool _isAsked;
    private bool _hasUsb;

    public ScriptedBoard()
    {
        _thread = new Thread(Live) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How long USB is away after a start.</summary>
    public TimeSpan Enumeration { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Null: it says nothing at all.</summary>
    public string? Banner { get; set; } = "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit";

    /// <summary>The hash that the agent in its script prints; null: there is none.</summary>
    public string? Script { get; set; }

    public BoardDescription Description => new("scripted", _log.Address)
    {
        Uarts = new Dictionary<int, SerialLine> { [1] = new(_uart.Address) },
    };

    public int Starts { get; private set; }

    public int Reboots { get; private set; }

    string IPowerSwitch.Description => "scripted";

    public Task SwitchAsync(bool on, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (on) Start();
            else Stop();
        }

        return Task.CompletedTask;
    }

    public void Say(string text)
    {
        lock (_gate) SayInside(text);
    }

    public void PlugUsb()
    {
        lock (_gate) Plug();
    }

    public void UnplugUsb()
    {
        lock (_gate) Unplug();
    }

    public void PlugUart()
    {
        lock (_gate) _uart.Plug();
    }

    public void UnplugUart()
    {
        lock (_gate) _uart.Unplug();
    }

    /// <summary>Puts bytes on the line as if an earlier session had left them.</summary>
    public void LeaveBehind(ReadOnlySpan<byte> bytes)
    {
        lock (_gate) _uart.Terminal.Write(bytes);
    }

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _log.Dispose();
        _uart.Dispose();
    }

    private void Start()
    {
        Stop();
        _tick = Stopwatch.StartNew();
        Starts++;
        if (Banner is null) return;
        SayInside(Banner);
        if (Script is not null) SayInside($"I/user.airhil\tscript {Script}");
        SayInside("ready");
    }

    private void Stop()
    {
        _tick = null;
        _buffered.Clear();
        Unplug();
    }

    private void Plug()
    {
        if (_hasUsb) return;
        _log.Plug();
        (_hasUsb, _isAsked, _commands) = (true, false, new HostCommandReader());
    }

    private void Unplug()
    {
        _log.Unplug();
        _hasUsb = false;
    }

    private void SayInside(string text)
    {
        if (_tick is null) return;
        var frame = new ArrayBufferWriter<byte>();
        LogFrameWriter.Write(frame, (uint)_tick.ElapsedMilliseconds, Encoding.UTF8.GetBytes(text));
        if (_hasUsb && _isAsked) _log.Terminal.Write(frame.WrittenSpan);
        else _buffered.Enqueue(Encoding.Latin1.GetString(frame.WrittenSpan));
    }

    private void Live()
    {
        var bytes = new byte[4096];
        while (!_end.IsCancellationRequested)
        {
            lock (_gate)
            {
                if (_tick is not null && !_hasUsb && _tick.Elapsed > Enumeration) Plug();
                if (_hasUsb)
                {
                    _commands.Push(bytes.AsSpan(0, _log.Terminal.Read(bytes)));
                    while (_commands.TryTake(out var command)) Obey(command);
                }

                var count = _uart.IsPlugged ? _uart.Terminal.Read(bytes) : 0;
                if (count > 0 && _tick is not null) _uart.Terminal.Write(bytes.AsSpan(0, count));
            }

            Thread.Sleep(2);
        }
    }

    private void Obey(HostCommand command)
    {
        switch (command)
        {
            case HostCommand.StartLog:
                _isAsked = true;
                while (_buffered.TryDequeue(out var frame)) _log.Terminal.Write(Encoding.Latin1.GetBytes(frame));
                break;
            case HostCommand.Reboot or HostCommand.At { IsRestart: true }:
                Reboots++;
                Start();
                break;
        }
    }
}
