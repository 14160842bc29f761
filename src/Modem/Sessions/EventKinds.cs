using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.Modem.Sessions;

/// <summary>
/// Words of events that expectations name (<see cref="SessionEvent.Kind"/>). Sides are the module's: "uart1.rx" is what
/// it receives, "uart1.tx" what it sends.
/// </summary>
public static class EventKinds
{
    /// <summary>The highest number of a port; 32 (0x20) is the USB virtual UART.</summary>
    public const int LastPort = 63;

    public const string ApplyPower = "power.apply";
    public const string CutPower = "power.cut";
    public const string PullReset = "reset.pull";
    public const string PoweredOn = "power.on";
    public const string PoweredOff = "power.off";
    public const string ModemLost = "modem.lost";
    public const string ModemNotice = "modem.notice";
    public const string ModemNotModelled = "modem.not-modelled";
    public const string CommandIgnored = "command.ignored";
    public const string Log = "log";
    public const string FaultBegin = "fault.begin";
    public const string FaultEnd = "fault.end";
    public const string ServicePush = "service.push";
    public const string ServicePushBinary = "service.push.binary";
    public const string ServicePing = "service.ping";
    public const string NetworkNotice = "network.notice";
    public const string Vitals = "vitals";
    public const string SmsSubmitted = "sms.tx";
    public const string Mark = "mark";
    public const string PinPulsed = "pin.pwm";
    public const string ScriptLog = "script.log";
    public const string ScriptFailed = "script.failed";
    public const string DeviceTold = "device";
    public const string Spi = "spi";
    public const string Display = "display";
    public const string FileSeen = "file.seen";
    public const string KeySeen = "key.seen";
    public const string FlashWritten = "flash.write";

    private static readonly string[] Rx = Words("rx");
    private static readonly string[] RxErrors = Words("rx.errors");
    private static readonly string[] Tx = Words("tx");
    private static readonly string[] Held =
        [.. Enum.GetNames<PinHold>().Select(name => $"pin.held.{name.ToLowerInvariant()}")];

    private static readonly string[] Analog =
        [.. Enum.GetNames<AnalogInput>().Select(name => $"analog.{name.ToLowerInvariant()}")];

    private static readonly string[] Driven =
        [.. Enum.GetNames<PinDrive>().Select(name => $"pin.{name.ToLowerInvariant()}")];

    private static readonly string[] Sleeps =
        [.. Enum.GetNames<SleepMode>().Select(name => $"sleep.{name.ToLowerInvariant()}")];

    private static readonly string[] Kept =
        [.. Enum.GetNames<WakeVote>().Select(name => $"sleep.kept.{name.ToLowerInvariant()}")];

    private static readonly string[] I2cResults = ["i2c", "i2c.nack", "i2c.timeout"];

    private static readonly string[] FramesIn = Frames("in");
    private static readonly string[] FramesOut = Frames("out");
    private static readonly string[] ClientMoves =
        [.. Enum.GetValues<ClientMove>().Select(move => $"client.{move.ToString().ToLowerInvariant()}")];

    private static readonly string[] ClientSights =
        [.. Enum.GetValues<ClientSight>().Select(sight => $"client.{sight.ToString().ToLowerInvariant()}")];

    private static readonly string[] MqttPacketsIn = Packets("in");
    private static readonly string[] MqttPacketsOut = Packets("out");

    /// <summary>Bytes towards the module.</summary>
    /// <param name="port">0 to <see cref="LastPort"/>.</param>
    public static string UartIn(int port) => Rx[port];

    /// <summary>Bytes towards the module with frame or parity errors among them.</summary>
    public static string UartInWithErrors(int port) => RxErrors[port];

    /// <summary>The port that a word of <see cref="UartIn"/> names; null: it is no such word.</summary>
    public static int? PortIn(string kind) => Array.IndexOf(Rx, kind) is >= 0 and var port ? port : null;

    /// <summary>Bytes from the module.</summary>
    /// <param name="port">0 to <see cref="LastPort"/>.</param>
    public static string UartOut(int port) => Tx[port];

    /// <summary>The rig holds or releases a pin: "pin.held.low".</summary>
    public static string PinHeld(PinHold hold) => Held[(int)hold];

    /// <summary>The rig changes what an analogue input sees: "analog.adc0".</summary>
    public static string AnalogSet(AnalogInput input) => Analog[(int)input];

    /// <summary>The module drives a pin or makes it an input: "pin.high", "pin.pullup".</summary>
    public static string PinDriven(PinDrive drive) => Driven[(int)drive];

    /// <summary>The module falls asleep or wakes up: "sleep.light", "sleep.awake".</summary>
    public static string SleepChanged(SleepMode mode) => Sleeps[(int)mode];

    /// <summary>The module stays awake although it was to sleep: "sleep.kept.usb".</summary>
    public static string KeptAwake(WakeVote by) => Kept[(int)by];

    /// <summary>A transaction of I2C: "i2c", "i2c.nack".</summary>
    public static string I2c(I2cResult result) => I2cResults[(int)result];

    /// <summary>A message or a control frame of the client.</summary>
    public static string FrameIn(FrameKind frame) => FramesIn[(int)frame];

    /// <summary>A message or a control frame of the service.</summary>
    public static string FrameOut(FrameKind frame) => FramesOut[(int)frame];

    /// <summary>A packet of a client that reached an MQTT broker.</summary>
    public static string MqttIn(MqttPacketType packet) => MqttPacketsIn[(int)packet - 1];

    /// <summary>A packet of an MQTT broker.</summary>
    public static string MqttOut(MqttPacketType packet) => MqttPacketsOut[(int)packet - 1];

    /// <summary>What the rig's client of a listening module does: "client.connect".</summary>
    public static string ClientActed(ClientMove move) => ClientMoves[(int)move];

    /// <summary>What it sees: "client.received".</summary>
    public static string ClientSaw(ClientSight sight) => ClientSights[(int)sight];

    private static string[] Packets(string side) =>
        [.. Enum.GetValues<MqttPacketType>().Select(type => $"mqtt.{type.ToString().ToLowerInvariant()}.{side}")];

    private static string[] Frames(string side) =>
        [.. Enum.GetValues<FrameKind>().Select(frame => $"ws.{frame.ToString().ToLowerInvariant()}.{side}")];

    private static string[] Words(string side) =>
    [
        .. Enumerable.Range(0, LastPort + 1)
            .Select(port => string.Create(CultureInfo.InvariantCulture, $"uart{port}.{side}")),
    ];
}
