using System.Globalization;
using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Rig.Scenarios;

/// <content>
/// Acts: each takes effect now and becomes the reference of the expectations that follow. A fault is one; the end of
/// one of several equal faults ends that one.
/// </content>
public sealed partial class Bench
{
    /// <summary>How long a start is waited for; then the scenario goes on without it, and says so itself.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>The faults that act, in the order in which they began.</summary>
    private readonly List<BeginFault> _acting = [];

    /// <summary>Performs an act now.</summary>
    /// <exception cref="NotSupportedException">It is no act that a rig can do.</exception>
    /// <exception cref="StepException">It names what is not on the bench. Nothing has happened.</exception>
    public async ValueTask Do(Act act)
    {
        Check(act);
        if (!_performing) await TakeWhatCame();
        var modem = act.Modem ?? OnlyModem;
        switch (act)
        {
            case Modem.Acts.SwitchOn:
                await PowerUp(act, modem);
                break;
            case SwitchOff off:
                if (off.For is { } pause) Follow(pause, new SwitchOn { Modem = act.Modem });
                Command(act, new ModemCommand.CutPower(), modem);
                break;
            case CutAtWrite cut:
                Command(act, new ModemCommand.WatchStorage(StorageWatch.Writes), modem);
                CutAtWrite(cut, modem);
                break;
            case WriteUart write:
                Write(write, modem);
                break;
            case Repeat repeat:
                await Begin(repeat);
                break;
            case AnswerUart answer:
                BeginAct(answer);
                Answer(answer, modem);
                break;
            case HoldPin pin:
                Hold(pin, modem);
                break;
            case SinkSupply sink:
                Sink(sink, modem);
                break;
            case SendSms sms:
                Give(sms, modem);
                break;
            case ConnectClient or SendFromClient or CloseClient:
                MoveClient(act, modem);
                break;
            case BeginFault begin:
                Begin(begin);
                break;
            case EndFault end:
                End(end);
                break;
            case PushMessage push:
                Tell(push, at => new ServicePushed(at, push.Url ?? "", push.IsText, push.Bytes) { Modem = "" },
                    push.IsText
                        ? new ServiceInput.SendText(push.Url, Encoding.UTF8.GetString(push.Bytes.Span))
                        : new ServiceInput.SendBinary(push.Url, push.Bytes));
                break;
            case PingClients ping:
                Tell(ping, at => new ServicePinged(at, ping.Url ?? "", ping.Bytes) { Modem = "" },
                    new ServiceInput.SendPing(ping.Url, ping.Bytes));
                break;
            case SetMark mark:
                Mark(mark);
                break;
            default:
                Command(
                    act, CommandOf(act) ?? throw new NotSupportedException($"a rig cannot do '{act}'"), modem);
                break;
        }
    }

    /// <summary>An act that is one command to the modem; null: it is more, or none.</summary>
    private static ModemCommand? CommandOf(Act act) => act switch
    {
        Modem.Acts.PullReset => new ModemCommand.PullReset(),
        SetAnalog set => new ModemCommand.SetAnalog(set.Input, set.Value),
        FillDisk disk => new ModemCommand.FillDisk(disk.KilobytesLeft),
        WearDisk disk => new ModemCommand.WearDisk(disk.Blocks),
        PutStored put => new ModemCommand.PutStored(put.IsKey, put.Name, put.Content),
        WatchStored watch => new ModemCommand.WatchStored(watch.IsKey, watch.Name),
        WatchStorage watch => new ModemCommand.WatchStorage(watch.What),
        SetFlightMode flight => new ModemCommand.SetFlightMode(flight.IsOn),
        ChangeSim sim => new ModemCommand.ChangeSim(sim.Card),
        LabelModule label => new ModemCommand.LabelModule(label.Label),
        PlugUsb usb => new ModemCommand.PlugUsb(usb.IsIn),
        TellDevice tell => new ModemCommand.TellDevice(tell.Spot, tell.Order),
        _ => null,
    };

    /// <summary>
    /// Supply on. A modem that is not heard of at once, as a board behind a relay and an enumeration, is waited for,
    /// and durations are judged from its start.
    /// </summary>
    public ValueTask ApplyPower(string modem = OnlyModem) => Do(new SwitchOn { Modem = Named(modem) });

    public ValueTask CutPower(string modem = OnlyModem) => Do(new SwitchOff { Modem = Named(modem) });

    public ValueTask PullReset(string modem = OnlyModem) => Do(new PullReset { Modem = Named(modem) });

    /// <summary>Bytes to the module, back to back from now on.</summary>
    public ValueTask WriteUart(int port, ReadOnlyMemory<byte> bytes, bool lineErrors = false,
        string modem = OnlyModem) =>
        WriteUart(port, UartStimulus.Of(bytes, lineErrors), modem);

    /// <summary>Text to the module in UTF-8, no line end added.</summary>
    public ValueTask WriteUart(int port, string text, string modem = OnlyModem) =>
        WriteUart(port, UartStimulus.Of(text), modem);

    /// <summary>Packets to the module: the first now, the others as time passes.</summary>
    public ValueTask WriteUart(int port, UartStimulus stimulus, string modem = OnlyModem) =>
        Do(new WriteUart(port, stimulus) { Modem = Named(modem) });

    /// <summary>
    /// The service sends a text message to every open connection of the endpoint (null: of every endpoint).
    /// </summary>
    public ValueTask ServicePush(string? url, string text) =>
        Do(new PushMessage(url, true, Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// The service sends a binary message to every open connection of the endpoint (null: of every endpoint).
    /// </summary>
    public ValueTask ServicePush(string? url, ReadOnlyMemory<byte> bytes) => Do(new PushMessage(url, false, bytes));

    /// <summary>The service pings every open WebSocket of the endpoint (null: of every endpoint).</summary>
    public ValueTask ServicePing(string? url, ReadOnlyMemory<byte> bytes) => Do(new PingClients(url, bytes));

    /// <summary>
    /// Names this place in the session, for <see cref="Count(Matcher, string)"/> and reports, and records it.
    /// </summary>
    public ValueTask Mark(string name) => Do(new SetMark(name));

    /// <summary>
    /// What a machine cannot do must be told before it is tried: an act that was recorded can be repeated.
    /// </summary>
    private void Check(Act act)
    {
        if ((act is Repeat repeat ? repeat.Of : act) is PushMessage { Url: { } target }) _endpoints.ForPush(target);
        if (act is PingClients { Url: { } pinged }) _endpoints.Named(pinged);
        if (act.Modem is { } modem) _world.ModemOf(modem);
    }

    private static string? Named(string modem) => modem == OnlyModem ? null : modem;

    private async ValueTask PowerUp(Act act, string modem)
    {
        var wasOn = IsPowered(modem);
        Command(act, new ModemCommand.ApplyPower(), modem);
        if (wasOn || _performing || Options.Target.Latency == TimeSpan.Zero) return;
        var search = new Search(Session, Match.Started(modem: modem), _cursor);
        if (await Advance(search.Find, Now + StartLimit * Math.Max(1, Options.Speed)) && search.Found is { } start)
        {
            _cursor = _cursor with { At = start.At };
            _place = start.At;
        }
    }

    private static void CheckUart(int port)
    {
        if ((uint)port <= EventKinds.LastPort) return;
        throw new StepException(string.Create(
            CultureInfo.InvariantCulture, $"a UART has a number from 0 to {EventKinds.LastPort}, not {port}"));
    }

    private void Write(WriteUart write, string modem)
    {
        var (port, stimulus) = (write.Port, write.Stimulus);
        CheckUart(port);
        // A host that waits between packets cannot keep to the microsecond; what has no silence in it is one piece.
        if (Options.Clock == RigClock.Wall) stimulus = stimulus.WithoutSeams();
        BeginAct(write);
        var at = _world.Loop.Now;
        var rest = new PendingActs.Rest(port, modem);
        for (var i = 1; i < stimulus.Packets.Count; i++)
        {
            at += WireTime(stimulus.Packets[i - 1].Bytes.Length) + stimulus.Packets[i].Pause;
            _pending.Add(at, new PendingActs.Packet(rest, stimulus.Packets[i], at));
        }

        var first = stimulus.Packets[0];
        Post(new ModemCommand.WriteUart(port, first.Bytes, first.LineErrors), modem);
    }

    // A script tells packets by the silence between them, so a host that was late once is so from then on: by the
    // machines' clock, which a model sees, and by the wall's, which is never behind it and which a board sees.
    private void Follow(PendingActs.Packet packet)
    {
        var rest = packet.Of;
        if (_world.Loop.Now < packet.Due + rest.Late)
        {
            _pending.Add(packet.Due + rest.Late, packet);
            return;
        }

        rest.Late = Now - packet.Due;
        var (_, bytes, lineErrors) = packet.Content;
        Command(null, new ModemCommand.WriteUart(rest.Port, bytes, lineErrors), rest.Modem);
    }

    private void Hold(HoldPin act, string modem)
    {
        if (act.For is { } duration)
        {
            var before = new HoldPin(act.Pin, _world.ModemOf(modem).HoldOf(act.Pin)) { Modem = act.Modem };
            Follow(duration, before);
        }

        Command(act, new ModemCommand.HoldPin(act.Pin, act.Hold), modem);
    }

    private void Sink(SinkSupply sink, string modem)
    {
        var place = _world.ModemOf(modem);
        if (sink.Volts < Options.Target.Supply.Least && place.Supplied)
        {
            Follow(sink.For, new SwitchOn { Modem = sink.Modem });
            Command(sink, new ModemCommand.CutPower(), modem);
        }
        else
        {
            Follow(sink.For, new SetAnalog(AnalogInput.Supply, place.SupplyVolts) { Modem = sink.Modem });
            Command(sink, new ModemCommand.SetAnalog(AnalogInput.Supply, sink.Volts), modem);
        }
    }

    /// <summary>What an act brings with it later.</summary>
    private void Follow(TimeSpan later, Act act) => _pending.Add(Now + later, new PendingActs.Consequence(act));

    private void Give(SendSms sms, string modem)
    {
        var given = new SmsGiven(_world.Loop.Now, sms.From, sms.Text, sms.Part) { Modem = modem };
        Tell(sms, at => given with { At = at }, new NetworkInput.GiveSms(modem, given));
    }

    private void MoveClient(Act act, string modem)
    {
        var move = act switch
        {
            ConnectClient client => new ClientActed(Now, ClientMove.Connect, client.Port),
            SendFromClient client => new ClientActed(Now, ClientMove.Send, 0, client.Bytes),
            CloseClient { IsReset: true } => new ClientActed(Now, ClientMove.Reset, 0),
            _ => new ClientActed(Now, ClientMove.Close, 0),
        };
        move = move with { Modem = modem };
        Tell(act, at => move with { At = at }, new NetworkInput.MoveClient(modem, move));
    }

    private void Mark(SetMark mark)
    {
        var (cursor, place, acted) = (_cursor, _place, _acted);
        Tell(mark, at => new Marked(at, mark.Name) { Modem = "" }, null);
        (_cursor, _place, _acted) = (cursor, place, acted);
        _marks[mark.Name] = new Cursor(Session.Total, Now);
    }

    private TimeSpan WireTime(int bytes) =>
        TimeSpan.FromTicks(bytes * 10L * TimeSpan.TicksPerSecond / Options.UartBaud);

    private void Command(Act? act, ModemCommand command, string modem)
    {
        BeginAct(act);
        Post(command, modem);
    }

    private void Post(ModemCommand command, string modem)
    {
        if (command is ModemCommand.WriteUart write)
        {
            if (Disturbed(write, modem) is not { } now) return;
            command = now;
        }

        _world.ModemOf(modem).Shell.Post(command);
        _world.Loop.Settle();
    }

    private void Tell(Act act, Func<TimeSpan, SessionEvent> happened, object? message)
    {
        BeginAct(act);
        Session.Append(happened(_world.Loop.Now));
        if (message is not null) _world.Tell(message);
        _world.Loop.Settle();
    }

    // What was scheduled earlier happens at its time, and behind the back of the expectation that is being waited for.
    private void BeginAct(Act? act)
    {
        _world.Loop.Enter();
        if (!_performing)
        {
            _place = _world.Loop.Now;
            _cursor = new Cursor(_asked, _place) { Back = Options.Target.Latency > TimeSpan.Zero ? _asked : null };
            _acted = _cursor;
            _found.Clear();
        }

        Session.Note(new SessionNote.Acted(Session.Total, _world.Loop.Now, Steps, _isConsequence ? null : act));
    }

    /// <summary>A fault begins; with a duration it ends by itself as time passes.</summary>
    /// <param name="modem">Whose link it acts on (network faults only); null: all.</param>
    public ValueTask Begin(Fault fault, TimeSpan? duration = null, string? modem = null) =>
        Do(new BeginFault(fault, duration) { Modem = modem });

    private void Begin(BeginFault begin)
    {
        var (fault, modem) = (begin.Fault, begin.Modem);
        if (!fault.IsMoment)
        {
            // A record of its own, so that it can be told from an equal one.
            var acting = begin with { };
            _acting.Add(acting);
            if (begin.For is { } duration) _pending.Add(Now + duration, new PendingActs.Ending(acting));
        }

        if (fault is UartFault line) _lines.Begin(line);
        Tell(begin, at => new FaultBegan(at, fault) { Modem = modem ?? "" }, fault switch
        {
            NetworkFault network => new NetworkInput.Begin(network, modem),
            ServiceFault service => new ServiceInput.Begin(service),
            UartFault => null,
            _ => throw NobodySuffers(fault),
        });
    }

    /// <summary>The time of a fault is over; unless it was ended before.</summary>
    private void End(BeginFault acting)
    {
        var place = Equal(acting.Fault, acting.Modem).FindIndex(other => ReferenceEquals(other, acting));
        if (place < 0) return;
        End(new EndFault(acting.Fault, place > 0 ? place : null) { Modem = acting.Modem });
    }

    private void End(EndFault end)
    {
        var (fault, place, modem) = (end.Fault, end.Place, end.Modem);
        if (Equal(fault, modem).ElementAtOrDefault(place ?? 0) is { } acting)
        {
            _acting.RemoveAt(_acting.FindIndex(other => ReferenceEquals(other, acting)));
        }

        if (fault is UartFault line) _lines.End(line, place);
        Tell(end, at => new FaultEnded(at, fault, place) { Modem = modem ?? "" }, fault switch
        {
            NetworkFault network => new NetworkInput.End(network, modem, place),
            ServiceFault service => new ServiceInput.End(service, place),
            UartFault => null,
            _ => throw NobodySuffers(fault),
        });
    }

    private List<BeginFault> Equal(Fault fault, string? modem) =>
        _acting.FindAll(begun => begun.Fault == fault && begun.Modem == modem);

    private static NotSupportedException NobodySuffers(Fault fault) =>
        new($"the fault '{fault}' acts on nothing that is on the bench");
}
