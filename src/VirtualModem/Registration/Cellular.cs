using System.Globalization;

using AirHil.Lua.Values;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>
/// Registration from radio on to a usable IP link, and back: SIM, EMM, RRC and the PDP context (reference §2.9, §4.1).
/// </summary>
internal sealed class Cellular
{
    /// <summary>"cenc report" comes this long before IP_READY, and then the steps below (reference §2.9, V).</summary>
    private static readonly TimeSpan BearerLead = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LinkLead = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan CidLead = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan ActLead = TimeSpan.FromMilliseconds(1);

    /// <summary>The WORK_MODE in which the modem saves power.</summary>
    private const int PowerSaving = 3;

    private readonly Board _board;
    private readonly Clock.Calendar _calendar;
    private readonly SplitMix64 _random;
    private readonly Alarm _sim;
    private readonly Alarm _number;
    private readonly Alarm _search;
    private readonly Alarm _attach;
    private readonly Alarm _loss;
    private readonly Alarm _bearer;
    private readonly Alarm _timeSync;
    private readonly Alarm _retry;
    private readonly Alarm _simCheck;
    private readonly Alarm _outage;
    private readonly SimHolder _holder;
    private SimCard? _used;
    private TimeSpan _simPeriod;
    private TimeSpan _longestOutage;
    private int _attempts;
    private bool _isRoaming;
    private BearerStep _step;
    private TimeSpan _ipReadyAt;
    private TimeSpan _searchTime;
    private bool _covered;
    private bool _isLinkUp;

    public Cellular(Board board, Clock.Calendar calendar, SimHolder holder, SplitMix64 random)
    {
        _holder = holder;
        _retry = board.NewAlarm(OnRetry);
        _simCheck = board.NewAlarm(OnSimCheck);
        _outage = board.NewAlarm(ResetStack);
        _board = board;
        _calendar = calendar;
        _random = random;
        _sim = board.NewAlarm(OnSimInitialised);
        _number = board.NewAlarm(OnNumberRead);
        _search = board.NewAlarm(OnSearchDone);
        _attach = board.NewAlarm(OnAttachAccepted);
        _loss = board.NewAlarm(OnLossConfirmed);
        _bearer = board.NewAlarm(OnBearerStep);
        _timeSync = board.NewAlarm(OnTimeSync);
        Rrc = new RrcMachine(board.Parameters);
        SimWrites = new SimWrites(board);
        Search = new CellSearch(board, () => Emm == EmmState.Registered && _covered ? Conditions : null);
    }

    private enum BearerStep
    {
        LinkUp,
        CidState,
        BearerAct,
        IpReady,
    }

    public SimState Sim { get; private set; }
    public EmmState Emm { get; private set; }
    public RrcMachine Rrc { get; }

    public SimWrites SimWrites { get; }

    /// <summary>The search for cells that scripts ask for.</summary>
    public CellSearch Search { get; }

    /// <summary>Told that the IP link came (true) or went, at once, as the network task is.</summary>
    public Action<bool>? LinkChanged { get; set; }

    public bool FlightMode { get; private set; }

    /// <summary>
    /// pm.power(pm.WORK_MODE, …), 0 to 3: how long the modem sleeps between its looks at the network. With 3 it leaves
    /// the network as soon as there is no traffic.
    /// </summary>
    public int WorkMode
    {
        get;
        set
        {
            field = value;
            Rrc.PagingTime = value switch
            {
                1 => _board.Parameters.WorkMode1Paging,
                2 => _board.Parameters.WorkMode2Paging,
                _ => _board.Parameters.RrcPagingTime,
            };
            if (value == PowerSaving) Rrc.ReleaseAfter = _board.Parameters.PowerSavingEntry;
        }
    }

    /// <summary>Whether the modem needs no network, so that a sleep may end the script.</summary>
    public bool IsQuiet => FlightMode || WorkMode == PowerSaving;

    /// <summary>Until when the radio works: it looks for a cell, registers, or has a connection.</summary>
    public TimeSpan BusyUntil
    {
        get
        {
            var until = FlightMode ? TimeSpan.Zero : Rrc.IdleAt;
            foreach (var alarm in (Alarm[])[_sim, _search, _attach, _bearer])
            {
                if (alarm.IsSet && alarm.Due > until) until = alarm.Due;
            }

            return until;
        }
    }

    /// <summary>What the modem meets at its cell.</summary>
    public CellConditions Conditions { get; private set; } = CellConditions.Usual;

    /// <summary>Whether the modem has had a cell since its start.</summary>
    public bool HasMeasured { get; private set; }

    /// <summary>
    /// The card whose numbers the driver knows: in flight mode it keeps them (hardware reference §10.1, inferred).
    /// </summary>
    public SimCard? KnownCard { get; private set; }

    /// <summary>Whether there was a link since the module started.</summary>
    public bool HadLink { get; private set; }

    /// <summary>mobile.syncTime: whether the network's time sets the clock and is reported.</summary>
    public bool TakesNetworkTime { get; set; } = true;

    /// <summary>mobile.ipv6: whether the next attach asks for an IPv6 address, too.</summary>
    public bool WantsIpv6 { get; set; }

    /// <summary>mobile.apn: the access point for the next attach; null: the network's own.</summary>
    public ReadOnlyMemory<byte>? WantedAccessPoint { get; set; }

    /// <summary>The access point of the bearer; null without one.</summary>
    public ReadOnlyMemory<byte>? AccessPoint { get; private set; }

    /// <summary>The address of the PDP context; "0.0.0.0" without one.</summary>
    public string Address { get; private set; } = "0.0.0.0";

    /// <summary>Whether a usable cell is there, in the air's own word.</summary>
    public bool Covered => _covered;

    /// <summary>mobile.status() (reference §4.2).</summary>
    public int Status => Emm switch
    {
        EmmState.Deregistered => 0,
        EmmState.Registered => _isRoaming ? 5 : 1,
        EmmState.LimitedService => 3,
        _ => 2,
    };

    /// <summary>The radio comes on with the module.</summary>
    /// <param name="cold">True after the supply came on; false after a reset, when cell and SIM are known.</param>
    public void Start(bool cold)
    {
        var parameters = _board.Parameters;
        var spread = (parameters.WarmIpReadyMax - parameters.WarmIpReadyMin).TotalMilliseconds;
        var ipReady = cold
            ? parameters.ColdIpReady
            : parameters.WarmIpReadyMin + TimeSpan.FromMilliseconds(Math.Floor(_random.NextDouble() * spread));
        var search = ipReady - BearerLead - parameters.AttachTime - parameters.SimInitTime;
        _searchTime = search > TimeSpan.Zero ? search : TimeSpan.Zero;
        Sim = SimMachine.Next(Sim, SimTrigger.RadioOn);
        _sim.Set(_board.Now + parameters.SimInitTime);
        WatchOutage();
        _board.Emit(new AirRequest.Radio(true));
    }

    /// <summary>mobile.flymode.</summary>
    public void SetFlightMode(bool on)
    {
        if (on == FlightMode) return;
        FlightMode = on;
        _board.Emit(new ModemReport.FlightModeChanged(on));
        if (on) SwitchOff();
        else Start(cold: false);
    }

    /// <summary>mobile.reset: the protocol stack starts again. In flight mode the radio stays off.</summary>
    public void ResetStack()
    {
        if (FlightMode) return;
        SwitchOff();
        Start(cold: false);
    }

    public void CellChanged(CellConditions conditions)
    {
        var isTold = conditions.ClockAhead != Conditions.ClockAhead && Emm == EmmState.Registered && _isLinkUp;
        Conditions = conditions;
        if (isTold && !_timeSync.IsSet) _timeSync.Set(_board.Now + _board.Parameters.LateTimeSync);
    }

    /// <summary>mobile.simPin with an operation.</summary>
    /// <returns>Whether the card accepts it.</returns>
    public bool OperatePin(int operation, string pin, string newPin)
    {
        if (Sim is not (SimState.Ready or SimState.PinRequired)) return false;
        if (!_holder.Operate(operation, pin, newPin)) return false;
        if (Sim == SimState.PinRequired)
        {
            Sim = SimMachine.Next(Sim, SimTrigger.PinVerified);
            OnSimReady();
        }

        return true;
    }

    /// <summary>mobile.setAuto: how often the modem looks whether the card is another; zero: never.</summary>
    public void CheckSimEvery(TimeSpan period)
    {
        _simPeriod = period;
        _simCheck.Cancel();
        if (period > TimeSpan.Zero) _simCheck.Set(_board.Now + period);
    }

    /// <summary>
    /// mobile.setAuto: after so long without a link the protocol stack starts again; zero: it does not.
    /// </summary>
    public void RestartAfterOutage(TimeSpan longest)
    {
        _longestOutage = longest;
        _outage.Cancel();
        if (!_isLinkUp && !FlightMode) WatchOutage();
    }

    private void WatchOutage()
    {
        if (_longestOutage > TimeSpan.Zero) _outage.Set(_board.Now + _longestOutage);
    }

    private void OnSimCheck()
    {
        _simCheck.Set(_board.Now + _simPeriod);
        if (FlightMode || Sim is SimState.Off or SimState.Initialising || ReferenceEquals(_used, _holder.Card)) return;
        SwitchOff();
        Start(cold: false);
    }

    private void SwitchOff()
    {
        Sim = SimMachine.Next(Sim, SimTrigger.RadioOff);
        Emm = EmmMachine.Next(Emm, EmmTrigger.RadioOff);
        _covered = false;
        _sim.Cancel();
        _number.Cancel();
        _search.Cancel();
        _attach.Cancel();
        _retry.Cancel();
        _loss.Cancel();
        _outage.Cancel();
        LoseLink();
        _board.Emit(new AirRequest.Radio(false));
    }

    public void CoverageChanged(bool covered)
    {
        if (FlightMode || covered == _covered) return;
        _covered = covered;
        var before = Emm;
        Emm = EmmMachine.Next(Emm, covered ? EmmTrigger.CoverageGained : EmmTrigger.CoverageLost);
        if (covered)
        {
            _loss.Cancel();
            if (before == EmmState.NoCellAvailable) _search.Set(_board.Now + _board.Parameters.RecoverySearchTime);
        }
        else
        {
            _attach.Cancel();
            if (before == EmmState.Registered) _loss.Set(_board.Now + _board.Parameters.CoverageLossDetection);
        }
    }

    private void OnSimInitialised()
    {
        _used = _holder.Card;
        KnownCard = null;
        if (_used is null || _holder.AsksForPin)
        {
            Sim = SimMachine.Next(Sim, _used is null ? SimTrigger.NotInserted : SimTrigger.PinAsked);
            Publish(null, "SIM_IND", _used is null ? "NORDY" : "SIM_PIN");
            return;
        }

        Sim = SimMachine.Next(Sim, SimTrigger.Initialised);
        OnSimReady();
    }

    private void OnSimReady()
    {
        _attempts = 0;
        KnownCard = _used;
        Emm = EmmMachine.Next(Emm, EmmTrigger.SimReady);
        Publish(null, "SIM_IND", "RDY");
        _number.Set(_board.Now + _board.Parameters.SimNumberTime);
        _search.Set(_board.Now + _searchTime);
    }

    /// <summary>The card was asked for the subscriber's number; that of the rig has none.</summary>
    private void OnNumberRead() => Publish(null, "SIM_IND", "GET_NUMBER");

    private void OnSearchDone()
    {
        Emm = EmmMachine.Next(Emm, _covered ? EmmTrigger.CellFound : EmmTrigger.NoCellFound);
        if (!_covered) return;
        var attach = _board.Parameters.AttachTime + (WantsIpv6 ? _board.Parameters.Ipv6AttachTime : TimeSpan.Zero);
        HasMeasured = true;
        _attach.Set(_board.Now + attach + Conditions.AttachDelay);
    }

    /// <summary>
    /// The network rejects the attach (3GPP TS 24.301, 5.5.1.2.5): for good, for this network, or for a while.
    /// </summary>
    private void OnAttachRejected(int cause)
    {
        var isForGood = cause is 3 or 6 or 7 or 8;
        var isNotHere = cause is >= 11 and <= 15;
        Emm = EmmMachine.Next(
            Emm, isForGood || isNotHere ? EmmTrigger.AttachRejected : EmmTrigger.AttachFailed);
        if (isForGood) return;
        _attempts++;
        var isLate = isNotHere || _attempts >= _board.Parameters.AttachAttempts;
        _retry.Set(_board.Now + (isLate ? _board.Parameters.AttachPause : _board.Parameters.AttachRetry));
        if (isLate) _attempts = 0;
    }

    private void OnRetry()
    {
        Emm = EmmMachine.Next(Emm, EmmTrigger.AttemptAgain);
        _search.Set(_board.Now + _board.Parameters.RecoverySearchTime);
    }

    private void OnAttachAccepted()
    {
        if (Conditions.RejectCause is not 0 and var cause)
        {
            OnAttachRejected(cause);
            return;
        }

        _attempts = 0;
        _isRoaming = Conditions.IsRoaming;
        Emm = EmmMachine.Next(Emm, EmmTrigger.AttachAccepted);
        _board.Emit(new AirRequest.Registration(true));
        Rrc.Connect(_board.Now);
        AccessPoint = WantedAccessPoint ?? "cmiot"u8.ToArray();
        Address = string.Create(
            CultureInfo.InvariantCulture,
            $"10.{_random.Below(254) + 1}.{_random.Below(254) + 1}.{_random.Below(253) + 2}");
        _ipReadyAt = _board.Now + BearerLead;
        _board.Log.Raw("soc_cms_proc 1721:cenc report 1,50,1,1");
        Step(BearerStep.LinkUp, LinkLead);
    }

    private void Step(BearerStep step, TimeSpan lead)
    {
        _step = step;
        _bearer.Set(_ipReadyAt - lead);
    }

    private void OnBearerStep()
    {
        switch (_step)
        {
            case BearerStep.LinkUp:
                // The network task knows the link before Lua does (reference §2.9).
                Step(BearerStep.CidState, CidLead);
                _outage.Cancel();
                HadLink = true;
                SetLink(true);
                break;
            case BearerStep.CidState:
                Step(BearerStep.BearerAct, ActLead);
                Publish("cid1, state0", null);
                break;
            case BearerStep.BearerAct:
                Step(BearerStep.IpReady, TimeSpan.Zero);
                Publish("bearer act 0, result 0", null);
                break;
            case BearerStep.IpReady:
                Publish("NETIF_LINK_ON -> IP_READY", "IP_READY", Address, AdapterNumber.Cellular);
                _timeSync.Set(_board.Now + _board.Parameters.TimeSyncAfterIpReady);
                break;
            default:
                throw new InvalidOperationException($"No bearer step {_step}.");
        }
    }

    private void OnTimeSync()
    {
        if (!TakesNetworkTime) return;
        _calendar.Synchronise(Conditions.ClockAhead);
        LuaValue[] source = FirmwareChange.TimeSource.IsIn(_board.Parameters) ? [1] : [];
        Publish("TIME_SYNC 0", "NTP_UPDATE", source);
    }

    private void OnLossConfirmed()
    {
        Emm = EmmMachine.Next(Emm, EmmTrigger.LossConfirmed);
        _board.Emit(new AirRequest.Registration(false));
        LoseLink();
        WatchOutage();
    }

    private void LoseLink()
    {
        Rrc.Release();
        _bearer.Cancel();
        _timeSync.Cancel();
        Address = "0.0.0.0";
        AccessPoint = null;
        if (!_isLinkUp) return;
        // The line and the topic come from the Lua task, the closing of sockets from the network task (reference §3.8).
        Publish("NETIF_LINK_OFF -> IP_LOSE", "IP_LOSE", AdapterNumber.Cellular);
        SetLink(false);
    }

    private void SetLink(bool isUp)
    {
        _isLinkUp = isUp;
        LinkChanged?.Invoke(isUp);
    }

    private void Publish(string? line, string? topic, params LuaValue[] arguments) =>
        _board.Post(new SystemTopicMessage(_board.Log, line, topic, arguments));
}
