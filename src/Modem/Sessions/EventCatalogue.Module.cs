using System.Text;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Pins;

namespace AirHil.Modem.Sessions;

/// <content>The rig, the supply, the log, the serial lines and the samples.</content>
public static partial class EventCatalogue
{
    private static Entry[] Rig =>
    [
        Of<ModemNoticed>(
            EventKinds.ModemNotice, m => new(m.At, m.Text("notice")), (to, e) => to.Text("notice"u8, e.Notice)),
        Of<ModemNotModelled>(
            EventKinds.ModemNotModelled,
            m => new(m.At, m.Text("function"), m.Text("place"), m.Number("count"), m.Flag("stub")), (to, e) =>
            {
                to.Text("function"u8, e.Function);
                to.Optional("place"u8, e.Place);
                to.Number("count"u8, e.Count);
                to.Flag("stub"u8, e.IsStubbed);
            }),
        Of<CommandIgnored>(
            EventKinds.CommandIgnored, m => new(m.At, m.Text("command"), m.Text("why")), (to, e) =>
            {
                to.Text("command"u8, e.Command);
                to.Text("why"u8, e.Why);
            }),
        Of<FaultBegan>(EventKinds.FaultBegin, m => new(m.At, Fault(m)), (to, e) => to.Text("fault"u8, e.Fault.Phrase)),
        Of<FaultEnded>(
            EventKinds.FaultEnd,
            m => new(m.At, Fault(m), m.Find("which") is null ? null : m.Number("which")),
            (to, e) =>
            {
                to.Text("fault"u8, e.Fault.Phrase);
                if (e.Place is { } place) to.Number("which"u8, place);
            }),
        Of<ServicePushed>(
            e => e.IsText ? 0 : 1,
            (to, e) => to.Optional("url"u8, e.Url),
            (EventKinds.ServicePush, m => new(m.At, m.Text("url"), true, m.Bytes)),
            (EventKinds.ServicePushBinary, m => new(m.At, m.Text("url"), false, m.Bytes))),
        Of<ServicePinged>(
            EventKinds.ServicePing, m => new(m.At, m.Text("url"), m.Bytes), (to, e) => to.Optional("url"u8, e.Url)),
        Of<Marked>(EventKinds.Mark, m => new(m.At, m.Text("name")), (to, e) => to.Text("name"u8, e.Name)),
    ];

    private static Entry[] Power =>
    [
        Of<PowerApplied>(EventKinds.ApplyPower, m => new(m.At)),
        Of<PowerCut>(EventKinds.CutPower, m => new(m.At)),
        Of<ResetPulled>(EventKinds.PullReset, m => new(m.At)),
        Of<ModemStarted>(
            EventKinds.PoweredOn,
            m => new(m.At, Enum.TryParse<StartReason>(m.Text("reason"), out var reason) ? reason : default,
                m.Text("cause")),
            (to, e) =>
            {
                if (e.Reason != StartReason.Unknown) to.Text("reason"u8, e.Reason.ToString());
                to.Optional("cause"u8, e.Cause);
            }),
        Of<UsbPlugged>(
            e => e.IsIn ? 0 : 1, null, ("usb.in", m => new(m.At, true)), ("usb.out", m => new(m.At, false))),
        Of<DiskFilled>(
            "disk.filled", m => new(m.At, m.Number("left")), (to, e) => to.Number("left"u8, e.KilobytesLeft)),
        Of<DiskWorn>("disk.worn", m => new(m.At, m.Number("blocks")), (to, e) => to.Number("blocks"u8, e.Blocks)),
        Of<StoredPut>(
            e => e.IsKey ? 1 : 0, (to, e) => Stored(to, e.Name, e.IsGone),
            ("file.put", m => new(m.At, false, m.Text("name"), m.Flag("gone"), m.Bytes)),
            ("key.put", m => new(m.At, true, m.Text("name"), m.Flag("gone"), m.Bytes))),
        Of<StoredWatched>(
            e => e.IsKey ? 1 : 0, (to, e) => Stored(to, e.Name, false),
            ("file.watched", m => new(m.At, false, m.Text("name"))),
            ("key.watched", m => new(m.At, true, m.Text("name")))),
        Of<StoredSeen>(
            e => e.IsKey ? 1 : 0, (to, e) => Stored(to, e.Name, e.IsGone),
            (EventKinds.FileSeen, m => new(m.At, false, m.Text("name"), m.Flag("gone"), m.Bytes)),
            (EventKinds.KeySeen, m => new(m.At, true, m.Text("name"), m.Flag("gone"), m.Bytes))),
        Of<StorageWatched>(
            e => (int)e.What, null, ("files.watched", m => new(m.At, StorageWatch.OpenFiles)),
            ("writes.watched", m => new(m.At, StorageWatch.Writes))),
        Of<FilesOpen>("files.open", m => new(m.At, m.Number("count")), (to, e) => to.Number("count"u8, e.Count)),
        Of<FlashWritten>(
            EventKinds.FlashWritten, m => new(m.At, Span(m, "took")), (to, e) => to.Seconds("took"u8, e.Took)),
        Of<FlightModeSet>(
            e => e.IsOn ? 0 : 1, null, ("flight.set.on", m => new(m.At, true)),
            ("flight.set.off", m => new(m.At, false))),
        Of<FlightModeChanged>(
            e => e.IsOn ? 0 : 1, null, ("flight.on", m => new(m.At, true)), ("flight.off", m => new(m.At, false))),
        Of<SimChanged>(
            e => e.Card is null ? 1 : 0,
            (to, e) =>
            {
                to.Optional("imsi"u8, e.Card?.Imsi ?? "");
                to.Optional("code"u8, e.Card?.Pin ?? "");
                to.Optional("iccid"u8, e.Card?.Iccid ?? "");
                to.Optional("number"u8, e.Card?.Number ?? "");
            },
            ("sim.in", m => new(
                m.At, new SimCard(m.Find("imsi"), m.Find("code"), m.Find("iccid"), m.Find("number")))),
            ("sim.out", m => new(m.At, null))),
        Of<ModuleLabelled>(
            "module.number",
            m => new(m.At, new ModuleLabel(ModuleNumbers.Parse(m.Text("number")), m.Text("value"))),
            (to, e) =>
            {
                to.Text("number"u8, e.Label.Number.Word());
                to.Text("value"u8, e.Label.Value);
            }),
        Of<SleepChanged>(
            e => (int)e.Mode, null,
            [.. Enum.GetValues<SleepMode>().Select(mode => (EventKinds.SleepChanged(mode),
                (Func<EventMembers, SleepChanged>)(m => new SleepChanged(m.At, mode))))]),
        Of<KeptAwake>(
            e => (int)e.By, null,
            [.. Enum.GetValues<WakeVote>().Select(vote => (EventKinds.KeptAwake(vote),
                (Func<EventMembers, KeptAwake>)(m => new KeptAwake(m.At, vote))))]),
        Of<ModemStopped>(EventKinds.PoweredOff, m => new(m.At)),
        Of<ModemGone>(
            EventKinds.ModemLost, m => new(m.At, m.Text("reason")), (to, e) => to.Text("reason"u8, e.Reason)),
    ];

    private static Entry[] Log => [Of<LogLine>(EventKinds.Log, ReadLine, WriteLine)];

    private static Entry[] Uart =>
    [
        Of(
            e => (2 * e.Port) + (e.LineErrors ? 1 : 0), (to, e) => to.Optional("peer"u8, e.Peer),
            [.. Enumerable.Range(0, EventKinds.LastPort + 1).SelectMany(UartInWords)]),
        Of<UartOut>(
            e => e.Port, null,
            [
                .. Enumerable.Range(0, EventKinds.LastPort + 1).Select(port => (EventKinds.UartOut(port),
                    (Func<EventMembers, UartOut>)(m => new UartOut(m.At, port, m.Bytes)))),
            ]),
    ];

    private static Entry[] Pins =>
    [
        Of<PinHeld>(
            e => (int)e.Hold, (to, e) =>
            {
                to.Number("number"u8, e.Pin);
                to.Optional("peer"u8, e.Peer);
            },
            [.. Enum.GetValues<PinHold>().Select(hold => (EventKinds.PinHeld(hold), (Func<EventMembers, PinHeld>)(
                m => new PinHeld(m.At, m.Number("number"), hold) { Peer = m.Text("peer") })))]),
        Of<PinShared>(
            "pin.shared", m => new(m.At, m.Number("number"), m.Text("first"), m.Text("second")),
            (to, e) =>
            {
                to.Number("number"u8, e.Pin);
                to.Text("first"u8, e.First);
                to.Text("second"u8, e.Second);
            }),
        Of<PinPulsed>(
            EventKinds.PinPulsed,
            m => new(m.At, m.Number("number"), m.Long("hertz"), m.Number("duty"), m.Long("pulses")),
            (to, e) =>
            {
                to.Number("number"u8, e.Pin);
                to.Number("hertz"u8, e.Hertz);
                to.Number("duty"u8, e.Duty);
                to.Number("pulses"u8, e.Pulses);
            }),
        Of<AnalogSet>(
            e => (int)e.Input, (to, e) => to.Real("value"u8, e.Value),
            [.. Enum.GetValues<AnalogInput>().Select(input => (EventKinds.AnalogSet(input),
                (Func<EventMembers, AnalogSet>)(m => new AnalogSet(m.At, input, m.Real("value")))))]),
        Of<PinDriven>(
            e => (int)e.Drive, (to, e) => to.Number("number"u8, e.Pin),
            [.. Enum.GetValues<PinDrive>().Select(drive => (EventKinds.PinDriven(drive),
                (Func<EventMembers, PinDriven>)(m => new PinDriven(m.At, m.Number("number"), drive))))]),
    ];

    private static Entry[] Scripts =>
    [
        Of<ScriptLogged>(
            EventKinds.ScriptLog, m => new(m.At, m.Text("name"), m.Text("message")), (to, e) =>
            {
                to.Text("name"u8, e.Name);
                to.Text("message"u8, e.Line);
            }),
        Of<ScriptFailed>(
            EventKinds.ScriptFailed, m => new(m.At, m.Text("name"), m.Text("why")), (to, e) =>
            {
                to.Text("name"u8, e.Name);
                to.Text("why"u8, e.Why);
            }),
    ];

    private static Entry[] Buses =>
    [
        Of<DeviceTold>(
            EventKinds.DeviceTold,
            m => new(m.At, DeviceSpot.Parse(m.Text("spot")).Spot, DeviceOrder.Parse(m.Text("order"))),
            (to, e) =>
            {
                to.Text("spot"u8, e.Spot.ToString());
                to.Text("order"u8, e.Order.ToString());
            }),
        Of<I2cTransferred>(
            e => (int)e.Result, WriteI2c,
            [.. Enum.GetValues<I2cResult>().Select(result => (EventKinds.I2c(result),
                (Func<EventMembers, I2cTransferred>)(m => ReadI2c(m, result))))]),
        Of<SpiTransferred>(
            EventKinds.Spi,
            m => new(m.At, m.Text("on"), m.Bytes, m.Text("in"), Span(m, "took")),
            (to, e) =>
            {
                to.Text("on"u8, e.Bus);
                to.Text("in"u8, e.Received);
                to.Seconds("took"u8, e.Took);
            }),
        Of<DisplayShown>(
            EventKinds.Display,
            m => new(m.At, m.Text("name"), m.Number("width"), m.Number("height"), m.Bytes), (to, e) =>
            {
                to.Text("name"u8, e.Name);
                to.Number("width"u8, e.Width);
                to.Number("height"u8, e.Height);
            }),
    ];

    private static Entry[] Vitals => [Of<VitalsSampled>(EventKinds.Vitals, ReadVitals, WriteVitals)];

    private static (string Word, Func<EventMembers, UartIn> Read)[] UartInWords(int port) =>
    [
        (EventKinds.UartIn(port), m => new UartIn(m.At, port, m.Bytes) { Peer = m.Text("peer") }),
        (EventKinds.UartInWithErrors(port),
            m => new UartIn(m.At, port, m.Bytes, LineErrors: true) { Peer = m.Text("peer") }),
    ];

    private static void Stored(EventLines to, string name, bool isGone)
    {
        to.Text("name"u8, name);
        if (isGone) to.Flag("gone"u8, true);
    }

    private static Fault Fault(EventMembers members) => FaultPhrase.Parse(members.Text("fault")).Fault;

    private static void WriteLine(EventLines to, LogLine e)
    {
        to.Seconds("tick"u8, e.Tick!.Value);
        if (e.Boot is { } boot) to.Text("boot"u8, boot.Announced);
        if (e.Moment is not { } moment) return;
        to.Raw(MomentWords.MemberOf(moment));
        if (moment is Moment.VmExit exit) to.Optional("words"u8, exit.Message);
    }

    /// <summary>What the line says is in the line; only the last words of a VM are in other lines.</summary>
    private static LogLine ReadLine(EventMembers members)
    {
        var tick = members.Tick ?? throw new FormatException("a line of the log has no \"tick\"");
        var text = Encoding.UTF8.GetString(members.Bytes.Span);
        var boot = members.Find("boot") is { } announced ? new Moment.Booted(announced) { Tick = tick } : null;
        var moment = members.Find("says") is null ? null : LogInterpreter.MeaningOf(text);
        if (moment is Moment.VmExit) moment = new Moment.VmExit(members.Text("words"));
        if (moment is not null) moment = moment with { Tick = tick };
        return new LogLine(members.At, tick, text, members.Bytes, boot, moment);
    }

    private static void WriteI2c(EventLines to, I2cTransferred e)
    {
        to.Text("on"u8, e.Bus);
        to.Number("device"u8, e.Address);
        to.Flag("writes"u8, e.Writes);
        if (e.Read is { } read) to.Text("in"u8, read);
        to.Seconds("took"u8, e.Took);
    }

    private static I2cTransferred ReadI2c(EventMembers m, I2cResult result) => new(
        m.At, m.Text("on"), m.Number("device"), m.Flag("writes"), m.Bytes,
        m.Find("in"), result, Span(m, "took"));

    private static TimeSpan Span(EventMembers m, string name) => TimeSpan.FromTicks(
        (long)Math.Round(m.Real(name) * TimeSpan.TicksPerSecond));

    private static void WriteVitals(EventLines to, VitalsSampled e)
    {
        var vitals = e.Vitals;
        to.Number("heap"u8, vitals.HeapUsed);
        to.Number("peak"u8, vitals.HeapPeak);
        to.Number("limit"u8, vitals.HeapLimit);
        to.Number("sys"u8, vitals.SystemHeapUsed);
        to.Number("syspeak"u8, vitals.SystemHeapPeak);
        to.Number("systotal"u8, vitals.SystemHeapTotal);
        to.Real("cpu"u8, vitals.CpuBusy);
        to.Seconds("wdt"u8, vitals.WatchdogLeft);
        to.Seconds("wdtfull"u8, vitals.WatchdogFull);
    }

    private static VitalsSampled ReadVitals(EventMembers m) => new(m.At, new ModemReport.Vitals(
        m.Long("heap"), m.Long("peak"), m.Long("limit"), m.Number("sys"), m.Number("syspeak"), m.Number("systotal"),
        m.Real("cpu"), TimeSpan.FromSeconds(m.Real("wdt")), TimeSpan.FromSeconds(m.Real("wdtfull"))));
}
