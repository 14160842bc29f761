using System.Collections.Concurrent;
using AirHil.Board.Description;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Board.Emulator;

/// <summary>
/// A board without hardware: a virtual module behind pseudo-terminals, at the pace of a clock. Its USB ports come and
/// go as those of a real board do; its UART 1 hangs on an adapter and its supply on a relay, which stay. One thread
/// drives it, and sleeps while nothing happens.
/// </summary>
public sealed partial class EmulatedBoard : IDisposable
{
    /// <summary>The number of the module's UART that the adapter is wired to.</summary>
    public const int WiredUart = 1;

    /// <summary>The number of the USB virtual UART, uart.VUART_0.</summary>
    public const int VirtualUart = 32;

    /// <summary>The relay's channel.</summary>
    public const int RelayChannel = 1;

    private const int LogInterface = 2;
    private const int LowLevelLogInterface = 4;
    private const int VirtualUartInterface = 6;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    /// <summary>How far a board's time is behind its run's, on the wall's clock.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(4);

    /// <summary>
    /// How long, on the wall's clock, a port that is gone by its name can still be read: a hub tells of a device that
    /// has gone some time after, and what the host has taken by then is not lost.
    /// </summary>
    private static readonly TimeSpan HangUpDelay = TimeSpan.FromMilliseconds(150);

    private readonly ISansIoMachine<ModemInput, ModemOutput> _module;
    private readonly EmulatedBoardOptions _options;
    private readonly EmulatedFolder _folder;
    private readonly TerminalWatch _watch = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan Due, long Order)> _timers = new();
    private readonly Dictionary<uint, EmulatedPort> _plugged = [];
    private readonly Queue<(TimeSpan Due, PseudoTerminal Terminal)> _leaving = new();
    private readonly List<uint> _ready = [];
    private readonly byte[] _chunk = new byte[4096];
    private readonly ModuleFrames _frames = new();
    private readonly EmulatedPort _log;
    private readonly EmulatedPort _lowLevelLog;
    private readonly EmulatedPort _virtualUart;
    private readonly EmulatedPort _uart;
    private readonly EmulatedPort _relay;
    private readonly EmulatedPort _bootPort;
    private readonly RelayBox _relayBox = new(RelayChannel);
    private Func<TimeSpan> _clock = () => TimeSpan.Zero;
    private double _speed = 1;
    private Thread? _thread;
    private volatile bool _stopping;
    private volatile Exception? _failure;
    private TimeSpan _now;
    private long _timerOrder;
    private uint _lastKey;

    /// <summary>Lays the board out and plugs its adapters in; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="module">The module; from then on nobody else may touch it.</param>
    /// <exception cref="ArgumentException">The location is no place on a USB bus.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <exception cref="IOException">The folder cannot be used, or the system has no pseudo-terminals left.</exception>
    public EmulatedBoard(ISansIoMachine<ModemInput, ModemOutput> module, EmulatedBoardOptions? options = null)
    {
        PseudoTerminal.Require();
        _module = module;
        _options = options ?? new EmulatedBoardOptions();
        var place = _options.Location;
        var (uartPlace, relayPlace) = (Beside(1), Beside(2));
        _folder = new EmulatedFolder(_options.Folder, _options.DescribesUsb);
        _log = new EmulatedPort(_folder.InterfaceLink(place, LogInterface), LogInterface) { Readable = OnHostBytes };
        _lowLevelLog = new EmulatedPort(_folder.InterfaceLink(place, LowLevelLogInterface), LowLevelLogInterface)
        {
            Readable = (port, _) => Discard(port),
        };
        _virtualUart = new EmulatedPort(_folder.InterfaceLink(place, VirtualUartInterface), VirtualUartInterface)
        {
            Readable = OnVirtualUartBytes,
        };
        _uart = new EmulatedPort(_folder.AdapterLink(uartPlace), 0) { Readable = OnUartBytes };
        _relay = new EmulatedPort(_folder.AdapterLink(relayPlace), 0) { Readable = OnRelayBytes };
        _bootPort = new EmulatedPort(_folder.InterfaceLink(place, 0), 0) { Readable = OnBootRomBytes };
        try
        {
            PlugIn(_uart);
            PlugIn(_relay);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder with the links, and what stands for "/" where the USB tree is described.</summary>
    public string Folder => _folder.Root;

    /// <summary>The link to the log port, USB interface 2; there only while the module runs.</summary>
    public string LogPort => _log.Link;

    /// <summary>The link to the USB virtual UART, interface 6; there only while the module runs.</summary>
    public string VirtualUartPort => _virtualUart.Link;

    /// <summary>The link to the adapter on UART 1.</summary>
    public string UartPort => _uart.Link;

    /// <summary>The link to the relay in the supply.</summary>
    public string RelayPort => _relay.Link;

    /// <summary>The link to the one port of download mode, USB interface 0.</summary>
    public string BootPort => _bootPort.Link;

    /// <summary>What ended it by mistake; null: nothing.</summary>
    public Exception? Failure => _failure;

    /// <summary>How a bench file describes this board.</summary>
    public BoardDescription Describe(string name) => new(name, new PortAddress.Path(LogPort))
    {
        Uarts = new Dictionary<int, SerialLine>
        {
            [WiredUart] = new(new PortAddress.Path(UartPort), _options.AdapterBaud),
            [VirtualUart] = new(new PortAddress.Path(VirtualUartPort)),
        },
        Power = new PowerDescription.SerialRelay(new PortAddress.Path(RelayPort), RelayChannel),
        Reset = ResetMethod.LogPortCommand,
        Firmware = "V1112",
    };

    /// <summary>
    /// A clock for <see cref="Start"/> that is a little behind a run's, so that what the run's network says for a
    /// moment reaches the module at that very moment, and what it says for one moment is not torn apart.
    /// </summary>
    public static Func<TimeSpan> BehindRun(ILiveRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var lag = Lag * run.Speed;
        return () => run.Now is var now && now > lag ? now - lag : TimeSpan.Zero;
    }

    /// <summary>Lets the module's time run. Once.</summary>
    /// <param name="clock">The board's time, which any thread may ask; it does not go back.</param>
    /// <param name="speed">Seconds of it in one second of the wall's clock.</param>
    public void Start(Func<TimeSpan> clock, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(speed, 0);
        if (_thread is not null) throw new InvalidOperationException("the board has been started already");
        (_clock, _speed) = (clock, speed);
        _now = clock();
        if (_options.StartsPowered) At(_now, now => Switch(true, now));
        if (_options.UnplugEvery is { } mean) PlanUnplug(mean, SplitMix64.For(_options.Seed, "unplug"), _now);
        _thread = new Thread(Run) { IsBackground = true, Name = "emulated board" };
        _thread.Start();
    }

    /// <summary>
    /// Something reaches the module from the air, at that time, or now if the time is over already. Any thread may call
    /// it; what is posted for the same time arrives in that order.
    /// </summary>
    public void Post(AirEvent happened, TimeSpan at) =>
        Post(() => At(at > _now ? at : _now, then => Command(happened, then)));

    /// <summary>Pulls the USB cable out; after that time it is plugged in again. The module runs on.</summary>
    public void Unplug(TimeSpan duration) => Post(() => At(_now, then => PullCable(duration, then)));

    /// <summary>Ends it: all ports go. It never waits for long.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _watch.Wake();
        // A thread that is still busy after that uses nothing that is given back here but calls that allow for it.
        if (_thread is { } thread && thread != Thread.CurrentThread) thread.Join(EndLimit);
        foreach (var port in (EmulatedPort[])[_log, _lowLevelLog, _virtualUart, _uart, _relay, _bootPort])
        {
            port.PullOut()?.Dispose();
        }

        foreach (var (_, terminal) in _leaving) terminal.Dispose();
        _watch.Dispose();
        _folder.Forget(_options.Location);
        _folder.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                while (_posted.TryDequeue(out var act)) act();
                Advance(_clock());
                foreach (var key in _ready) Serve(key);
                _ready.Clear();
                HangUp(_clock());
                if (_posted.IsEmpty) _watch.Wait(TimeToSleep(), _ready);
            }
        }
        catch (Exception problem) when (!_stopping)
        {
            // Whoever holds the board is told; a thread's own exception would end the process.
            _failure = problem;
            Tell($"the emulator broke: {problem.Message}", _clock());
            _options.Happened?.Invoke(new ModemReport.ModemLost("the emulator broke: " + problem.Message), _clock());
        }
        catch (Exception) when (_stopping)
        {
            // It is being taken apart.
        }
    }

    /// <summary>Performs what is due by now, each at its own time, however late this is.</summary>
    private void Advance(TimeSpan now)
    {
        while (!_stopping && NextDue() is { } due && due <= now)
        {
            if (due > _now) _now = due;
            if (_timers.TryPeek(out _, out var first) && first.Due <= due)
            {
                _timers.Dequeue()(_now);
                continue;
            }

            _module.HandleTimeout(_now);
            Perform(_now);
        }

        if (now > _now) _now = now;
    }

    private TimeSpan? NextDue()
    {
        var module = _module.NextTimeout;
        if (!_timers.TryPeek(out _, out var timer)) return module;
        return module is { } due && due < timer.Due ? due : timer.Due;
    }

    private TimeSpan TimeToSleep()
    {
        var sleep = LongestSleep;
        if (NextDue() is { } due) sleep = Shorter(sleep, (due - _clock()) / _speed);
        if (_leaving.TryPeek(out var first)) sleep = Shorter(sleep, (first.Due - _clock()) / _speed);
        return sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Post(Action act)
    {
        if (_stopping) return;
        _posted.Enqueue(act);
        _watch.Wake();
    }

    private void At(TimeSpan due, Action<TimeSpan> act) => _timers.Enqueue(act, (due, _timerOrder++));

    /// <summary>
    /// What has just been read takes effect now. By a time asked before the reading it might do so before it was sent,
    /// and whoever sent it would take the start that it causes for an earlier one.
    /// </summary>
    private void AtOnce(Action<TimeSpan> act) => At(_clock() is var now && now > _now ? now : _now, act);

    private void Command(ModemInput input, TimeSpan now)
    {
        _module.Handle(input, now);
        Perform(now);
    }

    private void Perform(TimeSpan now)
    {
        while (_module.TryTake(out var output))
        {
            switch (output)
            {
                case ModemReport.PoweredOn on:
                    OnStarted(on, now);
                    break;
                case ModemReport.PoweredOff:
                    OnStopped(now);
                    break;
                case ModemReport.LogLine line:
                    Log(line);
                    break;
                case ModemReport.UartReceived { Port: WiredUart } sent:
                    _uart.Send(sent.Bytes);
                    break;
                case ModemReport.UartReceived { Port: VirtualUart } sent:
                    _virtualUart.Send(sent.Bytes);
                    break;
            }

            _options.Happened?.Invoke(output, now);
        }
    }

    private void Serve(uint key)
    {
        if (!_plugged.TryGetValue(key, out var port)) return;
        Advance(_clock());
        if (port.NoticeUser() && (port != _log || _logWanted)) port.Flush();
        port.Readable?.Invoke(port, _now);
    }

    private PseudoTerminal PlugIn(EmulatedPort port)
    {
        var terminal = port.PlugIn();
        var key = ++_lastKey;
        _plugged.Add(key, port);
        _watch.Watch(terminal, key);
        return terminal;
    }

    private void PullOut(EmulatedPort port, TimeSpan now)
    {
        if (port.PullOut() is not { } terminal) return;
        _plugged.Remove(_plugged.First(p => p.Value == port).Key);
        _leaving.Enqueue((now + HangUpDelay * _speed, terminal));
    }

    private void HangUp(TimeSpan now)
    {
        while (_leaving.TryPeek(out var first) && first.Due <= now) _leaving.Dequeue().Terminal.Dispose();
    }

    private string Beside(int places)
    {
        var place = _options.Location;
        var end = place.LastIndexOfAny(['-', '.']) + 1;
        return int.TryParse(place.AsSpan(end), out var number)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place[..end]}{number + places}")
            : throw new ArgumentException($"'{place}' is no place on a USB bus; write it as 1-1 or 1-2.3");
    }

    private void Tell(string what, TimeSpan now) => _options.Told?.Invoke(what, now);
}
