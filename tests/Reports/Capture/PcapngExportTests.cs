using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service.Machine;

namespace AirHil.Reports.Tests.Capture;

public sealed class PcapngExportTests
{
    private const string Broken =
        "_ws.malformed || tcp.analysis.retransmission || tcp.analysis.lost_segment || tcp.analysis.out_of_order || " +
        "tcp.analysis.ack_lost_segment || tcp.checksum.status == 0 || ip.checksum.status == 0 || " +
        "udp.checksum.status == 0";

    [Fact]
    public async Task Wireshark_finds_the_WebSocket_messages_with_their_times_and_texts()
    {
        var events = await EchoRun.Events();
        var sent = events.Where(e => e.Kind == "ws.text.in").Select(e => e.Text).ToArray();

        var frames = await Tshark.Read(events, null, "websocket && websocket.mask == True",
            "ip.src", "websocket.opcode", "websocket.payload.text");

        frames.ShouldNotBeEmpty();
        frames.ShouldAllBe(f => f[0] == "10.0.0.1" && f[1] == "1");
        frames.Select(f => f[2]).ShouldBe(sent);
    }

    [Fact]
    public async Task Handshakes_upgrades_and_names_are_whole_and_nothing_is_out_of_order()
    {
        var session = (await DemoRun.Scenario("A name that nobody answers")).Session!;

        var broken = await Tshark.Read(session.Events, session.StartDate, Broken, "frame.number", "_ws.col.Info");
        var kinds = await Tshark.Read(session.Events, session.StartDate,
            "tcp.flags.syn == 1 || http || dns", "_ws.col.Protocol", "_ws.col.Info");

        broken.ShouldBeEmpty();
        kinds.Count(k => k[1].Contains("[SYN]")).ShouldBe(2);
        kinds.Count(k => k[1].Contains("[SYN, ACK]")).ShouldBe(2);
        kinds.Count(k => k[0] == "HTTP" && k[1].Contains("101 Switching Protocols")).ShouldBe(2);
        kinds.ShouldContain(k => k[1].Contains("No such name A echo.airtun.air32.cn"));
        kinds.ShouldContain(k => k[1].StartsWith("Standard query response") && k[1].Contains(" A 198.18."));
    }

    [Fact]
    public async Task Serial_bytes_come_with_their_port_and_direction()
    {
        var session = (await DemoRun.Scenario("Readings go out byte for byte")).Session!;

        var bytes = await Tshark.Read(session.Events, session.StartDate, "frame.interface_name == \"uart\"",
            "_ws.col.Protocol", "frame.packet_flags_direction", "text");

        bytes.ShouldAllBe(b => b[0] == "UART1");
        bytes.ShouldContain(b => b[1] == "0x00000001" && b[2].Contains("T=21.5;RH=40"));
        bytes.ShouldContain(b => b[1] == "0x00000002" && b[2].Contains("04=HR;5.12=T"));
    }

    [Fact]
    public async Task Faults_are_comments_and_the_log_stands_beside()
    {
        var session = (await DemoRun.Scenario("The link comes back")).Session!;

        var comments = await Tshark.Read(session.Events, session.StartDate,
            "frame.interface_name == \"rig\" && frame.comment", "frame.comment", "frame.time_epoch");
        var log = await Tshark.Read(session.Events, session.StartDate, "frame.interface_name == \"log\"",
            "_ws.col.Info");

        comments.Select(c => c[0]).ShouldBe(["Fault begins: drop coverage", "Fault ends: drop coverage"]);
        var begun = session.Events.First(e => e.Kind == "fault.begin").At;
        var expected = (session.StartDate!.Value + begun - DateTimeOffset.UnixEpoch).TotalSeconds;
        double.Parse(comments[0][1], CultureInfo.InvariantCulture).ShouldBe(expected, 1e-6);
        log.Length.ShouldBe(session.Events.Count(e => e.Lane == SessionLane.Log));
        log.ShouldContain(l => l[0].Contains("I/user.WebSocket connect succeed!"));
    }

    [Fact]
    public async Task A_board_whose_air_nobody_saw_is_shown_by_what_the_service_saw()
    {
        var session = (await DemoRun.Scenario("The connection is reset")).Session!;
        var service = session.Events.Where(e => e.Lane is SessionLane.Service or SessionLane.Log).ToArray();
        var messages = service.Where(e => e.Kind is "ws.text.in" or "ws.text.out").Select(e => e.Bytes.Length);

        var frames = await Tshark.Read(service, null, "websocket", "websocket.payload_length", "websocket.opcode");
        var broken = await Tshark.Read(service, null, Broken, "frame.number", "_ws.col.Info");

        frames.Where(f => f[1] == "1").Select(f => f[0].Length > 0).ShouldAllBe(has => has);
        frames.Count(f => f[1] == "1").ShouldBe(messages.Count());
        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_messages_are_cut_into_segments_and_put_together_again()
    {
        var long1 = Encoding.ASCII.GetBytes("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
        var body = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + new string('x', 200_000));
        var link = new Connection(1, "h.example", 80);
        SessionEvent[] events =
        [
            new TcpOpening(S(1), link, ""), new TcpOpened(S(2), link), new TcpSent(S(3), link, long1),
            new TcpReceived(S(4), link, body), new TcpEnded(S(5), link, Reset: false),
            new TcpClosed(S(6), link, Reset: false),
        ];

        var answers = await Tshark.Read(events, null, "http.response", "http.content_length", "tcp.segment.count");
        var broken = await Tshark.Read(events, null, Broken + " || tcp.analysis.window_full", "_ws.col.Info");

        answers.ShouldHaveSingleItem()[0].ShouldBe("200000");
        int.Parse(answers[0][1], CultureInfo.InvariantCulture).ShouldBeGreaterThan(100);
        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Packets_of_MQTT_and_messages_of_HTTP_are_found()
    {
        await using var bench = new Bench(new BenchOptions
        {
            Services =
            [
                EndpointText.Parse("mqtt://broker.test=broker"), EndpointText.Parse("http://web.test/hello=200 fine"),
            ],
        });
        bench.Firmware(FirmwareSource.FromText(
            """
            sys = require("sys")
            require("sysplus")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = mqtt.create(nil, "broker.test", 1883)
                c:auth("module")
                c:on(function(client, event)
                    if event == "conack" then client:subscribe("t", 1) client:publish("t", "hi", 1) end
                end)
                c:connect()
                http.request("GET", "http://web.test/hello").wait()
                sys.wait(5000)
                c:disconnect()
            end)
            sys.run()
            """));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(20));

        var packets = await Tshark.Read(bench.Events, null, "mqtt", "mqtt.msgtype");
        var messages = await Tshark.Read(bench.Events, null, "http", "http.request.uri", "http.response.code");
        var broken = await Tshark.Read(bench.Events, null, Broken, "_ws.col.Info");

        var types = packets.SelectMany(packet => packet[0].Split(',')).Distinct().Order().ToArray();
        types.ShouldBe(["1", "14", "2", "3", "4", "8", "9"]);
        messages.Select(message => string.Join('|', message)).ShouldBe(["/hello|", "|200"]);
        broken.ShouldBeEmpty();
    }

    private static TimeSpan S(int seconds) => TimeSpan.FromSeconds(seconds);
}
