using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Sessions;
using AirHil.Rig.Devices;
using AirHil.Rig.Actors;
using AirHil.Rig.Observation;
using AirHil.Rig.Peers;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Rig.Scenarios;

/// <summary>
/// What step bindings and the command drive: modems on a bench, the air, the services, and the clock. It acts by
/// telling machines and senses by reading the session; it never assumes that time is virtual. One caller at a time: on
/// the wall clock the world stands still between two calls, and during one it belongs to its actor.
/// </summary>
public sealed partial class Bench : IAsyncDisposable
{
    /// <summary>The modem's id in runs with one.</summary>
    public const string OnlyModem = "1";

    private readonly World.World _world;

    /// <summary>Drives the world on the wall clock; null: in virtual time the bench does so itself.</summary>
    private readonly WorldHost? _host;

    private readonly EndpointList _endpoints = new();
    private readonly PendingActs _pending = new();
    private readonly Dictionary<string, Cursor> _marks = new(StringComparer.Ordinal);
    private readonly UartLines _lines;
    private Cursor _cursor;

    /// <summary>How many events there were when the last act was asked for.</summary>
    private long _asked;

    /// <summary>Where the last act was.</summary>
    private Cursor _acted;

    /// <summary>The events since then that fulfilled expectations.</summary>
    private readonly HashSet<long> _found = [];

    /// <summary>
    /// Where the scenario is: at the last act, or at what it has seen last, and the time that it let pass since. The
    /// run's own time is later by what was heard late.
    /// </summary>
    private TimeSpan _place;

    private bool _performing;

    /// <summary>What is performed follows from an earlier act.</summary>
    private bool _isConsequence;

    /// <summary>An empty bench with the tutorial's hosts on the air; modems come by <see cref="Firmware"/>.</summary>
    public Bench(BenchOptions? options = null)
    {
        Options = options ?? new BenchOptions();
        _lines = new UartLines(Options.Seed);
        if (Options.Clock == RigClock.Wall) _host = new WorldHost(new WallClock(Options.Speed));
        _world = new World.World(Options, _host) { Heard = Heard, Said = Said };
        foreach (var endpoint in Options.Services) _endpoints.Add(endpoint);
        _host?.Start(_world.Loop);
    }

    public BenchOptions Options { get; }

    /// <summary>The session so far: events in the order of happening, and their hash.</summary>
    public SessionLog Session => _world.Session;

    /// <summary>The events that are kept, oldest first.</summary>
    public IReadOnlyList<SessionEvent> Events => Session.Events;

    /// <summary>The run's time: zero at its beginning.</summary>
    public TimeSpan Now => _world.Now;

    /// <summary>
    /// The time that expectations are judged from: the last act, or the last thing that was expected and seen.
    /// </summary>
    public TimeSpan Reference => _cursor.At;

    /// <summary>The ids of the modems on the bench, in the order in which they came.</summary>
    public IReadOnlyList<string> Modems => _world.ModemIds;

    /// <summary>Whether the modem's supply is on.</summary>
    public bool IsPowered(string modem = OnlyModem) => _world.ModemOf(modem).Supplied;

    /// <summary>What registers of a device on a bus of the module hold now.</summary>
    internal byte[] RegistersOf(DeviceSpot spot, int register, int bytes, string modem)
    {
        var devices = _world.ModemOf(modem).Devices;
        if (Options.Target.BringsPeers)
        {
            // Nothing runs beside a recording: its events tell what the devices did.
            devices = new BusDevices();
            foreach (var e in Events.Where(e => e.Modem == modem)) devices.Repeat(e);
        }

        return devices.Registers(spot, register, bytes);
    }

    /// <summary>
    /// The bytes for the UARTs are those that a recording has behind the faults of the lines: these do not act again.
    /// </summary>
    internal bool RepeatsLines { get; set; }

    /// <summary>
    /// Puts a modem with this script on the bench, unpowered; one that has the id already is replaced.
    /// </summary>
    public void Firmware(FirmwareSource source, string modem = OnlyModem)
    {
        ArgumentNullException.ThrowIfNull(source);
        Session.Note(new SessionNote.FirmwareLoaded(Session.Total, Now, _world.Loop.Steps, modem, source));
        _world.PutModem(modem, source);
    }

    /// <summary>Opens an endpoint, or gives one another behaviour.</summary>
    /// <exception cref="FormatException">The text is no URL of a service.</exception>
    /// <inheritdoc cref="AddService(Endpoint)"/>
    public void AddService(string url, EndpointBehavior behaviour) =>
        AddService(new Endpoint(ServiceUrl.Parse(url), behaviour));

    /// <summary>Opens an endpoint, or gives one another behaviour.</summary>
    /// <exception cref="StepException">Its behaviour is of another protocol, or its port is taken.</exception>
    public void AddService(Endpoint endpoint)
    {
        _endpoints.Add(endpoint);
        Session.Note(new SessionNote.EndpointOpened(Session.Total, Now, _world.Loop.Steps, endpoint));
        _world.Tell(new ServiceInput.AddEndpoint(endpoint));
        // An error in a script belongs to who gave it.
        if (endpoint.Behavior is ScriptedService) _world.Loop.Settle();
    }

    /// <summary>
    /// Connects something that a script plays to a modem, in the place of what was there. It may come before the modem.
    /// </summary>
    /// <exception cref="RunFailedException">The script has an error; the message names its line.</exception>
    /// <exception cref="StepException">No UART has that number.</exception>
    public void AddPeer(PeerScript script, PeerPlace place, string modem = OnlyModem)
    {
        if (place is PeerPlace.Uart line) CheckUart(line.Port);
        Session.Note(new SessionNote.PeerConnected(Session.Total, Now, _world.Loop.Steps, modem, place, script));
        _world.PutPeer(modem, place, script);
    }

    /// <summary>
    /// Performs an act when the run's time comes to its time, while anyone lets time pass.
    /// </summary>
    /// <exception cref="ArgumentException">That time is over, or the act names what is not on the bench.</exception>
    public void Schedule(ScheduledAct act)
    {
        Check(act.Act);
        ArgumentOutOfRangeException.ThrowIfLessThan(act.At, _world.Loop.Now, nameof(act));
        Scheduled++;
        _pending.Add(
            act.At, act.Behind is { } anchor ? new PendingActs.Wait(anchor, act.Act) : new PendingActs.Given(act.Act));
    }

    /// <summary>How many acts were scheduled.</summary>
    public int Scheduled { get; private set; }

    /// <summary>Performs acts at their times, counted from the run's beginning.</summary>
    public void Schedule(FaultSchedule schedule)
    {
        foreach (var act in schedule.Acts) Schedule(act);
    }

    /// <summary>Calls back on every event as it is recorded, in order. It must not act on the bench.</summary>
    public void Watch(Action<Sighting> observer) => Session.Watch(observer);

    /// <summary>How many messages have been worked off: with the time, a place in a run of virtual time.</summary>
    internal long Steps => _world.Loop.Steps;

    /// <summary>What the run came to so far.</summary>
    public RunSummary Summary() => Session.Summarise(Now);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        await _world.DisposeAsync();
    }
}
