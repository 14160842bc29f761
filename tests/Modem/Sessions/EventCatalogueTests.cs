using System.Text;
using System.Text.Json;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;

namespace AirHil.Modem.Tests.Sessions;

public sealed class EventCatalogueTests
{
    private static readonly TimeSpan At = TimeSpan.FromTicks(12_345_678);
    private static readonly Connection Echo = new(7, "echo.test", 443);
    private static readonly byte[] Bytes = "a\"b\r\n"u8.ToArray();
    private static readonly byte[] Code = [3, 232];

    /// <summary>Each case with its word and what people read of it.</summary>
    private static readonly (SessionEvent Event, string Kind, string Text)[] Cases =
    [
        (new ModemNoticed(At, "a queue is full"), "modem.notice", "a queue is full"),
        (new ModemNotModelled(At, "pm.request(pm.LIGHT)", "main.lua:9", 3), "modem.not-modelled",
            "pm.request(pm.LIGHT) at main.lua:9"),
        (new ModemNotModelled(At, "gpio.setup", "", 1), "modem.not-modelled", "gpio.setup"),
        (new ModemNotModelled(At, "lcd.init", "main.lua:9", 1, IsStubbed: true), "modem.not-modelled",
            "lcd.init at main.lua:9 (stub)"),
        (new CommandIgnored(At, "power.cut", "the supply is off already"), "command.ignored",
            "power.cut: the supply is off already"),
        (new FaultBegan(At, new FailDns { Limits = new(Host: "echo.test") }) { Modem = "" }, "fault.begin",
            "fail dns of echo.test"),
        (new FaultEnded(At, new DropCoverage()), "fault.end", "drop coverage"),
        (new FaultEnded(At, new DropCoverage(), Place: 2), "fault.end", "drop coverage"),
        (new ServicePushed(At, "ws://a.test/", true, Bytes), "service.push", "ws://a.test/"),
        (new ServicePushed(At, "", false, Bytes), "service.push.binary", ""),
        (new ServicePinged(At, "", Bytes), "service.ping", ""),
        (new Marked(At, "here"), "mark", "here"),
        (new PowerApplied(At), "power.apply", ""),
        (new PowerCut(At), "power.cut", ""),
        (new ResetPulled(At), "reset.pull", ""),
        (new ModemStarted(At, StartReason.Watchdog, "watchdog"), "power.on", "Watchdog"),
        (new ModemStarted(At, StartReason.Unknown, ""), "power.on", ""),
        (new DiskFilled(At, 8), "disk.filled", "8 KB left"),
        (new DiskWorn(At, 3), "disk.worn", "3 blocks"),
        (new StoredPut(At, false, "/a.txt", false, Bytes), "file.put", "/a.txt"),
        (new StoredPut(At, true, "boot", true, default), "key.put", "boot: none"),
        (new StoredWatched(At, false, "/a.txt"), "file.watched", "/a.txt"),
        (new StoredWatched(At, true, "boot"), "key.watched", "boot"),
        (new StoredSeen(At, false, "/a.txt", true, default), "file.seen", "/a.txt: none"),
        (new StoredSeen(At, true, "boot", false, Bytes), "key.seen", "boot"),
        (new SimChanged(At, null), "sim.out", ""),
        (new SimChanged(At, new SimCard()), "sim.in", ""),
        (new SimChanged(At, new SimCard("460001111111111", "1234")), "sim.in", "460001111111111"),
        (new SimChanged(At, new SimCard(Iccid: "89860412345678901234", Number: "10086")), "sim.in", ""),
        (new ModuleLabelled(At, new(ModuleNumber.UniqueId, "00112233445566778899")), "module.number",
            "unique-id 00112233445566778899"),
        (new StorageWatched(At, StorageWatch.OpenFiles), "files.watched", ""),
        (new StorageWatched(At, StorageWatch.Writes), "writes.watched", ""),
        (new FilesOpen(At, 3), "files.open", "3"),
        (new FlashWritten(At, At), "flash.write", ""),
        (new FlightModeSet(At, true), "flight.set.on", ""),
        (new FlightModeSet(At, false), "flight.set.off", ""),
        (new FlightModeChanged(At, true), "flight.on", ""),
        (new FlightModeChanged(At, false), "flight.off", ""),
        (new PinShared(At, 15, "I2C 0", "gpio"), "pin.shared", "15 by I2C 0 and gpio"),
        (new UsbPlugged(At, true), "usb.in", ""),
        (new UsbPlugged(At, false), "usb.out", ""),
        (new SleepChanged(At, SleepMode.Awake), "sleep.awake", ""),
        (new SleepChanged(At, SleepMode.Light), "sleep.light", ""),
        (new SleepChanged(At, SleepMode.Deep), "sleep.deep", ""),
        (new SleepChanged(At, SleepMode.Hibernate), "sleep.hibernate", ""),
        (new KeptAwake(At, WakeVote.Usb), "sleep.kept.usb", ""),
        (new KeptAwake(At, WakeVote.Uart), "sleep.kept.uart", ""),
        (new KeptAwake(At, WakeVote.Radio), "sleep.kept.radio", ""),
        (new KeptAwake(At, WakeVote.Key), "sleep.kept.key", ""),
        (new ModemStopped(At), "power.off", ""),
        (new ModemGone(At, "unplugged"), "modem.lost", "unplugged"),
        (new LogLine(At, At, "D/mobile NETIF_LINK_ON -> IP_READY")
        {
            Boot = new Moment.Booted("VM exit: x") { Tick = At },
            Moment = new Moment.IpReady { Tick = At },
        }, "log", "D/mobile NETIF_LINK_ON -> IP_READY"),
        (new LogLine(At, At, "E/main Lua VM exit!! reboot in 15000ms")
        {
            Moment = new Moment.VmExit("main.lua:3: no") { Tick = At },
        }, "log", "E/main Lua VM exit!! reboot in 15000ms"),
        (new LogLine(At, At, "I/websocket connect host a.test port 80")
        {
            Moment = new Moment.Connecting("a.test", 80) { Tick = At },
        }, "log", "I/websocket connect host a.test port 80"),
        (new LogLine(At, At, new byte[] { 0xFF, 0x41 }), "log", "\uFFFDA"),
        (new UartIn(At, 1, Bytes), "uart1.rx", ""),
        (new UartIn(At, 32, Bytes, LineErrors: true), "uart32.rx.errors", ""),
        (new UartIn(At, 1, Bytes) { Peer = "slave.lua" }, "uart1.rx", "from slave.lua"),
        (new UartOut(At, 0, Bytes), "uart0.tx", ""),
        (new PinHeld(At, 7, PinHold.Low) { Peer = "slave.lua" }, "pin.held.low", "7 by slave.lua"),
        (new ScriptLogged(At, "slave.lua", "read 1 2"), "script.log", "slave.lua: read 1 2"),
        (new ScriptFailed(At, "slave.lua", "slave.lua:3: no"), "script.failed", "slave.lua:3: no"),
        (new PinHeld(At, 7, PinHold.Released), "pin.held.released", "7"),
        (new PinHeld(At, 7, PinHold.Low), "pin.held.low", "7"),
        (new PinHeld(At, 35, PinHold.High), "pin.held.high", "35"),
        (new PinDriven(At, 27, PinDrive.Input), "pin.input", "27"),
        (new PinDriven(At, 27, PinDrive.PullDown), "pin.pulldown", "27"),
        (new PinDriven(At, 27, PinDrive.PullUp), "pin.pullup", "27"),
        (new PinDriven(At, 27, PinDrive.Low), "pin.low", "27"),
        (new PinDriven(At, 27, PinDrive.High), "pin.high", "27"),
        (new PinDriven(At, 27, PinDrive.Pulses), "pin.pulses", "27"),
        (new PinPulsed(At, 27, 1000, 505, 0), "pin.pwm", "27 1000 Hz 50.5 %"),
        (new PinPulsed(At, 27, 1000, 100, 5), "pin.pwm", "27 1000 Hz 10 %, 5 pulses"),
        (new AnalogSet(At, AnalogInput.Adc0, 1.25), "analog.adc0", "1.25 V"),
        (new AnalogSet(At, AnalogInput.Adc1, 0), "analog.adc1", "0 V"),
        (new AnalogSet(At, AnalogInput.Supply, 3.4), "analog.supply", "3.4 V"),
        (new AnalogSet(At, AnalogInput.Temperature, -10.5), "analog.temperature", "-10.5 °C"),
        (new DeviceTold(At, new DeviceSpot.I2c("0", 0x44), new DeviceOrder.Has(DeviceTable.Parse("10:AB"))), "device",
            "i2c 0 0x44 has 10:AB"),
        (new DisplayShown(At, "oled.lua", 8, 5, Bytes), "display", "oled.lua 8x5"),
        (new DeviceTold(At, new DeviceSpot.Spi("1", 12), new DeviceOrder.Gone()), "device", "spi 1 12 gone"),
        (new I2cTransferred(At, "0", 0x44, true, Bytes, null, I2cResult.Ok, At), "i2c", "0 0x44 out 61 22 62 0D 0A"),
        (new I2cTransferred(At, "5/4", 0x44, true, default, null, I2cResult.Nack, At), "i2c.nack", "5/4 0x44 out"),
        (new I2cTransferred(At, "0", 0x44, false, default, "AB01", I2cResult.Timeout, At), "i2c.timeout",
            "0 0x44 in AB 01"),
        (new SpiTransferred(At, "0", Bytes, "FF00", At), "spi", "0 out 61 22 62 0D 0A in FF 00"),
        (new CoverageChanged(At, true), "coverage.found", ""),
        (new CoverageChanged(At, false), "coverage.lost", ""),
        (new ClientActed(At, ClientMove.Connect, 5000), "client.connect", "port 5000"),
        (new ClientActed(At, ClientMove.Send, 0, Bytes), "client.send", ""),
        (new ClientActed(At, ClientMove.Close, 0), "client.close", ""),
        (new ClientActed(At, ClientMove.Reset, 0), "client.reset", ""),
        (new ClientSaw(At, ClientSight.Connected), "client.connected", ""),
        (new ClientSaw(At, ClientSight.Refused), "client.refused", ""),
        (new ClientSaw(At, ClientSight.Received, Bytes), "client.received", ""),
        (new ClientSaw(At, ClientSight.Closed), "client.closed", ""),
        (new ClientSaw(At, ClientSight.Lost), "client.lost", ""),
        (new SmsGiven(At, "+8613800000000", "hi", null), "sms.given", "+8613800000000: hi"),
        (new SmsGiven(At, "10086", "lo", new MessagePart(17, 2, 3)), "sms.given", "10086: lo (part 2 of 3 ref 17)"),
        (new SmsDelivered(At, "10086", "hi", Bytes), "sms.rx", "10086: hi"),
        (new SmsSubmitted(At, "10086", "hi", Bytes), "sms.tx", "10086: hi"),
        (new SmsRefused(At, "10086", 38, Bytes), "sms.refused", "10086: 38"),
        (new SmsLost(At, "10086", "hi", ToModule: true), "sms.lost", "from 10086: hi"),
        (new SmsLost(At, "10086", "hi", ToModule: false), "sms.lost", "to 10086: hi"),
        (new NetworkNoticed(At, "not in reach") { Modem = "" }, "network.notice", "not in reach"),
        (new DnsAsked(At, "echo.test"), "dns.query", "echo.test"),
        (new DnsAnswered(At, "echo.test", "198.18.0.7"), "dns.answer", "198.18.0.7"),
        (new DnsAnswered(At, "echo.test", null), "dns.nxdomain", ""),
        (new UdpSent(At, Echo, Bytes), "udp.tx", "echo.test"),
        (new UdpReceived(At, Echo, Bytes), "udp.rx", "echo.test"),
        (new TcpOpening(At, Echo, "198.18.0.7"), "tcp.open", "#7 echo.test:443"),
        (new TcpOpening(At, Echo with { Host = "" }, "10.0.0.1"), "tcp.open", "10.0.0.1 #7 nowhere:443"),
        (new TcpOpened(At, Echo), "tcp.opened", "#7 echo.test:443"),
        (new TcpRefused(At, Echo), "tcp.refused", "#7 echo.test:443"),
        (new TcpSent(At, Echo, Bytes), "tcp.tx", "#7 echo.test:443"),
        (new TcpSent(At, Echo, new byte[] { 0x81, 0x82, 1, 2, 3, 4, 5, 6 }), "tcp.tx", "#7 echo.test:443"),
        (new TcpReceived(At, Echo, Bytes), "tcp.rx", "#7 echo.test:443"),
        (new TcpClosed(At, Echo, Reset: false), "tcp.close", "#7 echo.test:443"),
        (new TcpClosed(At, Echo, Reset: true), "tcp.abort", "#7 echo.test:443"),
        (new TcpEnded(At, Echo, Reset: false), "tcp.closed.fin", "#7 echo.test:443"),
        (new TcpEnded(At, Echo, Reset: true), "tcp.closed.rst", "#7 echo.test:443"),
        (new TcpReset(At, Echo), "tcp.reset", "#7 echo.test:443"),
        (new TcpTimedOut(At, Echo, AtService: false), "tcp.timeout", "#7 echo.test:443"),
        (new TcpTimedOut(At, Echo, AtService: true), "tcp.timeout.service", "#7 echo.test:443"),
        (new TcpAbandoned(At, Echo), "tcp.abandoned", "#7 echo.test:443"),
        (new TcpLimited(At, Echo), "tcp.limit", "#7 echo.test:443"),
        (new TcpQueueFull(At, Echo), "tcp.queue.full", "#7 echo.test:443"),
        (new TlsStarted(At, Echo), "tls.start", "#7 echo.test:443"),
        (new TlsOpened(At, Echo), "tls.opened", "#7 echo.test:443"),
        (new TlsFailed(At, Echo, "handshake failure"), "tls.failed", "handshake failure"),
        (new TlsHung(At, Echo), "tls.hang", "#7 echo.test:443"),
        (new TlsViolated(At, Echo), "tls.violation", "#7 echo.test:443"),
        (new PushReachedNobody(At, "hello"), "ws.push.nobody", "hello"),
        (new ServiceAccepted(At, Echo, true, "echo.test"), "service.accept", "echo.test:443 tls echo.test"),
        (new ServiceAccepted(At, Echo, false, ""), "service.accept", "echo.test:443"),
        (new ServiceLimited(At, Echo, "too many"), "service.limit", "too many"),
        (new ServiceFinished(At, Echo), "service.fin", ""),
        (new ServiceForgot(At, Echo), "service.forget", ""),
        (new ClientGone(At, Echo, ClientOf.Raw, Reset: false), "tcp.gone", "fin"),
        (new ClientGone(At, Echo, ClientOf.WebSocket, Reset: true), "ws.gone", "reset"),
        (new ClientGone(At, Echo, ClientOf.Other, Reset: false), "service.gone", "fin"),
        (new DatagramIn(At, Echo, Bytes), "udp.in", "echo.test"),
        (new DatagramOut(At, Echo, Bytes), "udp.out", ""),
        (new RawIn(At, Echo, Bytes), "tcp.in", ""),
        (new RawOut(At, Echo, true, Bytes), "tcp.out", "a\"b\r\n"),
        (new RawOut(At, Echo, false, Bytes), "tcp.out", ""),
        (new UpgradeAsked(At, Echo, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()), "ws.upgrade", "GET / HTTP/1.1"),
        (new UpgradeAccepted(At, Echo, "ws://echo.test/"), "ws.open", "ws://echo.test/"),
        (new UpgradeRefused(At, Echo, 503), "ws.refused", "503"),
        (new UpgradeLimited(At, Echo, "too long"), "ws.limit", "too long"),
        (new FrameIn(At, Echo, FrameKind.Text, Bytes), "ws.text.in", "a\"b\r\n"),
        (new FrameIn(At, Echo, FrameKind.Binary, Bytes), "ws.binary.in", ""),
        (new FrameIn(At, Echo, FrameKind.Close, Code), "ws.close.in", "1000"),
        (new FrameIn(At, Echo, FrameKind.Close, default), "ws.close.in", "1005"),
        (new FrameIn(At, Echo, FrameKind.Ping, Bytes), "ws.ping.in", ""),
        (new FrameIn(At, Echo, FrameKind.Pong, Bytes), "ws.pong.in", ""),
        (new FrameOut(At, Echo, FrameKind.Text, Bytes), "ws.text.out", "a\"b\r\n"),
        (new FrameOut(At, Echo, FrameKind.Binary, Bytes), "ws.binary.out", ""),
        (new FrameOut(At, Echo, FrameKind.Close, default), "ws.close.out", ""),
        (new FrameOut(At, Echo, FrameKind.Ping, Bytes), "ws.ping.out", ""),
        (new FrameOut(At, Echo, FrameKind.Pong, Bytes), "ws.pong.out", ""),
        (new HalfFrameOut(At, Echo, "..half"u8.ToArray()), "ws.half.out", "half"),
        (new Withheld(At, Echo, "pong", Bytes), "ws.withheld", "pong"),
        (new FrameViolated(At, Echo, "a reserved bit"), "ws.violation", "a reserved bit"),
        (new ServiceReset(At, Echo), "service.rst", ""),
        (new ServiceWithheld(At, Echo, "PUBACK #1"), "service.withheld", "PUBACK #1"),
        (new ServiceOverfull(At, "retained messages"), "service.overfull", "retained messages"),
        (new HttpRequested(At, Echo, "POST /up HTTP/1.1\r\nHost: a", Bytes), "http.request", "POST /up HTTP/1.1"),
        (new HttpAnswered(At, Echo, "HTTP/1.1 200 OK", Bytes), "http.answer", "HTTP/1.1 200 OK"),
        (new HttpCut(At, Echo, 100), "http.cut", "after 100 bytes of the body"),
        (new HttpViolated(At, Echo, "no Host header"), "http.violation", "no Host header"),
        (new FtpCommanded(At, Echo, "stor a b"), "ftp.command", "stor a b"),
        (new FtpReplied(At, Echo, "226 done"), "ftp.reply", "226 done"),
        (new FtpStored(At, Echo, "/a b", Bytes), "ftp.stored", "/a b"),
        (new FtpSent(At, Echo, "/a", Bytes), "ftp.sent", "/a"),
        .. Enum.GetValues<MqttPacketType>().SelectMany<MqttPacketType, (SessionEvent, string, string)>(type =>
        [
            (new MqttIn(At, Echo, type, new MqttFields()), $"mqtt.{Name(type)}.in",
                new MqttFields().Describe(type)),
            (new MqttOut(At, Echo, type, new MqttFields()), $"mqtt.{Name(type)}.out",
                new MqttFields().Describe(type)),
        ]),
        (new MqttIn(At, Echo, MqttPacketType.Connect, new MqttFields("me", Code: 60, Flag: true)), "mqtt.connect.in",
            "CONNECT \"me\" keep-alive 60 s clean"),
        (new MqttOut(At, Echo, MqttPacketType.Connack, new MqttFields(Code: 5)), "mqtt.connack.out", "CONNACK code 5"),
        (new MqttIn(At, Echo, MqttPacketType.Publish, new MqttFields("a/b", 1, 7, 0, true, true), Bytes),
            "mqtt.publish.in", "PUBLISH #7 a/b QoS 1 retained again"),
        (new MqttIn(At, Echo, MqttPacketType.Subscribe, new MqttFields("a/# 1", Id: 8)), "mqtt.subscribe.in",
            "SUBSCRIBE #8 a/# 1"),
        (new MqttDropped(At, Echo, "its keep-alive is over"), "mqtt.dropped", "its keep-alive is over"),
        (new MqttMessage(At, "a/b", Bytes), "mqtt.message", "a/b"),
        (new VitalsSampled(At, new ModemReport.Vitals(
                1, 2, 3, 4, 5, 6, 0.25, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(9))), "vitals",
            "heap=1 peak=2 limit=3 sys=4 syspeak=5 systotal=6 cpu=0.25 wdt=1.5 wdtfull=9"),
    ];

    private static string Name(MqttPacketType type) => type.ToString().ToLowerInvariant();

    public static TheoryData<int> EveryCase => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void An_event_has_its_word_and_its_text(int index)
    {
        var (e, kind, text) = Cases[index];
        e.Kind.ShouldBe(kind);
        e.Text.ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void An_event_comes_back_from_its_line(int index)
    {
        foreach (var e in (SessionEvent[])[Cases[index].Event, Cases[index].Event with { Modem = "left \"2\"" }])
        {
            var json = JsonSerializer.Serialize(e);
            var back = JsonSerializer.Deserialize<SessionEvent>(json).ShouldNotBeNull(json);
            (back with { Bytes = default }).ShouldBe(e with { Bytes = default }, json);
            back.Bytes.ToArray().ShouldBe(e.Bytes.ToArray(), json);
        }
    }

    [Fact]
    public void Every_record_and_every_word_is_a_case_here()
    {
        var records = typeof(SessionEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SessionEvent)) && !type.IsAbstract);
        Cases.Select(c => c.Event.GetType()).Distinct().ShouldBe(records, ignoreOrder: true);
        var words = EventCatalogue.Words.Where(word => !word.StartsWith("uart", StringComparison.Ordinal));
        Cases.Select(c => c.Kind).Where(word => !word.StartsWith("uart", StringComparison.Ordinal)).Distinct()
            .ShouldBe(words, ignoreOrder: true);
    }

    [Fact]
    public void What_is_of_network_and_service_names_its_connection()
    {
        var without = Cases.Select(c => c.Event).Where(e => e.Lane is SessionLane.Network or SessionLane.Service)
            .Where(e => e is not IConnected).Select(e => e.GetType()).Distinct();
        without.ShouldBe(
        [
            typeof(CoverageChanged), typeof(ClientActed), typeof(ClientSaw),
            typeof(SmsGiven), typeof(SmsDelivered), typeof(SmsSubmitted), typeof(SmsRefused),
            typeof(SmsLost), typeof(NetworkNoticed), typeof(DnsAsked), typeof(DnsAnswered),
            typeof(PushReachedNobody), typeof(ServiceOverfull), typeof(MqttMessage),
        ]);
    }

    [Theory]
    [InlineData("""{"t":1}""", "names no lane")]
    [InlineData("""{"t":1,"net":"tcp.txx"}""", "'tcp.txx' is not known")]
    [InlineData("""{"t":1,"net":"tcp.tx"}""", "has no connection")]
    [InlineData("""{"net":"coverage.lost"}""", "no time")]
    [InlineData("""{"t":1,"service":"coverage.lost"}""", "lane \"net\"")]
    [InlineData("""{"t":1,"log":"log","line":"x"}""", "no \"tick\"")]
    [InlineData("""{"t":1,"rig":"fault.begin","fault":"fall over"}""", "'fall over' is not a fault")]
    public void What_is_no_event_is_refused(string json, string problem) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<SessionEvent>(json)).Message
            .ShouldContain(problem);

    [Fact]
    public void Any_text_and_any_bytes_come_back()
    {
        string[] texts = ["", "quo\"te \\ back", "tab\tline\r\n\0\u0001\u007f", "ünï 中文 😀", "\ufffd", "lone \ud800"];
        byte[][] raw = [[], "plain"u8.ToArray(), [0, 255, 128], "é\r\n"u8.ToArray(), new byte[3000]];
        foreach (var text in texts)
        {
            Back(new Marked(At, text)).ShouldBeOfType<Marked>().Name.ShouldBe(text);
            var line = new LogLine(At, At, Encoding.UTF8.GetBytes(text));
            Back(line).Bytes.ToArray().ShouldBe(line.Bytes.ToArray());
        }

        foreach (var bytes in raw)
        {
            Back(new UartOut(At, 1, bytes)).Bytes.ToArray().ShouldBe(bytes);
            Back(new LogLine(At, At, bytes)).Bytes.ToArray().ShouldBe(bytes);
        }
    }

    [Fact]
    public void A_copied_connection_is_named_and_written_by_its_own_values()
    {
        var first = new Connection(7, "example.test", 443);
        first.Label.ShouldBe("#7 example.test:443");
        var opened = new TcpOpened(At, first);
        Back(opened).ShouldBe(opened);
        var moved = opened with { Connection = first with { Host = "other.test" } };
        moved.Connection.Label.ShouldBe("#7 other.test:443");
        Back(moved).ShouldBe(moved);
        moved.Connection.ShouldNotBe(first);
        (moved.Connection with { Host = "example.test" }).ShouldBe(first);
    }

    private static SessionEvent Back(SessionEvent e)
    {
        var line = new LineBuffer(64);
        new EventLines().Write(line, e);
        var members = new EventMembers();
        members.Parse(line.Written[..^1]);
        return EventCatalogue.Read(members);
    }
}
