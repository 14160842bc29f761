using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>One run's machines and how they are wired: network, service, modems, and what is recorded.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly Shell<NetworkInput, NetworkOutput> _network;
    private readonly Shell<ServiceInput, ServiceOutput> _service;
    private readonly List<ModemPlace> _modems = [];
    private readonly List<ILiveMachine> _live = [];
    private readonly List<IDisposable> _held = [];
    private readonly PeerRow _peers;

    /// <param name="options">The run's options.</param>
    /// <param name="outside">What is around it on the wall clock; null in virtual time.</param>
    public World(BenchOptions options, IOutside? outside)
    {
        _options = options;
        Session = new SessionLog(options.KeptEvents, options.Hashes);
        Loop = new Loop(options.Interleaving, outside);
        var network = options.Target.CreateNetwork(options)
            ?? new SimulatedNetwork(options.Seed, options.NetworkProfile);
        Keep(network);
        if (network is NetworkMachine machine) machine.StartDate = options.StartDate;
        _network = new(Loop, "the network", network, Perform);
        _service = new(
            Loop, "the service",
            options.Target.CreateService(options) ?? new ServiceMachine(
                options.Services, options.StartDate, options.Seed), Perform);
        _peers = new PeerRow(Loop, options, Find, Record);
    }

    public Loop Loop { get; }

    /// <summary>The run's time. On the wall clock it may be ahead of what the machines have seen.</summary>
    public TimeSpan Now => Loop.Outside?.Clock.Now is { } now && now > Loop.Now ? now : Loop.Now;

    /// <summary>Sees what each modem reports, with its id.</summary>
    public Action<string, ModemReport>? Reported { get; init; }

    /// <summary>What comes at the rig's end of a serial line of what a modem, by its id, sends.</summary>
    public Func<string, ModemReport.UartReceived, ReadOnlyMemory<byte>>? Heard { get; init; }

    /// <summary>
    /// What comes at a modem, by its id, of the bytes that a peer, by its name, sends to a port; null: all of them.
    /// </summary>
    public Func<string, string, int, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Said { get; init; }

    public SessionLog Session { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> ModemIds => [.. _modems.Select(m => m.Id)];

    /// <exception cref="StepException">There is no such modem on the bench.</exception>
    public ModemPlace ModemOf(string id) => Find(id) ?? throw new StepException(
        _modems.Count == 0
            ? "there is no modem on the bench: give it a script first"
            : $"there is no modem '{id}' on the bench; there are: {string.Join(", ", ModemIds)}");

    public void PutModem(string id, FirmwareSource firmware)
    {
        Loop.Enter();
        var earlier = Find(id);
        if (earlier is not null)
        {
            earlier.Shell.Post(new ModemCommand.CutPower());
            earlier.Shell.End();
            Release(earlier.Live);
        }

        var machine = _options.Target.Create(firmware, _options, id);
        var place = new ModemPlace(id, Loop, machine, Session, _network.Post)
        {
            SupplyVolts = _options.Target.Supply.Usual,
            Live = Keep(machine),
            Reported = report => Hear(id, report),
            Heard = Heard is { } heard ? sent => heard(id, sent) : null,
            Said = Said is { } said ? (peer, port, bytes) => said(id, peer, port, bytes) : null,
        };
        if (earlier is null) _modems.Add(place);
        else _modems[_modems.IndexOf(earlier)] = place;
        _peers.Attach(place);
    }

    /// <summary>
    /// Connects a peer to a modem, which may come later. Where the target brings its own, only its place is taken.
    /// </summary>
    public void PutPeer(string modem, PeerPlace place, PeerScript script)
    {
        Loop.Enter();
        _peers.Put(modem, place, script);
        Loop.Settle();
    }

    /// <summary>To the network or the service, by the message's type.</summary>
    public void Tell(object message)
    {
        Loop.Enter();
        if (message is ServiceInput toService) _service.Post(toService);
        else _network.Post((NetworkInput)message);
    }

    public async ValueTask DisposeAsync()
    {
        Loop.Enter();
        foreach (var modem in _modems) modem.Shell.End();
        _peers.End();
        _service.End();
        _network.End();
        EndLoop();
        foreach (var machine in _live) await machine.DisposeAsync();
        foreach (var machine in _held) machine.Dispose();
        Session.Dispose();
    }

    private ModemPlace? Find(string id) => _modems.Find(m => string.Equals(m.Id, id, StringComparison.Ordinal));

    private void Hear(string modem, ModemReport report)
    {
        Reported?.Invoke(modem, report);
        _peers.Hear(modem, report);
    }

    /// <summary>An error in a script of the user ends the run, whoever runs the script.</summary>
    private void Record(SessionEvent happened)
    {
        Session.Append(happened);
        if (happened is ScriptFailed failed) Loop.Fail(failed.Name, new ScriptFailedException(failed));
    }

    private void Perform(NetworkOutput output, TimeSpan now)
    {
        switch (output)
        {
            case NetworkOutput.ToModem to:
                (Find(to.Modem) ?? throw new InvalidOperationException(
                    $"the network answers modem '{to.Modem}', which is not on the bench")).Shell.Post(to.Event);
                break;
            case NetworkOutput.ToService to:
                _service.Post(to.Input);
                break;
            case NetworkOutput.Recorded recorded:
                Record(recorded.Event);
                break;
            case NetworkOutput.UnknownHost unknown:
                Session.NoteUnknownHost(unknown.Host, unknown.Service);
                break;
            default:
                throw new InvalidOperationException($"the network's effect {output} is not known");
        }
    }

    private void Perform(ServiceOutput output, TimeSpan now)
    {
        if (output is ServiceOutput.Recorded recorded) Record(recorded.Event);
        else _network.Post(new NetworkInput.FromService(output));
    }

    private void EndLoop()
    {
        try
        {
            Loop.Settle();
        }
        catch (RunFailedException)
        {
            // It was thrown at the driver already, or the run ends before it would have mattered.
        }
    }

    private ILiveMachine? Keep(object machine)
    {
        if (machine is IDisposable held) _held.Add(held);
        if (machine is not ILiveMachine live) return null;
        _live.Add(live);
        return Loop.Outside is not null
            ? live
            : throw new InvalidOperationException(
                $"{machine.GetType().Name} lives in the real world, which does not wait for virtual time; run on the " +
                "wall clock");
    }

    /// <summary>A modem that is replaced gives its ports back before its successor asks for them.</summary>
    private void Release(ILiveMachine? live)
    {
        if (live is null) return;
        Loop.Settle();
        _live.Remove(live);
        live.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
