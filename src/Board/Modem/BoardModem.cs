using AirHil.Board.Description;
using AirHil.Board.Pins;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Board.Modem;

/// <summary>
/// A real module on serial ports. Its log lines are dated by their ticks (<see cref="TickClock"/>); what
/// it does between two frames is not seen, and a start is known by its log alone. What ports, pins, switch and person
/// bring is posted to the world and given to the <see cref="BoardMachine"/> there.
/// </summary>
internal sealed class BoardModem : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine, IPortSink
{
    private readonly BoardDescription _board;
    private readonly IPowerSwitch? _power;
    private readonly BoardTimings _timings;
    private readonly Queue<ModemOutput> _outputs = new();
    private readonly SortedDictionary<int, PortLink> _links = [];
    private readonly PortRoom _room = new();
    private readonly CancellationTokenSource _end = new();
    private BoardMachine? _machine;
    private ILiveRun? _run;
    private PinRow? _pins;
    private Task _errand = Task.CompletedTask;

    /// <param name="board">Its ports and how it is reset.</param>
    /// <param name="power">Switches its supply; null: nothing does, and starting it means resetting it.</param>
    /// <param name="timings">What is not measured; null: the defaults.</param>
    public BoardModem(BoardDescription board, IPowerSwitch? power = null, BoardTimings? timings = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        _board = board;
        _power = power;
        _timings = timings ?? new BoardTimings();
    }

    /// <summary>Who is asked to press the reset button; null: the person at the terminal.</summary>
    public IPerson? Person { get; init; }

    /// <summary>The rig's wires to its pins; the modem gives them back.</summary>
    public IReadOnlyList<IPinDriver> Pins { get; init; } = [];

    /// <summary>Where USB ports are looked for; null: in this machine.</summary>
    public UsbTopology? Usb { get; init; }

    /// <summary>Whether its ports were given back.</summary>
    public bool IsDisposed => _end.IsCancellationRequested;

    /// <summary>Whether it has cut the board's supply, or is about to.</summary>
    public bool IsSwitchedOff => _machine?.IsSwitchedOff ?? false;

    public TimeSpan? NextTimeout => _machine?.NextTimeout;

    public void Attach(ILiveRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _machine = new BoardMachine(
            _board, _power is not null, _timings, run.Speed, [.. Pins.SelectMany(p => p.Wires)]);
        AddLink(BoardLine.Log, "the log port", new SerialLine(_board.Log));
        foreach (var (number, line) in _board.Uarts) AddLink(number, $"UART {number}", line);
        foreach (var link in _links.Values) link.Start();
        _pins = new PinRow(Pins, run, Post);
        _pins.Open();
        HandleTimeout(run.Now);
    }

    public void Handle(ModemInput input, TimeSpan now) => Take(new BoardInput.Told(input), now);

    public void HandleTimeout(TimeSpan now)
    {
        Machine.HandleTimeout(now);
        Perform(now);
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    /// <summary>Gives the ports back, in bounded time. The supply stays as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync();
        _room.Dispose();
        await Task.WhenAll(_links.Values.Select(l => Task.Run(l.Dispose)));
        if (_pins is not null) await _pins.DisposeAsync();
        await Task.WhenAny(_errand, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    void IPortSink.Opened(PortLink link, string name, TimeSpan at) => Post(new BoardInput.Opened(LineOf(link), name));

    void IPortSink.Received(PortLink link, ReadOnlyMemory<byte> bytes, TimeSpan at)
    {
        _room.Take(bytes.Length);
        _run!.Post(now =>
        {
            _room.GiveBack(bytes.Length);
            Take(new BoardInput.Received(LineOf(link), bytes, at), now);
        });
    }

    void IPortSink.Lost(PortLink link, string reason, TimeSpan at) => Post(new BoardInput.Lost(LineOf(link), reason));

    void IPortSink.Waiting(PortLink link, string reason, TimeSpan at) =>
        Post(new BoardInput.Waiting(LineOf(link), reason));

    void IPortSink.NotWritten(PortLink link, int count, string reason, TimeSpan at) =>
        Post(new BoardInput.NotWritten(LineOf(link), count, reason));

    private BoardMachine Machine =>
        _machine ?? throw new InvalidOperationException("the board has not been attached to a run");

    private void AddLink(int number, string name, SerialLine line)
    {
        _links.Add(
            number, new PortLink(name, () => PortOpener.Open(line.Port, line.Baud, Usb), this, () => _run!.Now));
    }

    /// <summary>The links stay the same once the first has been started.</summary>
    private int LineOf(PortLink link) => _links.First(line => line.Value == link).Key;

    private void Post(BoardInput input) => _run!.Post(now => Take(input, now));

    private void Take(BoardInput input, TimeSpan now)
    {
        Machine.Handle(input, now);
        Perform(now);
    }

    private void Perform(TimeSpan now)
    {
        while (Machine.TryTake(out var act))
        {
            switch (act)
            {
                case BoardAct.Tell(var output):
                    _outputs.Enqueue(output);
                    break;
                case BoardAct.Write(var line, var bytes):
                    if (_links[line].TryWrite(bytes) is { } problem)
                    {
                        Machine.Handle(new BoardInput.NotWritten(line, bytes.Length, problem), now);
                    }

                    break;
                case BoardAct.Switch(var on):
                    Begin(() => Switch(on));
                    break;
                case BoardAct.AskForReset:
                    Begin(AskForReset);
                    break;
                case BoardAct.HoldPin(var pin, var hold):
                    _pins!.Hold(pin, hold);
                    break;
                case BoardAct.AskPin(var pin):
                    _pins!.Ask(pin);
                    break;
                default:
                    throw new InvalidOperationException($"{act} is not known");
            }
        }
    }

    /// <summary>Errands go one after the other, off the world's thread.</summary>
    private void Begin(Func<Task> errand)
    {
        var before = _errand;
        _errand = Task.Run(async () =>
        {
            await before;
            if (!_end.IsCancellationRequested) await errand();
        });
    }

    private async Task Switch(bool on)
    {
        var problem = await ProblemOf(_power!.SwitchAsync(on, _end.Token));
        Post(new BoardInput.Switched(on, _run!.Now, problem));
    }

    private async Task AskForReset()
    {
        var person = Person ?? TerminalPerson.Instance;
        var request = $"Press the reset button of the board '{_board.Name}'";
        var problem = await ProblemOf(person.AskAsync(request, _end.Token));
        Post(new BoardInput.ResetByHand(_run!.Now, problem));
    }

    private static async Task<string?> ProblemOf(Task errand)
    {
        try
        {
            await errand;
            return null;
        }
        catch (OperationCanceledException)
        {
            return "the run has ended";
        }
#pragma warning disable CA1031 // whatever an injected switch throws belongs to the run's record
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return problem.Message;
        }
    }
}
