using System.Buffers.Binary;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>socket.sntp (reference-net §6.2, §10.4, luat_sntp.c).</summary>
public sealed class SntpClientTests
{
    private const uint Answered = 1_728_703_782;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(80);

    [Fact]
    public void A_right_answer_sets_the_clock_and_is_published()
    {
        var bench = Run("show(socket.ntptm().vaild) socket.sntp() sys.waitUntil('NTP_UPDATE', 9000) show(os.time()) " +
            "local t = socket.ntptm() show(t.tsec, t.vaild, t.ndeley, t.ssec + t.lsec - t.tsec)");
        bench.Told().ShouldBe(["nil", $"{Answered}", $"{Answered},true,0,-1"], bench.Dump()); // N1, N8
        var lines = Of(bench);
        lines.ShouldBe(["D/sntp query ntp.aliyun.com", $"D/sntp Unix timestamp: {Answered}"]);
        var asked = bench.Line("D/sntp query").Tick;
        (bench.Line("D/sntp Unix").Tick - asked).TotalMilliseconds.ShouldBeInRange(138, 142); // T5: 60 + 80
    }

    [Fact]
    public void Silence_costs_two_seconds_a_server_and_ends_in_an_error()
    {
        var bench = Run("socket.sntp() sys.subscribe('NTP_ERROR', function() show('error') end)", answers: _ => false);
        Of(bench).ShouldBe(
        [
            "D/sntp query ntp.aliyun.com", "W/sntp timeout send ntp_error", "D/sntp 前一个ntp服务器未响应,尝试下一个",
            "D/sntp query ntp.ntsc.ac.cn", "W/sntp timeout send ntp_error", "D/sntp 前一个ntp服务器未响应,尝试下一个",
            "D/sntp query time1.cloud.tencent.com", "W/sntp timeout send ntp_error",
        ]); // N3
        bench.Told().ShouldBe(["error"]);
        (bench.Line("I/user.got\terror").Tick - bench.Line("D/sntp query").Tick).TotalSeconds
            .ShouldBeInRange(6, 6.05);
    }

    [Fact]
    public void The_second_server_answers_for_the_first()
    {
        var bench = Run("socket.sntp({'a.example', 'b.example'}) show(sys.waitUntil('NTP_UPDATE', 9000))",
            answers: n => n == 2);
        bench.Told().ShouldBe(["true"]); // N4
        Of(bench)[^1].ShouldBe($"D/sntp Unix timestamp: {Answered}");
        Of(bench).ShouldContain("D/sntp query b.example");
    }

    [Fact]
    public void The_link_may_come_while_it_waits()
    {
        var bench = Make("socket.sntp() sys.subscribe('NTP_UPDATE', function() show('set') end)", _ => true);
        bench = SocketBench.RunScript("sys.taskInit(function() sys.wait(3300) mobile.syncTime(false) " +
            "socket.sntp() sys.waitUntil('NTP_UPDATE', 9000) show('set') end)", 20, bench.Air);
        Of(bench).Count(line => line.StartsWith("D/sntp query", StringComparison.Ordinal)).ShouldBe(1, bench.Dump());
        bench.Told().ShouldBe(["set"]); // N2
    }

    [Theory]
    [InlineData("socket.sntp() socket.sntp()", "I/sntp sntp is running")] // N6
    [InlineData("socket.sntp(('x'):rep(31))", "E/sntp server_addr too long xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")] // N7
    [InlineData("socket.sntp(('x'):rep(30))", "D/sntp query xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("socket.sntp(nil, 5)", "E/sntp network_alloc_ctrl fail")]
    [InlineData("for i = 1, 8 do all[i] = socket.create(nil, told) end socket.sntp()",
        "E/sntp network_alloc_ctrl fail")]
    public void It_prints_what_stands_in_its_way(string task, string line)
    {
        var bench = Run("all = {} " + task);
        bench.Lines.ShouldContain(line, bench.Dump());
    }

    [Fact]
    public void Without_a_free_control_the_error_comes_with_the_next_message()
    {
        var bench = Run("all = {} for i = 1, 8 do all[i] = socket.create(nil, told) end " +
            "sys.subscribe('NTP_ERROR', function() show('error') end) socket.sntp()"); // N10
        bench.Told().ShouldBe(["error"]);
    }

    [Fact]
    public void Several_times_measure_the_way()
    {
        var bench = Run("for i = 1, 3 do socket.sntp() sys.waitUntil('NTP_UPDATE', 9000) sys.wait(1000) end");
        Of(bench).Count(line => line.StartsWith("D/sntp 修正网络延时(ms) ", StringComparison.Ordinal)).ShouldBe(2); // N9
    }

    [Fact]
    public void A_short_answer_is_told_and_waited_out()
    {
        var bench = Run("socket.sntp({'a.example'})", answers: _ => true, bytes: 40);
        Of(bench)[1].ShouldBe("I/sntp 响应包不合法 result 0 rx_len 40");
        Of(bench)[2].ShouldBe("W/sntp timeout send ntp_error");
    }

    [Theory]
    [InlineData("socket.sntp_port()", "123")]
    [InlineData("socket.sntp_port(1123), socket.sntp_port()", "1123,1123")]
    [InlineData("socket.sntp_port(0), socket.sntp_port('5'), socket.sntp_port(65536)", "123,123,123")]
    [InlineData("select('#', socket.sntp({})), socket.ntptm().vaild, socket.ntptm().ssec", "0,nil,0")]
    [InlineData("pcall(socket.sntp_port, 1.5)",
        "false,bad argument #1 to '?' (number has no integer representation)")]
    public void Its_functions_take_and_give_what_v1112s_do(string expression, string expected)
    {
        var bench = Run($"show({expression})");
        bench.Told().ShouldBe([expected], bench.Dump());
    }

    [Fact]
    public void The_control_is_given_back()
    {
        var bench = Run("socket.sntp() sys.waitUntil('NTP_UPDATE', 9000) all = {} " +
            "for i = 1, 8 do all[i] = socket.create(nil, told) end show(#all)");
        bench.Told().ShouldBe(["8"]);
    }

    private static string[] Of(FakeBench bench) =>
        [.. bench.Lines.Where(line => line.Length > 2 && line[1..].StartsWith("/sntp ", StringComparison.Ordinal))];

    private static FakeBench Run(string task, Func<int, bool>? answers = null, int bytes = 48) =>
        Make(task, answers ?? (_ => true), bytes).PowerOn().RunTo(25);

    private static FakeBench Make(string task, Func<int, bool> answers, int bytes = 48)
    {
        var air = SocketBench.Air();
        var others = air.Other!;
        var asked = 0;
        air.Other = (fake, request, now) =>
        {
            if (request is not AirRequest.SendUdp { Port: 123 } datagram) return others(fake, request, now);
            if (!answers(++asked)) return true;
            var packet = new byte[48];
            packet[0] = 0x1C;
            datagram.Bytes.Span[40..48].CopyTo(packet.AsSpan(24));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(32), Answered + 0x83AA_7E80);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(40), Answered + 0x83AA_7E80);
            var answer = packet.AsMemory(0, bytes);
            fake.Send(
                new AirEvent.UdpReceived(datagram.Socket, datagram.Address, 123, answer), now + RoundTrip);
            return true;
        };
        return SocketBench.Make(
            $"sys.taskInit(function()\nmobile.syncTime(false)\nup()\n{task}\nend)", air);
    }
}
