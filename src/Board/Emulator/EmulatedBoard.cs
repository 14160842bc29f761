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
public sealed class EmulatedBoard : IDisposable
{
    /// <summary>The number of the module's UART that the adapter is wired to.</summary>
    public const int WiredUart = 1;

    /// <summary>The number of the USB virtual UART, uart.VUART_0.</summary>
    public const int VirtualUart = 32;

    /// <summary>The relay's channel.</summary>
    public const int RelayChannel = 1;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    /// <summary>How far a board's time is behind its run's, on the wall's clock.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(4);

    private readonly EmulatedBoardOptions _options;
    private readonly EmulatedFolder _folder;
    private readonly BoardTime _time = new();
    private readonly PortPanel _panel;
    private readonly EmulatedModule _module;
    private readonly UsbSide _usb;
    private readonly EmulatedPort _uart;
    private readonly EmulatedPort _relay;
    private readonly RelayBox _relayBox = new(RelayChannel);
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly byte[] _chunk = new byte[64];
    private Thread? _thread;
    private volatile bool _stopping;
    private volatile Exception? _failure;
    private bool _relayClosed;

    /// <summary>Lays the board out and plugs its adapters in; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="module">The module; from then on nobody else may touch it.</param>
    /// <exception cref="ArgumentException">The location is no place on a USB bus.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <exception cref="IOException">The folder cannot be used, or the system has no pseudo-terminals left.</exception>
    public EmulatedBoard(ISansIoMachine<ModemInput, ModemOutput> module, EmulatedBoardOptions? options = null)
    {
        PseudoTerminal.Require();
        _options = options ?? new EmulatedBoardOptions();
        var (uartPlace, relayPlace) = (Beside(1), Beside(2));
        _folder = new EmulatedFolder(_options.Folder, _options.DescribesUsb);
        _panel = new PortPanel(_time);
        _module = new EmulatedModule(module, Perform);
        _usb = new UsbSide(_options, _folder, _time, _panel, _module);
        _uart = new EmulatedPort(_folder.AdapterLink(uartPlace), 0);
        var adapter = new UartAdapter(_uart, WiredUart, _options, _time, _module);
        _uart.Readable = (_, now) => adapter.Read(now);
        _relay = new EmulatedPort(_folder.AdapterLink(relayPlace), 0) { Readable = OnRelayBytes };
        try
        {
            _panel.PlugIn(_uart);
            _panel.PlugIn(_relay);
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
    public string LogPort => _usb.Log.Link;

    /// <summary>The link to the USB virtual UART, interface 6; there only while the module runs.</summary>
    public string VirtualUartPort => _usb.VirtualUart.Link;

    /// <summary>The link to the adapter on UART 1.</summary>
    public string UartPort => _uart.Link;

    /// <summary>The link to the relay in the supply.</summary>
    public string RelayPort => _relay.Link;

    /// <summary>The link to the one port of download mode, USB interface 0.</summary>
    public string BootPort => _usb.Boot.Link;

    /// <summary>
    /// Hears what the module does with its pins, with the time at which a rig would see it; on the board's own thread.
    /// </summary>
    internal Action<ModemReport.PinDriven, TimeSpan>? PinDriven { get; set; }

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
        _time.Follow(clock, speed);
        var now = _time.Now;
        if (_options.StartsPowered) _time.At(now, then => Switch(true, then));
        if (_options.UnplugEvery is { } mean)
        {
            _usb.Cable.PlanPullingOut(mean, SplitMix64.For(_options.Seed, "unplug"), now);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "emulated board" };
        _thread.Start();
    }

    /// <summary>
    /// Something reaches the module from the air, at that time, or now if the time is over already. Any thread may call
    /// it; what is posted for the same time arrives in that order.
    /// </summary>
    public void Post(AirEvent happened, TimeSpan at) =>
        Post(() => _time.At(at > _time.Now ? at : _time.Now, then => _module.Handle(happened, then)));

    /// <summary>A wire holds a pin of the module from now on. Any thread may call it.</summary>
    internal void Post(ModemCommand.HoldPin order) =>
        Post(() => _time.AtOnce(then => _module.Handle(order, then)));

    /// <summary>Ends it: all ports go. It never waits for long.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _panel.Wake();
        // A thread that is still busy after that uses nothing that is given back here but calls that allow for it.
        if (_thread is { } thread && thread != Thread.CurrentThread) thread.Join(EndLimit);
        _panel.Dispose();
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
                Advance(_time.Clock);
                _panel.ServeReady(Serve);
                _panel.HangUp(_time.Clock);
                if (_posted.IsEmpty) _panel.Wait(TimeToSleep());
            }
        }
        catch (Exception problem) when (!_stopping)
        {
            // The user of the board gets the failure; an exception of the thread itself would end the process.
            _failure = new InvalidOperationException($"the emulated board broke: {problem.Message}", problem);
            Tell($"the emulator broke: {problem.Message}", _time.Clock);
            _options.Happened?.Invoke(new ModemReport.ModemLost("the emulator broke: " + problem.Message), _time.Clock);
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
            _time.MoveTo(due);
            if (!_time.TryPerform(due)) _module.HandleTimeout(_time.Now);
        }

        _time.MoveTo(now);
    }

    private TimeSpan? NextDue() => Earlier(_time.Next, _module.NextTimeout);

    private TimeSpan TimeToSleep()
    {
        if (Earlier(NextDue(), _panel.NextHangUp) is not { } due) return LongestSleep;
        var sleep = _time.Until(due);
        return sleep > LongestSleep ? LongestSleep : sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero;
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;

    private void Post(Action act)
    {
        if (_stopping) return;
        _posted.Enqueue(act);
        _panel.Wake();
    }

    private void Perform(ModemOutput output, TimeSpan now)
    {
        switch (output)
        {
            case ModemReport.PoweredOn on:
                var why = on.Reason == StartReason.Unknown ? "" : $" ({on.Reason})";
                Tell($"the module starts{why}", now);
                _usb.Forget();
                _usb.Cable.Offer(UsbMode.Running, now);
                break;
            case ModemReport.PoweredOff:
                Tell("the module is off", now);
                _usb.Forget();
                _usb.Cable.Offer(UsbMode.Absent, now);
                // A module without supply is gone from the air, and cannot say so.
                _options.Happened?.Invoke(new AirRequest.Radio(false), now);
                break;
            case ModemReport.LogLine line:
                _usb.Write(line);
                break;
            case ModemReport.UartReceived { Port: WiredUart } sent:
                _uart.Send(sent.Bytes);
                break;
            case ModemReport.UartReceived { Port: VirtualUart } sent:
                _usb.VirtualUart.Send(sent.Bytes);
                break;
            case ModemReport.PinDriven pin:
                PinDriven?.Invoke(pin, now + (Lag * _time.Speed));
                break;
        }

        _options.Happened?.Invoke(output, now);
    }

    private void Serve(EmulatedPort port)
    {
        Advance(_time.Clock);
        if (port.NoticeUser() && _usb.MayFlush(port)) port.Flush();
        port.Readable?.Invoke(port, _time.Now);
    }

    private void OnRelayBytes(EmulatedPort port, TimeSpan now)
    {
        int count;
        while ((count = port.Read(_chunk)) > 0)
        {
            foreach (var b in _chunk.AsSpan(0, count))
            {
                if (_relayBox.Take(b) is { } isClosed) _time.AtOnce(then => Switch(isClosed, then));
            }
        }
    }

    private void Switch(bool isClosed, TimeSpan now)
    {
        if (isClosed == _relayClosed) return;
        _relayClosed = isClosed;
        Tell(isClosed ? "the relay feeds the board" : "the relay cuts the supply", now);
        // In download mode the model is off and would not say that it goes.
        if (!isClosed) _usb.Cable.Offer(UsbMode.Absent, now);
        _module.Handle(isClosed ? new ModemCommand.ApplyPower() : new ModemCommand.CutPower(), now);
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
