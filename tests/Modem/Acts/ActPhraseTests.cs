using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.ShortMessages;
using CsCheck;

namespace AirHil.Modem.Tests.Acts;

public sealed class ActPhraseTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 12], Gen.String[0, 12].Select(text => System.Text.Encoding.UTF8.GetBytes(text)),
        OneOf<byte[]>("it's"u8.ToArray(), "a' to b"u8.ToArray(), "\\x41 \"q\""u8.ToArray(), "中 '\r\n"u8.ToArray()));

    private static readonly Gen<TimeSpan> Duration =
        Gen.Int[0, 100_000_000].Select(us => TimeSpan.FromMicroseconds(us));

    private static readonly Gen<UartStimulus> Stimulus = Gen.Select(Bytes, Gen.Bool).Select(UartOf)
        .Array[1, 4].Select(Duration.Array[4], (parts, pauses) => parts.Skip(1).Index()
            .Aggregate(parts[0], (all, next) => all.Then(pauses[next.Index], next.Item)));

    private static readonly Gen<string?> Url = OneOf<string?>(null, "wss://echo.test/a?b=1");

    private static readonly Gen<Act> AnyAct = Gen.Select(Gen.OneOf<Act>(
        OneOf<Act>(
            new SwitchOn(), new SwitchOff(), new SwitchOff(Pause), new PullReset(),
            Repeat.Uart(1, "R,{n},it's 'x' every 2\r\n", Pause), Repeat.Uart(32, "", Pause),
            new Repeat(new SendSms("+8613800000000", "it's {n} every 2"), Pause),
            new Repeat(new PushMessage("mqtt://a.example/a%20b?qos=1", false, "{n}"u8.ToArray()), Pause),
            new Repeat(new PushMessage(null, true, "to {n}"u8.ToArray()), Pause),
            new AnswerUart(2, "AT+\"q\" gets 'x'", "OK\r\n")),
        Gen.Select(Gen.Int[0, 63], Stimulus, (port, stimulus) => (Act)new WriteUart(port, stimulus)),
        Gen.Select(OneOf(Faults()), Duration, Gen.Bool, (fault, time, lasts) =>
            (Act)new BeginFault(fault, lasts && !fault.IsMoment ? time : null)),
        OneOf(Faults()).Select(fault => (Act)new EndFault(fault)),
        Gen.Select(Url, Gen.Bool, Bytes, (url, isText, bytes) => (Act)new PushMessage(url, isText, bytes)),
        Gen.Select(Url, Bytes, (url, bytes) => (Act)new PingClients(url, bytes)),
        Bytes.Select(bytes => (Act)new SendFromClient(bytes)),
        OneOf<Act>(new ConnectClient(5000), new CloseClient(false), new CloseClient(true)),
        OneOf("here", "it's \"here\"", "").Select(name => (Act)new SetMark(name))),
        OneOf<string?>(null, null, "1", "left 'b'"), (act, modem) => act with { Modem = modem });

    [Fact]
    public void Every_act_reads_back_from_its_phrase() => AnyAct.Sample(act =>
    {
        var phrase = act.ToString();
        ActPhrase.Parse(phrase).ShouldBe(act, phrase);
        phrase.ShouldNotContain('\n');
    });

    [Fact]
    public void A_time_stands_before_an_act_that_is_scheduled_and_its_event() =>
        Gen.Select(Duration, AnyAct, OneOf<Anchor?>(null, new Anchor("ws.text.in", Pause)),
            (at, act, behind) => new ScheduledAct(at, act, behind))
            .Sample(act => ScheduledAct.Parse(act.ToString()).ShouldBe(act));

    public static TheoryData<string, Act> Phrases => new()
    {
        { "uart '\"echo\"\\r\\n'", new WriteUart(1, UartStimulus.Of("\"echo\"\r\n")) },
        { "pin 27 high", new HoldPin(27, PinHold.High) },
        { "pin 7 low for 10ms", new HoldPin(7, PinHold.Low, TimeSpan.FromMilliseconds(10)) },
        { "analog adc0 1.25", new SetAnalog(AnalogInput.Adc0, 1.25) },
        { "supply 2.5 for 200ms", new SinkSupply(2.5, TimeSpan.FromMilliseconds(200)) },
        { "analog temperature -10.5", new SetAnalog(AnalogInput.Temperature, -10.5) },
        {
            "device i2c 0 0x44 has 10:AB",
            new TellDevice(new DeviceSpot.I2c("0", 0x44), new DeviceOrder.Has(DeviceTable.Parse("10:AB")))
        },
        { "device spi 0 8 gone", new TellDevice(new DeviceSpot.Spi("0", 8), new DeviceOrder.Gone()) },
        { "pin 35 released", new HoldPin(35, PinHold.Released) },
        { "uart 32 'it's'", new WriteUart(32, UartStimulus.Of("it's")) },
        {
            "uart \"a\" pause 40ms errors 'b'",
            new WriteUart(1, UartStimulus.Of("a").Then(Pause, UartStimulus.Of("b", true)))
        },
        { "noise 3", new WriteUart(1, UartStimulus.Noise(3, SplitMix64.For(0, "noise 3"))) },
        { "push 'hi' to ws://a.test/", new PushMessage("ws://a.test/", true, "hi"u8.ToArray()) },
        { "push binary '\\x00'", new PushMessage(null, false, new byte[] { 0 }) },
        { "ping ''", new PingClients(null, default) },
        { "reset", new PullReset() },
        { " power off ", new SwitchOff() },
        { "modem '2' power on", new SwitchOn { Modem = "2" } },
        { "sms '+8613800000000' 'hi'", new SendSms("+8613800000000", "hi") },
        { "sms '10086' 'lo' part 2 of 3 ref 17", new SendSms("10086", "lo", new MessagePart(17, 2, 3)) },
        { "disk left 8", new FillDisk(8) },
        { "disk worn 3", new WearDisk(3) },
        { "file '/a.txt' holds 'x\\n'", new PutStored(false, "/a.txt", "x\n"u8.ToArray()) },
        { "file '/a.txt' removed", new PutStored(false, "/a.txt", null) },
        { "file '/a.txt' watched", new WatchStored(false, "/a.txt") },
        { "key 'boot' holds '3'", new PutStored(true, "boot", "3"u8.ToArray()) },
        { "key 'boot' removed", new PutStored(true, "boot", null) },
        { "key 'boot' watched", new WatchStored(true, "boot") },
        { "files watched", new WatchStorage(StorageWatch.OpenFiles) },
        { "writes watched", new WatchStorage(StorageWatch.Writes) },
        { "power off at write", new CutAtWrite() },
        { "power off at write for 2s", new CutAtWrite(TimeSpan.FromSeconds(2)) },
        { "flight mode on", new SetFlightMode(true) },
        { "flight mode off", new SetFlightMode(false) },
        { "sim out", new ChangeSim(null) },
        { "sim in", new ChangeSim(new SimCard()) },
        { "sim in imsi 460001111111111 pin 1234", new ChangeSim(new SimCard("460001111111111", "1234")) },
        {
            "sim in iccid 89860412345678901234 number +8613800000000",
            new ChangeSim(new SimCard(Iccid: "89860412345678901234", Number: "+8613800000000"))
        },
        { "module imei 867713070000005", new LabelModule(new(ModuleNumber.Imei, "867713070000005")) },
        { "module serial A-17", new LabelModule(new(ModuleNumber.SerialNumber, "A-17")) },
        { "module muid 00AB", new LabelModule(new(ModuleNumber.Muid, "00AB")) },
        {
            "module unique-id 00112233445566778899",
            new LabelModule(new(ModuleNumber.UniqueId, "00112233445566778899"))
        },
        { "usb out", new PlugUsb(false) },
        { "usb in", new PlugUsb(true) },
        { "mark 'a b'", new SetMark("a b") },
        { "end drop coverage", new EndFault(new DropCoverage()) },
        { "drop coverage for 30s", new BeginFault(new DropCoverage(), TimeSpan.FromSeconds(30)) },
    };

    [Theory]
    [MemberData(nameof(Phrases))]
    public void A_phrase_is_read(string phrase, Act act) => ActPhrase.Parse(phrase).ShouldBe(act);

    [Theory]
    [InlineData("explode", "is nothing that a rig can do; expected a phrase that begins with uart, pin, analog")]
    [InlineData("uart hello", "a text in quotes is expected here, got: hello")]
    [InlineData("uart 64 'x'", "'64' is not a port from 0 to 63")]
    [InlineData("pin 36 high", "'36' is no pin of the module; pins are 0 to 35, WAKEUP0, VBUS, USIM_DET, PWRKEY")]
    [InlineData("analog adc2 1", "adc0, adc1, supply or temperature is expected here, got: adc2 1")]
    [InlineData("supply 2.5", "'VOLTS for DURATION' is expected here, with 0 to 5 V, got: 2.5")]
    [InlineData("supply 6 for 1s", "'VOLTS for DURATION' is expected here, with 0 to 5 V, got: 6 for 1s")]
    [InlineData("analog supply 1e9", "'1e9' is no value of supply; it is a number from -60 to 150")]
    [InlineData("disk full", "'left KILOBYTES' or 'worn BLOCKS' is expected here, got: full")]
    [InlineData("file '/a' grows", "holds 'TEXT', removed or watched is expected here, got: grows")]
    [InlineData("key 'a' holds 'x'", "a key's value is written as JSON: 3, true, \"text\"")]
    [InlineData("key 'a' holds '\"\\\\ud800\"'", "a key's value is written as JSON: 3, true, \"text\"")]
    [InlineData("key 'a' holds 'null'", "a key cannot hold null")]
    [InlineData("sim away", "in or out is expected here, got: away")]
    [InlineData("sim in imsi 46", "'46' is no IMSI; write 15 digits")]
    [InlineData("sim in iccid 46", "'46' is no ICCID; write 19 or 20 digits")]
    [InlineData("sim in number x", "'x' is no telephone number")]
    [InlineData("module imei 86771307000000", "'86771307000000' is no IMEI; write 15 digits")]
    [InlineData("module imei 867713070000001",
        "its last digit is a check digit, and must be 5 behind 86771307000000")]
    [InlineData("module serial a/b", "'a/b': 1 to 32 letters, digits, '-', '_' or '.' are expected")]
    [InlineData("module unique-id 00", "'00' is no unique id; write 20 hexadecimal digits")]
    [InlineData("module name x", "one of imei, serial, muid, unique-id is expected here, got: name")]
    [InlineData("sim in pin 12", "'12' is no PIN")]
    [InlineData("signal -200 0 0", "'-200' is not an RSRP; expected -156 to -30")]
    [InlineData("sms 'me' 'hi'", "'me' is no telephone number")]
    [InlineData("sms '10086' 'hi' part 2", "'part NUMBER of COUNT ref NUMBER' is expected here, got: part 2")]
    [InlineData("client waits", "'connects to PORT', 'sends', 'closes' or 'resets' is expected here, got: waits")]
    [InlineData("client connects to 0", "'0' is not a port")]
    [InlineData("device i2c 0 0x44 sleeps", "'sleeps' is nothing that a device does")]
    [InlineData("device i2c 0", "'i2c BUS ADDRESS' or 'spi BUS PIN' is expected here")]
    [InlineData("pin 7 up", "low, high or released is expected here, got: up")]
    [InlineData("pin 7 low 10ms", "nothing or 'for DURATION' is expected here, got: 10ms")]
    [InlineData("uart 'x", "does not end: 'x")]
    [InlineData("uart 'x' 'y'", "'pause DURATION' is expected here")]
    [InlineData("uart 'x' pause 40 'y'", "has no unit")]
    [InlineData("noise many", "'many' is not a number of bytes")]
    [InlineData("push 'x' at ws://a.test/", "'to URL' is expected")]
    public void A_mistake_is_told_with_what_was_expected(string phrase, string message) =>
        Should.Throw<FormatException>(() => ActPhrase.Parse(phrase)).Message.ShouldContain(message);

    [Theory]
    [InlineData("power off", Capability.Power)]
    [InlineData("uart 1 errors 'x'", Capability.LineErrors)]
    [InlineData("pin PWRKEY low for 2s", Capability.Pins)]
    [InlineData("sms '10086' 'hi'", Capability.Sms)]
    [InlineData("client connects to 5000", Capability.Clients)]
    [InlineData("client sends 'x'", Capability.Clients)]
    [InlineData("client resets", Capability.Clients)]
    [InlineData("lose sms", Capability.Sms)]
    [InlineData("disk worn 1", Capability.Disk)]
    [InlineData("key 'a' removed", Capability.Disk)]
    [InlineData("file 'a' watched", Capability.Disk)]
    [InlineData("sim out", Capability.Sim)]
    [InlineData("module muid 1", Capability.Identity)]
    [InlineData("roam", Capability.Cell)]
    [InlineData("fade -80 -8 20 to -125 -18 -8 over 30s", Capability.Cell)]
    [InlineData("usb out", Capability.Sleep)]
    [InlineData("device i2c 0 0x44 silent", Capability.Buses)]
    [InlineData("push 'x'", Capability.Service)]
    [InlineData("drop coverage", Capability.Radio)]
    [InlineData("uart 'x'", null)]
    [InlineData("reset", null)]
    public void An_act_names_what_it_needs(string phrase, string? need) => ActPhrase.Parse(phrase).Needs.ShouldBe(need);

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static UartStimulus UartOf((byte[] Bytes, bool WithErrors) packet) =>
        UartStimulus.Of(packet.Bytes, packet.WithErrors);

    private static Fault[] Faults() =>
    [
        new DropCoverage(), new ResetConnections(), new FailDns { Limits = new(Host: "echo.test") }, new FailDns(true),
        new FailTls(true),
        new SlowLink(TimeSpan.FromSeconds(2), 1000),
        new RefuseConnections { Limits = new(Host: "echo.test") }, new SilentHost(),
        new RefuseUpgrade(503), new StallUpgrade(), new GlueFrameTo101("hello there"), new CloseWithFrame(1001),
        new CloseWithoutFrame(), new ForgetConnections(), new FallSilent(), new Fragment(), new OversizeFrame(5000),
        new HalfFrame(), new BlackHole(),
    ];
}
