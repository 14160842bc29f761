using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests;

/// <summary>The traces of the reference's §2.9, with an air that has the trace's times.</summary>
public class GoldenTraceTests
{
    private static string Script(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "scripts", name, "main.lua"));

    [Fact]
    public void The_echo_script_prints_the_lines_of_the_trace_in_their_order()
    {
        var bench = new FakeBench(Script("websocket-echo")).PowerOn().RunTo(23);
        string[] expected =
        [
            "am_service_init 851:Air780E_A17",
            "Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256",
            "self_info 122:model Air780E_A17 imei 86771307",
            "I/pm poweron: Power/Reset",
            "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit",
            "I/main ROM Build: Sep  3 2024 15:55:27",
            "D/main loadlibs luavm 262136 14360 14392",
            "D/main loadlibs sys   277872 53984 81264",
            "soc_cms_proc 1721:cenc report 1,50,1,1",
            "D/DNS dev_msg1.openluat.com state 0 id 1 ipv6 0 use dns server2, try 0",
            "D/mobile cid1, state0",
            "D/mobile bearer act 0, result 0",
            "D/mobile NETIF_LINK_ON -> IP_READY",
            "I/websocket connect host echo.airtun.air32.cn port 443",
            "D/DNS echo.airtun.air32.cn state 0 id 2 ipv6 0 use dns server2, try 0",
            "D/mobile TIME_SYNC 0",
            "luat_pm_get_poweron_reason 197:ap 0,cp 0",
            "I/DNS dns all done ,now stop",
            "D/errDump errdump ok!",
            "I/websocket ready!!",
            "I/user.wsc\tconack\tnil\tnil\tnil",
            "I/user.WebSocket connect succeed!",
            "I/user.wsc\tsent\tnil\tnil\tnil",
            "I/user.wsc\trecv\t",
            "I/user.wsc\tsent\tnil\tnil\tnil",
            "I/user.wsc\trecv\t",
        ];
        var lines = bench.Lines.ToArray();
        lines.Length.ShouldBe(expected.Length, bench.Dump());
        for (var i = 0; i < expected.Length; i++) lines[i].ShouldStartWith(expected[i], customMessage: bench.Dump());
        lines[23].ShouldBe("I/user.wsc\trecv\t{\"action\":\"echo\",\"msg\":\"Sat Oct 12 21:29:52 2024\"}\t1\t1");
    }

    [Fact]
    public void The_echo_script_has_the_times_of_the_trace()
    {
        var bench = new FakeBench(Script("websocket-echo")).PowerOn().RunTo(23);
        Near(bench.Line("D/mobile NETIF_LINK_ON").Tick, 4.448);
        Near(bench.Line("I/websocket connect host").Tick, 4.450);
        Near(bench.Line("D/mobile TIME_SYNC").Tick, 4.500);
        Near(bench.Line("I/websocket ready!!").Tick, 5.929, 15);
        var sent = bench.Log.Where(line => line.Text.StartsWith("I/user.wsc\tsent", StringComparison.Ordinal))
            .ToArray();
        Near(sent[0].Tick, 6.010, 15);
        Near(sent[1].Tick, 21.633, 20);
    }

    [Fact]
    public void The_upgrade_is_sent_byte_for_byte_in_three_writes()
    {
        var bench = new FakeBench(Script("websocket-echo")).PowerOn().RunTo(7);
        var writes = bench.Air.Requests.Select(r => r.Request).OfType<AirRequest.SendTcp>().ToArray();
        Encoding.ASCII.GetString(writes[0].Bytes.Span)
            .ShouldBe("GET /ws/echo HTTP/1.1\r\nHost: echo.airtun.air32.cn:443\r\n");
        Encoding.ASCII.GetString(writes[1].Bytes.Span).ShouldBe("Auth:Basic%20ABCDEGG\r\n");
        Encoding.ASCII.GetString(writes[2].Bytes.Span).ShouldBe(
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==\r\n" +
            "Sec-WebSocket-Version: 13\r\n\r\n");
        writes[3].Bytes.Length.ShouldBe(56);
    }

    [Theory]
    [InlineData("uart-passthrough-a")]
    [InlineData("uart-passthrough-b")]
    public void The_passthrough_script_has_the_times_of_the_trace(string script)
    {
        var bench = new FakeBench(Script(script));
        bench.PowerOn();
        bench.WriteUart(9.283, "\"echo\"");
        bench.RunTo(12);
        Near(bench.Line("I/user.UART接收的数据包\t\"echo\"").Tick, 9.284, 3);
        var acted = bench.Line("I/user.UART透传成功").Tick;
        acted.TotalSeconds.ShouldBeInRange(9.85, 10.0, bench.Dump());
        var sent = bench.Line("I/user.wsc\tsent").Tick;
        (sent - acted).TotalMilliseconds.ShouldBeInRange(75, 95);
        bench.Line("I/user.wsc\trecv").Tick.ShouldBeGreaterThanOrEqualTo(sent);
    }

    [Fact]
    public void The_script_that_does_not_compile_reboots_for_ever()
    {
        var bench = new FakeBench(Script("uart-passthrough-broken")).PowerOn().RunTo(40);
        bench.Lines.Count(line => line == "E/main Luat: ").ShouldBe(3, bench.Dump());
        bench.Lines.Count(line => line == "E/main main.lua:86: unexpected symbol near ')'").ShouldBe(3);
        bench.Starts.Count.ShouldBe(3);
        Near(bench.Starts[1].At, 15.25, 5);
        bench.Starts[1].Report.Reason.ShouldBe(AirHil.Modem.Messages.StartReason.Software);
    }

    private static void Near(TimeSpan actual, double seconds, double toleranceMs = 8) =>
        Math.Abs(actual.TotalMilliseconds - (seconds * 1000))
            .ShouldBeLessThan(toleranceMs, $"{actual} is not near {seconds} s");
}
