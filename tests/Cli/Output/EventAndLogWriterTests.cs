using System.Text;
using AirHil.Cli.Output;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Cli.Tests.Output;

/// <summary>How events and log lines look on a terminal.</summary>
public sealed class EventAndLogWriterTests
{
    private static readonly TimeSpan At = TimeSpan.FromSeconds(1.5);

    [Fact]
    public void An_event_shows_its_time_kind_and_bytes()
    {
        Shown(new UartIn(At, 1, "a\r\n\t\\\0\xFF"u8.ToArray())).ShouldBe(
            "     1.500000 uart1.rx          a\\r\\n\\t\\\\\\x00\\xC3\\xBF");
        Shown(new UartOut(At, 1, new byte[200])).ShouldEndWith("\\x00… (200 bytes)");
        Shown(new LogLine(At, At, "not asked for")).ShouldBe("");
    }

    [Fact]
    public void A_log_line_with_any_tick_is_shown()
    {
        using var output = new MemoryStream();
        using (var log = new LogWriter(output))
        {
            log.Write(new Sighting(0, new LogLine(At, TimeSpan.MaxValue, "late")));
            log.Write(new Sighting(1, new LogLine(At, TimeSpan.Zero, "early")));
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("[922337203685.477] late\n[000000000.000] early\n");
    }

    [Fact]
    public void On_the_air_the_packets_of_MQTT_and_the_lines_of_HTTP_and_FTP_are_named()
    {
        var (broker, web) = (new Connection(1, "b.test", 1883), new Connection(2, "w.test", 80));
        string Net(params SessionEvent[] events)
        {
            using var text = new StringWriter();
            var writer = new EventWriter(text, new HashSet<SessionLane> { SessionLane.Network });
            foreach (var e in events) writer.Write(new Sighting(0, e));
            return text.ToString().TrimEnd().Split('\n')[^1].TrimEnd();
        }

        var connect = new TcpSent(At, broker, Convert.FromHexString("100C00044D5154540402003C0000"));
        Net(connect).ShouldEndWith("#1 b.test:1883  CONNECT");
        Net(connect, new TcpReceived(At, broker, Convert.FromHexString("20020000")))
            .ShouldEndWith("#1 b.test:1883  CONNACK");
        Net(connect, new TcpSent(At, broker, Convert.FromHexString("3005000161" + "6869" + "C000")))
            .ShouldEndWith("  PUBLISH a, PINGREQ");
        Net(new TcpSent(At, broker, Convert.FromHexString("C000"))).ShouldEndWith("#1 b.test:1883");
        Net(new TcpSent(At, web, "GET /a?b HTTP/1.1\r\nHost: w\r\n\r\n"u8.ToArray()))
            .ShouldEndWith("#2 w.test:80  GET /a?b HTTP/1.1");
        Net(new TcpReceived(At, web, "HTTP/1.1 404 Not Found\r\n"u8.ToArray()))
            .ShouldEndWith("#2 w.test:80  HTTP/1.1 404 Not Found");
        var files = new Connection(3, "f.test", 2121);
        var greeting = new TcpReceived(At, files, "220 ready\r\n"u8.ToArray());
        Net(greeting).ShouldEndWith("#3 f.test:2121  220 ready");
        Net(greeting, new TcpSent(At, files, "RETR /a.txt\r\n"u8.ToArray())).ShouldEndWith("  RETR /a.txt");
        Net(new TcpSent(At, files, "RETR /a.txt\r\n"u8.ToArray())).ShouldEndWith("#3 f.test:2121");
    }

    [Fact]
    public void A_log_line_has_the_modules_tick_and_no_control_characters()
    {
        using var output = new MemoryStream();
        using (var log = new LogWriter(output))
        {
            log.Write(new Sighting(0, new LogLine(At, TimeSpan.FromMilliseconds(83_123.9), "I/user.\u001b[2J\tx")));
            log.Write(new Sighting(1, new UartIn(At, 1, "x"u8.ToArray())));
            output.Length.ShouldBe(0, "it is written in blocks");
            log.Flush();
            Encoding.UTF8.GetString(output.ToArray()).ShouldBe("[000000083.123] I/user.\\x1B[2J\tx\n");
        }
    }

    [Fact]
    public void After_the_reader_has_left_nothing_is_written_and_nothing_fails()
    {
        var output = new LeftReader();
        using var log = new LogWriter(output);
        log.Write(new Sighting(0, new LogLine(At, At, "one")));
        log.IsClosed.ShouldBeFalse();
        log.Flush();
        log.IsClosed.ShouldBeTrue();
        log.Write(new Sighting(1, new LogLine(At, At, new string('x', 1 << 17))));
        log.Flush();
        output.Tries.ShouldBe(1);
    }

    private static string Shown(SessionEvent e)
    {
        using var text = new StringWriter();
        new EventWriter(text, new HashSet<SessionLane> { SessionLane.Uart }).Write(new Sighting(0, e));
        return text.ToString().TrimEnd();
    }

    /// <summary>A pipe whose reader has left.</summary>
    private sealed class LeftReader : MemoryStream
    {
        public int Tries { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Fail();

        public override void Write(byte[] buffer, int offset, int count) => Fail();

        private void Fail()
        {
            Tries++;
            throw new IOException("broken pipe");
        }
    }
}
