using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Search;

/// <summary>A kind of faults that schedules are drawn from.</summary>
/// <param name="Name">As a scope names it: "power cut".</param>
/// <param name="Fits">Whether it can matter in a run that shows events of these kinds without faults.</param>
/// <param name="Draw">Draws one; the duration is for those that last.</param>
internal sealed record FaultKind(
    string Name, Func<IReadOnlySet<string>, bool> Fits, Func<SplitMix64, TimeSpan, Act> Draw)
{
    private static readonly MqttPacketType[] Withheld =
        [MqttPacketType.Puback, MqttPacketType.Suback, MqttPacketType.Pingresp, MqttPacketType.Publish];

    /// <summary>Temporary failure, network out of order, congestion (3GPP TS 24.011, 8.2.5.4); unknown error.</summary>
    private static readonly int[] SmsCauses = [41, 38, 42, 500];

    private static readonly TimeSpan LongestCut = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSag = TimeSpan.FromSeconds(2);

    /// <summary>All kinds, in the order in which they are shown.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Lasting("coverage", Always, _ => new DropCoverage()),
        Lasting("black hole", HasService, _ => new BlackHole()),
        Moment("connection reset", HasTcp, _ => new ResetConnections()),
        new("power cut", Always, (_, time) => new SwitchOff(time < LongestCut ? time : LongestCut)),
        new("reset", Always, (_, _) => new PullReset()),
        new("brown-out", Always, (draw, time) => new SinkSupply(
            (20 + draw.Below(16)) / 10.0, time < LongestSag ? time : LongestSag)),
        Lasting("radio", Always, Radio),
        Lasting("short losses", HasService, draw => Interruption(100 * (1 + draw.Below(40)), draw)),
        Lasting("lost packets", HasService, draw => new LosePackets(10 * (1 + draw.Below(10)))),
        Lasting("clock", Always, draw => new WrongClock(
            TimeSpan.FromSeconds((1 + draw.Below(100)) * (draw.Below(2) == 0 ? 1 : 3600)) *
            (draw.Below(2) == 0 ? 1 : -1))),
        Lasting("slow link", HasService, draw => new SlowLink(
            TimeSpan.FromMilliseconds(100 * (2 + draw.Below(30))), 100 * (2 + draw.Below(100)))),
        Lasting("dns", HasDns, draw => new FailDns(draw.Below(2) == 0)),
        Lasting("tls", Has("tls.start"), draw => new FailTls(draw.Below(2) == 0)),
        Lasting("service down", HasService, _ => new RefuseConnections()),
        Lasting("silent host", HasService, _ => new SilentHost()),
        Lasting("upgrade", HasWebSocket, draw => draw.Below(3) == 0
            ? new StallUpgrade()
            : new RefuseUpgrade(draw.Below(2) == 0 ? 503 : 401)),
        Lasting("first frame", Has("ws.text.out"), _ => new GlueFrameTo101()),
        Moment("close", HasWebSocket, draw => draw.Below(3) == 0
            ? new CloseWithoutFrame()
            : new CloseWithFrame(1000 + draw.Below(4))),
        Moment("service restart", HasTcp, _ => new ForgetConnections()),
        Lasting("silence", HasTcp, _ => new FallSilent()),
        Lasting("fragments", Has("ws.text.out"), _ => new Fragment()),
        Moment("big frame", HasWebSocket, draw => new OversizeFrame(100 * (1 + draw.Below(80)))),
        Moment("half frame", Has("ws.text.out"), _ => new HalfFrame()),
        Lasting("http answers", HasHttp, draw => draw.Below(3) == 0
            ? new CutBodies()
            : new AnswerStatus(draw.Below(2) == 0 ? 500 : 404)),
        Lasting("broker", HasMqtt, draw => draw.Below(2) == 0
            ? new RefuseConnect(1 + draw.Below(5))
            : new WithholdPackets(Withheld[draw.Below(Withheld.Length)])),
        Lasting("held text messages", OnlyGetsSms, _ => new HoldSms()),
        new("noise", HasUart, (draw, _) => Noise(draw)),
        Lasting("split packets", HasUartIn, _ => new SplitPackets()),
        Lasting("lost bytes", HasUartIn, draw => new LoseBytes(1 + draw.Below(20))),
        Lasting("garbled bytes", HasUartIn, draw => new GarbleBytes(1 + draw.Below(20))),
        Lasting("lost text messages", OnlyByName, draw => draw.Below(2) == 0
            ? new LoseSms()
            : new RefuseSms(SmsCauses[draw.Below(SmsCauses.Length)])),
        Lasting("lost messages", OnlyByName, draw => new DropMessages(Share(draw))),
        Lasting("doubled messages", OnlyByName, draw => new DoubleMessages(Share(draw))),
        Lasting("delayed messages", OnlyByName, draw => new DelayMessages(
            Share(draw), TimeSpan.FromMilliseconds(100 * (1 + draw.Below(100))))),
    ];

    private static readonly Lazy<Dictionary<Type, string>> Names = new(() =>
    {
        const int Draws = 64;
        var names = new Dictionary<Type, string>();
        var draw = new SplitMix64(1);
        foreach (var kind in All)
        {
            for (var i = 0; i < Draws; i++) names.TryAdd(TypeOf(kind.Draw(draw, LongestCut)), kind.Name);
        }

        return names;
    });

    /// <summary>The name of the kind that a fault is of; else its phrase.</summary>
    public static string NameOf(Act act) => Names.Value.GetValueOrDefault(TypeOf(act)) ?? act.ToString();

    private static Type TypeOf(Act act) => act is BeginFault begin ? begin.Fault.GetType() : act.GetType();

    private static FaultKind Lasting(
        string name, Func<IReadOnlySet<string>, bool> fits, Func<SplitMix64, Fault> draw) =>
        new(name, fits, (random, time) => new BeginFault(draw(random), time));

    private static FaultKind Moment(string name, Func<IReadOnlySet<string>, bool> fits, Func<SplitMix64, Fault> draw) =>
        new(name, fits, (random, _) => new BeginFault(draw(random)));

    private static bool Always(IReadOnlySet<string> kinds) => true;

    /// <summary>
    /// What no connection does by itself: only who has such a proxy or queue between module and service wants it. And
    /// the loss of a text message: V1112 tells the script nothing of it.
    /// </summary>
    private static bool OnlyByName(IReadOnlySet<string> kinds) => false;

    private static bool HasTcp(IReadOnlySet<string> kinds) => kinds.Contains("tcp.opened");

    private static bool HasService(IReadOnlySet<string> kinds) => HasTcp(kinds) || kinds.Contains("udp.in");

    /// <summary>What the module sends meanwhile is lost, and V1112 tells the script nothing of it.</summary>
    private static bool OnlyGetsSms(IReadOnlySet<string> kinds) =>
        kinds.Contains("sms.rx") && !kinds.Contains(EventKinds.SmsSubmitted);

    private static bool HasDns(IReadOnlySet<string> kinds) => kinds.Contains("dns.query");

    private static bool HasWebSocket(IReadOnlySet<string> kinds) => kinds.Contains("ws.open");

    private static bool HasHttp(IReadOnlySet<string> kinds) =>
        kinds.Any(kind => kind.StartsWith("http.", StringComparison.Ordinal));

    private static bool HasMqtt(IReadOnlySet<string> kinds) =>
        kinds.Any(kind => kind.StartsWith("mqtt.", StringComparison.Ordinal));

    private static bool HasUart(IReadOnlySet<string> kinds) =>
        kinds.Any(kind => kind.StartsWith("uart", StringComparison.Ordinal));

    private static bool HasUartIn(IReadOnlySet<string> kinds) =>
        kinds.Any(kind => EventKinds.PortIn(kind) is not null);

    private static Func<IReadOnlySet<string>, bool> Has(string kind) => kinds => kinds.Contains(kind);

    /// <summary>
    /// A refused registration is not among them: behind five tries the modem itself waits for 12 minutes, and no script
    /// can help it.
    /// </summary>
    private static Fault Radio(SplitMix64 draw) => draw.Below(4) switch
    {
        0 => new Roam(),
        1 => new SlowRegistration(TimeSpan.FromSeconds(1 + draw.Below(20))),
        2 => WeakSignal(draw),
        _ => new FadeSignal(new ChangeSignal(-85, -8, 18), WeakSignal(draw), TimeSpan.FromSeconds(1 + draw.Below(60))),
    };

    private static ChangeSignal WeakSignal(SplitMix64 draw) =>
        new(-90 - draw.Below(50), -10 - draw.Below(15), 10 - draw.Below(25));

    /// <summary>Gaps that take up a twentieth to a half of the time.</summary>
    private static InterruptLink Interruption(int gapMs, SplitMix64 draw) => new(
        TimeSpan.FromMilliseconds(gapMs), TimeSpan.FromMilliseconds(gapMs * (2 + draw.Below(19))));

    private static int Share(SplitMix64 draw) => 10 * (1 + draw.Below(10));

    /// <summary>No byte of it can be a part of a text, so that its phrase shows them all.</summary>
    private static WriteUart Noise(SplitMix64 draw)
    {
        var bytes = new byte[1 + draw.Below(24)];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(0x80 + draw.Below(0x40));
        return new WriteUart(1, UartStimulus.Of(bytes, lineErrors: true));
    }
}
