using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Sessions;
using AirHil.Rig.Targets;
using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>The actors of one run and their wiring: recorder, network, service, any number of modems.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly ActorSystem _system;
    private readonly RunContext _run;
    private readonly IActorRef _recorder;
    private readonly IActorRef _network;
    private readonly IActorRef _service;
    private readonly List<ModemSlot> _modems = [];
    private readonly List<ILiveMachine> _live = [];
    private readonly List<IDisposable> _held = [];
    private int _born;

    private World(BenchOptions options, ActorSystem system)
    {
        _options = options;
        _system = system;
        Session = new SessionLog(options.KeptEvents);
        var clock = new RunClock(system.Scheduler);
        if (options.Clock == RigClock.Virtual)
        {
            _run = new RunContext(clock, Session);
            Drive = new VirtualDrive(system, _run.ThrowIfFailed);
        }
        else
        {
            var drive = new PacedDrive(system, new WallClock(options.Speed), () => _run!.ThrowIfFailed());
            _run = new RunContext(clock, Session) { Outside = (actor, bell) => new OutsideBell(drive, actor, bell) };
            Drive = drive;
        }

        _recorder = system.ActorOf(Producer<RecorderActor>.Of(() => new RecorderActor(Session)), "recorder");
        var network = options.Target.CreateNetwork(options)
            ?? new SimulatedNetwork(options.Seed, options.NetworkProfile);
        Keep(network);
        _network = system.ActorOf(Producer<NetworkActor>.Of(() => new NetworkActor(network, _recorder, _run)),
            "network");
        var service = options.Target.CreateService(options) ?? new WebSocketService(options.Services);
        _service = system.ActorOf(Producer<ServiceActor>.Of(() => new ServiceActor(service, _network, _recorder, _run)),
            "service");
        _network.Tell(new NetworkActor.Serve(_service));
    }

    public IDrive Drive { get; }

    public SessionLog Session { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> ModemIds => [.. _modems.Select(m => m.Id)];

    public static World Create(BenchOptions options) =>
        new(options, VirtualSystem.Rent(options.StartDate, options.Interleaving));

    /// <summary>The calling thread is about to act.</summary>
    public void Enter() => Drive.Enter();

    /// <exception cref="InvalidOperationException">There is no such modem on the bench.</exception>
    public ModemSlot ModemOf(string id) => _modems.Find(m => string.Equals(m.Id, id, StringComparison.Ordinal))
        ?? throw new InvalidOperationException(
            _modems.Count == 0
                ? "there is no modem on the bench: give it a script first"
                : $"there is no modem '{id}' on the bench; there are: {string.Join(", ", ModemIds)}");

    public void PutModem(string id, FirmwareSource firmware)
    {
        Enter();
        var slot = _modems.Find(m => string.Equals(m.Id, id, StringComparison.Ordinal));
        if (slot is null)
        {
            slot = new ModemSlot(id);
            _modems.Add(slot);
        }
        else
        {
            slot.Actor.Tell(new ModemCommand.CutPower());
            slot.Actor.Tell(PoisonPill.Instance);
            Release(slot.Live);
            slot = _modems[_modems.IndexOf(slot)] = new ModemSlot(id);
        }

        var machine = _options.Target.Create(firmware, _options, id);
        slot.Live = Keep(machine);
        var place = slot;
        // Numbered, because an actor's name is free again only when the earlier one has ended.
        place.Actor = _system.ActorOf(
            Producer<ModemActor>.Of(() => new ModemActor(place, machine, _network, _recorder, _run)),
            $"modem-{_born++}");
        _network.Tell(new NetworkActor.Attach(id, place.Actor));
    }

    public void Record(SessionEvent e) => _recorder.Tell(e);

    /// <summary>To the network or the service, by the message's type.</summary>
    public void Tell(object message)
    {
        Enter();
        (message is ServiceInput ? _service : _network).Tell(message);
    }

    public async ValueTask DisposeAsync()
    {
        Enter();
        foreach (var modem in _modems) _system.Stop(modem.Actor);
        foreach (var actor in (IActorRef[])[_service, _network, _recorder]) _system.Stop(actor);
        await Drive.DisposeAsync();
        foreach (var machine in _live) await machine.DisposeAsync();
        foreach (var machine in _held) machine.Dispose();
        Session.Dispose();
    }

    private ILiveMachine? Keep(object machine)
    {
        if (machine is IDisposable held) _held.Add(held);
        if (machine is not ILiveMachine live) return null;
        _live.Add(live);
        if (_run.Outside is null)
        {
            throw new InvalidOperationException(
                $"{machine.GetType().Name} lives in the real world, which does not wait for virtual time; run on the " +
                "wall clock");
        }

        return live;
    }

    /// <summary>A modem that is replaced gives its ports back before its successor asks for them.</summary>
    private void Release(ILiveMachine? live)
    {
        if (live is null) return;
        Drive.Settle().AsTask().GetAwaiter().GetResult();
        _live.Remove(live);
        live.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
