using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>
/// What every network does: it gives each input to the part that it is for, follows the faults, and tells modems of
/// their coverage.
/// </summary>
public abstract class NetworkMachine : ISansIoMachine<NetworkInput, NetworkOutput>
{
    private readonly List<ModemAir> _airs = [];
    private readonly ShortMessageCentre _messages;

    protected NetworkMachine() => _messages = new ShortMessageCentre(State);

    /// <summary>The date of the run's start, which text messages carry.</summary>
    public DateTimeOffset StartDate
    {
        get => _messages.StartDate;
        set => _messages.StartDate = value;
    }

    /// <summary>Names and addresses of the run's own hosts.</summary>
    public HostTable Hosts => State.Hosts;

    /// <inheritdoc/>
    public TimeSpan? NextTimeout => State.Faults.NextChange is { } change && !(NextDue < change) ? change : NextDue;

    /// <summary>When something of its own is due; null: nothing is.</summary>
    protected abstract TimeSpan? NextDue { get; }

    /// <summary>What its parts share.</summary>
    protected NetworkState State { get; } = new();

    /// <inheritdoc/>
    public void Handle(NetworkInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case NetworkInput.FromModem(var modem, var request):
                Handle(Air(modem), request);
                break;
            case NetworkInput.GiveSms(var modem, var given):
                _messages.Give(Air(modem), given);
                break;
            case NetworkInput.MoveClient(var modem, var move):
                Act(Air(modem), move);
                break;
            case NetworkInput.FromService(var output):
                Handle(output);
                break;
            case NetworkInput.Begin(ResetConnections reset, var modem):
                Begin(reset, modem, now);
                break;
            case NetworkInput.Begin(var fault, var modem):
                State.Faults.Begin(fault, modem, now);
                FollowFaults();
                if (fault is RefuseConnections down) KillAll(down.Limits.Host, modem);
                break;
            case NetworkInput.End(var fault, var modem, var place):
                State.Faults.End(fault, place, modem);
                FollowFaults();
                break;
            default:
                throw new ArgumentException($"The network does not know {input.GetType().Name}", nameof(input));
        }
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        while (State.Faults.NextChange is { } change && change <= now)
        {
            Advance(change);
            State.Faults.MoveTo(change);
            FollowFaults();
        }

        Advance(now);
    }

    /// <inheritdoc/>
    public bool TryTake(out NetworkOutput output) => State.TryTake(out output);

    /// <summary>Does what is due until then, each at its time.</summary>
    protected abstract void Advance(TimeSpan now);

    protected abstract void Open(ModemAir air, AirRequest.OpenTcp open);

    protected abstract void Send(ModemAir air, AirRequest.SendTcp send);

    protected abstract void Probe(ModemAir air, AirRequest.ProbeTcp probe);

    protected abstract void StartTls(ModemAir air, AirRequest.StartTls start);

    protected abstract void Close(ModemAir air, AirRequest.CloseTcp close);

    /// <summary>A client of the rig does something with a module that listens.</summary>
    protected virtual void Act(ModemAir air, ClientActed move) =>
        State.Record(air, new NetworkNoticed(State.Now, "no client can reach a module in this network"));

    /// <summary>The module takes a client's connection. Without clients there is none.</summary>
    protected virtual void Accept(ModemAir air, AirRequest.AcceptTcp accept)
    {
    }

    protected abstract void Resolve(ModemAir air, AirRequest.ResolveHost query);

    protected abstract void SendDatagram(ModemAir air, AirRequest.SendUdp datagram);

    /// <summary>The module has restarted: it knows none of its earlier connections and sockets.</summary>
    protected abstract void Abandon(ModemAir air);

    /// <summary>The module lost its address, and this connection with it.</summary>
    protected abstract void Abandon(ModemAir air, int connection);

    /// <summary>The service does something with a connection, or sends a datagram.</summary>
    protected abstract void FromService(ServiceOutput output);

    protected abstract void Listen(ServiceOutput.Listening place);

    /// <summary>Connections with a host (null: all), of a modem or of all, end at both ends.</summary>
    protected abstract void ResetAll(string? host, string? modem);

    /// <summary>The process behind a host dies (null: all), for a modem or for all.</summary>
    protected abstract void KillAll(string? host, string? modem);

    /// <summary>A way may have become free, slow or blocked.</summary>
    protected virtual void WaysChanged()
    {
    }

    /// <summary>A fault has begun or ended.</summary>
    protected virtual void FaultsChanged()
    {
    }

    private void Handle(ModemAir air, AirRequest request)
    {
        switch (request)
        {
            case AirRequest.SendTcp send:
                Send(air, send);
                break;
            case AirRequest.OpenTcp open:
                Open(air, open);
                break;
            case AirRequest.ProbeTcp probe:
                Probe(air, probe);
                break;
            case AirRequest.StartTls start:
                StartTls(air, start);
                break;
            case AirRequest.CloseTcp close:
                Close(air, close);
                break;
            case AirRequest.ForgetTcp(var connection):
                Abandon(air, connection);
                break;
            case AirRequest.AcceptTcp accept:
                Accept(air, accept);
                break;
            case AirRequest.ResolveHost query:
                Resolve(air, query);
                break;
            case AirRequest.SendUdp datagram:
                SendDatagram(air, datagram);
                break;
            case AirRequest.SubmitSms submit:
                _messages.Submit(air, submit);
                break;
            case AirRequest.Registration(var isRegistered):
                air.IsRegistered = isRegistered;
                _messages.Deliver(air);
                break;
            case AirRequest.Radio(var isOn):
                SwitchRadio(air, isOn);
                break;
            default:
                throw new ArgumentException($"The network does not know {request.GetType().Name}", nameof(request));
        }
    }

    private void Handle(ServiceOutput output)
    {
        switch (output)
        {
            case ServiceOutput.Listening place:
                Listen(place);
                break;
            case ServiceOutput.Recorded(var happened):
                State.Record(happened);
                break;
            default:
                FromService(output);
                break;
        }
    }

    private void SwitchRadio(ModemAir air, bool isOn)
    {
        air.IsRadioOn = isOn;
        air.IsRegistered = false;
        if (isOn)
        {
            air.Life++;
            Abandon(air);
            air.IsCovered = !State.Faults.Has<DropCoverage>(air.Modem);
            air.Conditions = CellConditions.Usual;
            TellConditions(air);
            State.ToModem(air, new AirEvent.CoverageChanged(air.IsCovered));
        }

        WaysChanged();
    }

    private void TellConditions(ModemAir air)
    {
        var conditions = CellsAround.Conditions(State.Faults, air.Modem);
        if (conditions == air.Conditions) return;
        air.Conditions = conditions;
        State.ToModem(air, new AirEvent.CellChanged(conditions));
    }

    /// <summary>What is open is reset; a fault that goes on counts that as one time.</summary>
    private void Begin(ResetConnections reset, string? modem, TimeSpan now)
    {
        ResetAll(reset.Limits.Host, modem);
        if (reset.IsMoment) return;
        State.Faults.Begin(reset, modem, now);
        State.Faults.Strike(reset, modem);
        FollowFaults();
    }

    private void FollowFaults()
    {
        foreach (var air in _airs)
        {
            var isCovered = !State.Faults.Has<DropCoverage>(air.Modem);
            if (isCovered == air.IsCovered) continue;
            air.IsCovered = isCovered;
            State.Record(air, new CoverageChanged(State.Now, isCovered));
            if (air.IsRadioOn) State.ToModem(air, new AirEvent.CoverageChanged(isCovered));
        }

        foreach (var air in _airs)
        {
            if (air.IsRadioOn) TellConditions(air);
            _messages.Deliver(air);
        }

        WaysChanged();
        FaultsChanged();
    }

    private ModemAir Air(string modem)
    {
        foreach (var air in _airs)
        {
            if (string.Equals(air.Modem, modem, StringComparison.Ordinal)) return air;
        }

        var added = new ModemAir(modem) { IsCovered = !State.Faults.Has<DropCoverage>(modem) };
        _airs.Add(added);
        return added;
    }
}
