using System.Text;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Rig.Scenarios;

/// <content>Acts: each takes effect now and becomes the reference of the expectations that follow.</content>
public sealed partial class Bench
{
    /// <summary>What a report takes to arrive as a rule; a target's latency is what it takes at most.</summary>
    private static readonly TimeSpan UsualLag = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a start is waited for; then the scenario goes on without it, and says so itself.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Supply on. A modem that is not heard of at once, as a board behind a relay and an enumeration, is waited for,
    /// and durations are judged from its start.
    /// </summary>
    public async ValueTask ApplyPower(string modem = OnlyModem)
    {
        var wasOn = IsPowered(modem);
        await Command(new ModemCommand.ApplyPower(), modem);
        if (wasOn || _performing || Options.Target.Latency == TimeSpan.Zero) return;
        var search = new Search(Session, Match.Started(modem: modem), _cursor);
        if (await Advance(search.Find, Now + StartLimit * Math.Max(1, Options.Speed)) && search.Found is { } start)
        {
            _cursor = _cursor with { At = start.At };
            _place = start.At;
        }
    }

    public ValueTask CutPower(string modem = OnlyModem) => Command(new ModemCommand.CutPower(), modem);

    public ValueTask PullReset(string modem = OnlyModem) => Command(new ModemCommand.PullReset(), modem);

    /// <summary>Bytes to the module, back to back from now on.</summary>
    public ValueTask WriteUart(int port, ReadOnlyMemory<byte> bytes, bool lineErrors = false,
        string modem = OnlyModem) =>
        WriteUart(port, UartStimulus.Of(bytes, lineErrors), modem);

    /// <summary>Text to the module in UTF-8, no line end added.</summary>
    public ValueTask WriteUart(int port, string text, string modem = OnlyModem) =>
        WriteUart(port, UartStimulus.Of(text), modem);

    /// <summary>Packets to the module: the first now, the others as time passes.</summary>
    public ValueTask WriteUart(int port, UartStimulus stimulus, string modem = OnlyModem)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)port, 63u, nameof(port));
        // A host that waits between packets cannot keep to the microsecond; what has no silence in it is one piece.
        if (Options.Clock == RigClock.Wall) stimulus = stimulus.WithoutSeams();
        BeginAct();
        var at = _world.Loop.MachinesNow;
        var late = TimeSpan.Zero;
        for (var i = 1; i < stimulus.Packets.Count; i++)
        {
            at += WireTime(stimulus.Packets[i - 1].Bytes.Length) + stimulus.Packets[i].Pause;
            var (packet, due) = (stimulus.Packets[i], at);
            Schedule(at, b => Follow(b, packet, due));
        }

        var first = stimulus.Packets[0];
        return Command(new ModemCommand.WriteUart(port, first.Bytes, first.LineErrors), modem);

        // A script tells packets by the silence between them, so a host that was late once is so from then on: by the
        // actors' clock, which a model sees, and by the wall's, which is never behind it and which a board sees.
        ValueTask Follow(Bench bench, UartStimulus.Packet packet, TimeSpan due)
        {
            if (bench._world.Loop.MachinesNow < due + late)
            {
                bench.Schedule(due + late, b => Follow(b, packet, due));
                return ValueTask.CompletedTask;
            }

            late = bench.Now - due;
            return bench.Command(new ModemCommand.WriteUart(port, packet.Bytes, packet.LineErrors), modem);
        }
    }

    /// <summary>A fault begins; with a duration it ends by itself as time passes.</summary>
    /// <param name="modem">Whose link it acts on (network faults only); null: all.</param>
    public ValueTask Begin(Fault fault, TimeSpan? duration = null, string? modem = null)
    {
        if (duration is { } d && !fault.IsMoment) Schedule(Now + d, b => b.End(fault, modem));
        return Fault(fault, SessionKinds.FaultBegin, modem);
    }

    /// <summary>A fault ends.</summary>
    public ValueTask End(Fault fault, string? modem = null) => Fault(fault, SessionKinds.FaultEnd, modem);

    /// <summary>
    /// The service sends a text message to every open connection of the endpoint (null: of every endpoint).
    /// </summary>
    public ValueTask ServicePush(string? url, string text) =>
        Act(SessionLane.Rig, SessionKinds.ServicePush, url ?? "", Encoding.UTF8.GetBytes(text),
            new ServiceInput.SendText(url, text));

    /// <summary>
    /// The service sends a binary message to every open connection of the endpoint (null: of every endpoint).
    /// </summary>
    public ValueTask ServicePush(string? url, ReadOnlyMemory<byte> bytes) =>
        Act(SessionLane.Rig, SessionKinds.ServicePushBinary, url ?? "", bytes,
            new ServiceInput.SendBinary(url, bytes));

    /// <summary>The service pings every open WebSocket of the endpoint (null: of every endpoint).</summary>
    public ValueTask ServicePing(string? url, ReadOnlyMemory<byte> bytes) =>
        Act(SessionLane.Rig, SessionKinds.ServicePing, url ?? "", bytes, new ServiceInput.SendPing(url, bytes));

    /// <summary>Lets time pass. It moves no cursor: what happened meanwhile can still be expected.</summary>
    public async ValueTask RunFor(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        await Advance(null, Now + duration);
        _place += duration;
    }

    /// <summary>
    /// As <see cref="RunFor"/>, and behind an event that was heard of late counted from its happening: for what is done
    /// in step with the module.
    /// </summary>
    public async ValueTask RunOn(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var (place, now) = (_place + duration, Now);
        if (Options.Target.Latency == TimeSpan.Zero) place = now + duration;
        await Advance(null, place > now ? place : now);
        _place = place;
    }

    /// <summary>
    /// Lets time pass, and then waits for what happened in it and is heard of late; for counting "until then".
    /// </summary>
    /// <returns>When the time was over.</returns>
    public async ValueTask<TimeSpan> Observe(TimeSpan duration)
    {
        await RunFor(duration);
        var end = Now;
        await Advance(null, Now + (Options.Target.Latency < UsualLag ? Options.Target.Latency : UsualLag));
        return end;
    }

    /// <summary>Lets time pass until the condition holds; false when it did not within the time.</summary>
    public async ValueTask<bool> RunUntil(Func<bool> condition, TimeSpan timeout)
    {
        var holds = await Advance(condition, Now + timeout);
        _place = Now;
        return holds;
    }

    /// <summary>
    /// Names this place in the session, for <see cref="Count(Matcher, string)"/> and reports, and records it.
    /// </summary>
    public async ValueTask Mark(string name)
    {
        var (cursor, place) = (_cursor, _place);
        await Act(SessionLane.Rig, SessionKinds.Mark, name, default, null);
        (_cursor, _place) = (cursor, place);
        _marks[name] = new Cursor(Session.Total, Now);
    }

    private TimeSpan WireTime(int bytes) =>
        TimeSpan.FromTicks(bytes * 10L * TimeSpan.TicksPerSecond / Options.UartBaud);

    private ValueTask Command(ModemCommand command, string modem)
    {
        BeginAct();
        _world.ModemOf(modem).Shell.Post(command);
        _world.Loop.Settle();
        return ValueTask.CompletedTask;
    }

    private ValueTask Fault(Fault fault, string kind, string? modem)
    {
        var begins = ReferenceEquals(kind, SessionKinds.FaultBegin);
        object message = fault switch
        {
            NetworkFault network when begins => new NetworkInput.Begin(network, modem),
            NetworkFault network => new NetworkInput.End(network, modem),
            ServiceFault service when begins => new ServiceInput.Begin(service),
            ServiceFault service => new ServiceInput.End(service),
            _ => throw new NotSupportedException($"the fault '{fault}' acts neither on the network nor on the service"),
        };
        return Act(SessionLane.Rig, kind, fault.Phrase, default, message, modem: modem);
    }

    private ValueTask Act(
        SessionLane lane, string kind, string text, ReadOnlyMemory<byte> bytes, object? message, string? modem = null)
    {
        BeginAct();
        Session.Append(new SessionEvent(_world.Loop.MachinesNow, lane, kind, text, bytes) { Modem = modem ?? "" });
        if (message is not null) _world.Tell(message);
        _world.Loop.Settle();
        return ValueTask.CompletedTask;
    }

    // What was scheduled earlier happens at its time, and behind the back of the expectation that is being waited for.
    private void BeginAct()
    {
        _world.Loop.Enter();
        if (!_performing)
        {
            _world.Loop.CatchUp();
            _place = _world.Loop.MachinesNow;
            _cursor = new Cursor(Session.Total, _place)
            {
                Back = Options.Target.Latency > TimeSpan.Zero ? Session.Total : null,
            };
        }

        Session.Note(new SessionNote.Acted(Session.Total, _world.Loop.MachinesNow, Steps));
    }

    /// <summary>
    /// Lets time pass to a place in the run as <see cref="SessionNote"/> names it. Where the run has come to that place
    /// already, nothing is worked off: what was told without a pause is to be told so again.
    /// </summary>
    /// <param name="steps">Null: the time alone counts.</param>
    internal async ValueTask RunToPlace(TimeSpan at, long? steps, Func<bool>? enough)
    {
        if (Now >= at && (steps is not { } there || Steps >= there)) return;
        await Advance(() => enough?.Invoke() == true || (steps is { } place && Now >= at && Steps >= place), at);
    }

    private async ValueTask<bool> Advance(Func<bool>? condition, TimeSpan deadline)
    {
        if (_performing) throw new InvalidOperationException("a scheduled act cannot let time pass");
        _world.Loop.Enter();
        while (true)
        {
            var next = _pending.Next is { } due && due <= deadline ? due : deadline;
            if (_world.Loop.AdvanceUntil(condition, next)) return true;
            if (_pending.Next is not { } ready || ready > deadline) return false;
            await Perform(_pending.Take());
        }
    }

    private async ValueTask Perform(Func<Bench, ValueTask> act)
    {
        _performing = true;
        try
        {
            await act(this);
        }
        finally
        {
            _performing = false;
        }
    }
}
