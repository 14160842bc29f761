using AirHil.Board.Deploy;
using AirHil.Board.Description;
using AirHil.Board.Identity;
using AirHil.Board.Lease;
using AirHil.Board.Modem;
using AirHil.Board.Pins;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Board;

/// <summary>
/// A board on this machine's bench. From the first script that it shall run until it is disposed of, it holds the board
/// for its process.
/// </summary>
public sealed class BoardTarget : IModemTarget, IAsyncDisposable
{
    private readonly BoardDescription _board;
    private readonly Lazy<IPowerSwitch?> _power;
    private readonly TimeSpan? _latency;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private BoardLease? _lease;
    private BoardModem? _modem;
    private string _onBoard = "";

    /// <param name="board">What the bench file says of it.</param>
    /// <param name="power">Switches its supply; null: what the description says.</param>
    public BoardTarget(BoardDescription board, IPowerSwitch? power = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        _board = board;
        _power = new Lazy<IPowerSwitch?>(
            () => power ?? (board.Power is { } described
                ? PowerSwitch.For(described, board.Name, Person, CommandFolder)
                : null));
        Name = $"board:{board.Name}";
    }

    public string Name { get; init; }

    public RigClock Clock => RigClock.Wall;

    public double Speed { get; init; } = 1;

    /// <summary>
    /// Three seconds of the host's where nothing else is said: a re-enumeration (1.4 s, reference bench §1.5), buffers
    /// and a busy host together (inferred).
    /// </summary>
    public TimeSpan Latency
    {
        get => _latency ?? TimeSpan.FromSeconds(3) * Math.Max(1, Speed);
        init => _latency = value;
    }

    public int? MostModems => 1;

    public IReadOnlyCollection<string> Capabilities
    {
        get
        {
            var names = new List<string> { Capability.LinkTimes };
            if (_power.Value is not null) names.Add(Capability.Power);
            if (_board.Radio is not null) names.Add(Capability.Radio);
            if (_board.Pins.Count > 0) names.Add(Capability.Pins);
            if (Network is not null) names.AddRange([Capability.Network, Capability.Service]);
            return names;
        }
    }

    /// <summary>Those that its description lists.</summary>
    public IReadOnlyCollection<int> Uarts => [.. _board.Uarts.Keys];

    /// <summary>Those that its description lists.</summary>
    public IReadOnlyCollection<PinWire> Pins => [.. _board.Pins.Select(p => p.Value.WireTo(p.Key))];

    /// <summary>The times by which the board is judged.</summary>
    public BoardTimings Timings { get; init; } = new();

    /// <summary>
    /// The way to the services through the rig's own proxy; null: the board's traffic passes the rig by.
    /// </summary>
    public Func<BenchOptions, ISansIoMachine<NetworkInput, NetworkOutput>>? Network { get; init; }

    /// <summary>The names by which boards find the rig's services; null: there are none.</summary>
    public IReadOnlyCollection<string>? ServiceHosts { get; init; }

    /// <summary>The folder of the bench file, where its commands run; null: the current folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Puts a script onto the board; null: as the description says.</summary>
    public Func<FirmwareSource, CancellationToken, Task>? Deploy { get; init; }

    /// <summary>
    /// Whether the board is asked what it runs. False where <see cref="Deploy"/> itself is the proof, as for an
    /// emulator.
    /// </summary>
    public bool Confirms { get; init; } = true;

    /// <summary>Whether the board is held for this process while it is used.</summary>
    public bool Leases { get; init; } = true;

    /// <summary>How long to wait for a board that another process holds.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.Zero;

    /// <summary>Where leases are kept; null: where all processes of this machine keep them.</summary>
    public string? LeaseFolder { get; init; }

    /// <summary>
    /// How long a start may take until the banner (inferred; 15 s are waited for a flashed board, reference bench
    /// §1.5).
    /// </summary>
    public TimeSpan BannerLimit { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long after the banner the agent may tell the script's hash (inferred; scripts start 0.1 s after the banner,
    /// reference bench §2.7).
    /// </summary>
    public TimeSpan ScriptLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where USB ports are looked for; null: in this machine.</summary>
    public UsbTopology? Usb { get; init; }

    /// <summary>Who is asked to do what no cable does; null: the person at the terminal.</summary>
    public IPerson? Person { get; init; }

    /// <summary>Takes the board for this process, until the target is disposed of.</summary>
    /// <exception cref="BoardHeldException">Another process holds it; it was waited for.</exception>
    /// <exception cref="IOException">The lease cannot be written.</exception>
    public async Task HoldAsync(CancellationToken cancel)
    {
        await _preparing.WaitAsync(cancel);
        try
        {
            await LeaseAsync(cancel);
        }
        finally
        {
            _preparing.Release();
        }
    }

    public async ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        await _preparing.WaitAsync(cancel);
        try
        {
            var hash = ScriptHash.Of(firmware);
            if (_onBoard == hash) return null;
            await LeaseAsync(cancel);
            // A modem whose script is replaced has done its work; two that read one port would each get half of it.
            if (_modem is not null) await _modem.DisposeAsync();
            var reason = await PutAsync(firmware, hash, cancel);
            _onBoard = reason is null ? hash : "";
            return reason;
        }
        catch (Exception problem) when (problem is BoardHeldException or DeployException or IOException)
        {
            return problem.Message;
        }
        finally
        {
            _preparing.Release();
        }
    }

    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        if (_modem is { IsDisposed: false })
        {
            throw new InvalidOperationException(
                $"{Name} is one board and is on the bench already; modem '{modem}' needs another one");
        }

        return _modem = NewModem(PinDrivers.For(_board.Pins, CommandFolder));
    }

    public ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options) => Network?.Invoke(options);

    /// <summary>Gives the board back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_modem is not null) await _modem.DisposeAsync();
        _lease?.Dispose();
        _lease = null;
        _onBoard = "";
        _preparing.Dispose();
    }

    private async Task LeaseAsync(CancellationToken cancel)
    {
        if (Leases) _lease ??= await BoardLease.AcquireAsync(_board, LeaseWait, cancel, LeaseFolder);
    }

    private string CommandFolder => Folder ?? Directory.GetCurrentDirectory();

    private BoardModem NewModem(IReadOnlyList<IPinDriver> pins) =>
        new(_board, _power.Value, Timings) { Person = Person, Usb = Usb, Pins = pins };

    private async Task<string?> PutAsync(FirmwareSource firmware, string hash, CancellationToken cancel)
    {
        var tells = ScriptHash.IsPrintedBy(firmware);
        var deployment = new Deployment(_board, CommandFolder, Person);
        var impossible = Deploy is null ? deployment.Impossible : null;
        // No tool reaches a board whose supply a scenario has cut; the look starts it.
        if (Confirms && (tells || impossible is not null || _modem is { IsSwitchedOff: true }))
        {
            var before = await LookAsync(tells, cancel);
            if (Refusal(before) is { } refusal) return refusal;
            if (before.Identity.Runs(hash) == true) return null;
            if (impossible is not null)
            {
                return $"{WhatRuns(firmware, hash, before.Identity, tells)}, and it cannot be put there: {impossible}";
            }
        }

        if (impossible is not null) return impossible;
        if (Deploy is not null) await Deploy(firmware, cancel);
        else await deployment.RunAsync(firmware, cancel);
        if (!Confirms) return null;
        var after = await LookAsync(tells, cancel);
        if (Refusal(after) is { } problem) return $"after deploying, {problem}";
        return !tells || after.Identity.Runs(hash) == true
            ? null
            : $"after deploying, {WhatRuns(firmware, hash, after.Identity, tells)}";
    }

    private Task<BoardReading> LookAsync(bool script, CancellationToken cancel) =>
        BoardProbe.ReadAsync(NewModem([]), script, BannerLimit, ScriptLimit, Speed, cancel);

    private string? Refusal(BoardReading reading) =>
        reading.Problem is { } problem
            ? $"nobody knows what runs on the board '{_board.Name}': {problem}"
            : reading.Identity.WrongFirmware(_board);

    private string WhatRuns(FirmwareSource firmware, string hash, BoardIdentity identity, bool tells)
    {
        if (identity.Script is { } other)
        {
            return $"the board '{_board.Name}' runs the script {other}, not '{firmware.Name}' ({hash})";
        }

        return tells
            ? $"the board '{_board.Name}' does not say which script it runs, as '{firmware.Name}' would by its agent"
            : ($"nobody can tell whether the board '{_board.Name}' runs '{firmware.Name}': the script has no "
                + $"{ScriptHash.AgentFileName}, which would say so");
    }
}
