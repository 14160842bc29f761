using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Firmware;

public class ErrDumpTests
{
    private static string[] Packets(FakeBench bench) =>
        bench.Air.Requests.Select(r => r.Request).OfType<AirRequest.SendUdp>()
        .Select(datagram => Encoding.UTF8.GetString(datagram.Bytes.Span)).ToArray();

    [Fact]
    public void Every_boot_sends_the_power_on_reason()
    {
        var bench =
            new FakeBench(
                "PROJECT = 'p' VERSION = '1.2.3' errDump.config(true, 600) while true do rtos.receive(-1) " +
                "end").PowerOn().RunTo(10);
        Packets(bench)
            .ShouldBe([$"p_LuatOS-SoC_V1112_EC618,1.2.3,{bench.Modem.Identity.Imei},,\r\npoweron reason:0\r\n"]);
        bench.Air.Requests.Select(r => r.Request).OfType<AirRequest.SendUdp>().Single().Port.ShouldBe(12425);
        bench.Lines.ShouldContain("D/errDump errdump ok!");
    }

    [Fact]
    public void An_error_reaches_the_server_and_is_forgotten_after_the_answer()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            errDump.config(true, 600)
            sys.timerStart(function() error("boom") end, 8000)
            sys.run()
            """).PowerOn().RunTo(30);
        Packets(bench).Length.ShouldBe(3, bench.Dump());
        Packets(bench)[1].ShouldContain("main.lua:3: boom");
        Packets(bench)[2].ShouldContain("poweron reason:3");
        Packets(bench)[2].ShouldNotContain("boom");
    }

    [Fact]
    public void Without_an_answer_it_tries_three_times_and_again_after_the_period()
    {
        var bench =
            new FakeBench("errDump.config(true, 60) while true do rtos.receive(-1) end")
            {
                Air = new FakeAir { AnswersUdp = false },
            }.PowerOn().RunTo(100);
        Packets(bench).Length.ShouldBe(4, bench.Dump());
        bench.Lines.ShouldContain("E/errDump errdump server connect or tx fail, after 60 second retry");
    }

    /// <summary>A call after errDump.config(true, 0), which records and sends nothing, and what it gives.</summary>
    [Theory]
    [InlineData("errDump.dump(b, errDump.TYPE_USR), b:used()", "false\t0")]
    [InlineData("errDump.record('one'), errDump.dump(b), b:query(), errDump.dump(b), b:query()",
        "nil\ttrue\tone\tfalse\tone")]
    [InlineData("errDump.record('one'), errDump.record('two'), errDump.dump(b, 1, true), b:query(), errDump.dump(b), " +
        "b:used()", "nil\tnil\ttrue\tonetwo\tfalse\t0")]
    [InlineData("errDump.record('x'), errDump.dump(b, errDump.TYPE_SYS), errDump.dump(), errDump.dump(nil, 1)",
        "nil\tfalse\ttrue\ttrue")]
    [InlineData("errDump.record(5), errDump.record(''), errDump.record(), errDump.dump()", "nil\tnil\tnil\tfalse")]
    [InlineData("errDump.dump(b, 2), errDump.dump(nil, 7)", "true\ttrue")]
    [InlineData("errDump.record('x'), errDump.dump(nil, -1)", "nil\tfalse")]
    [InlineData("errDump.record(('a'):rep(4000)), errDump.record(('b'):rep(100)), errDump.dump(b), #b, " +
        "b:query(3995, 2)", "nil\tnil\ttrue\t4096\tab")]
    [InlineData("errDump.record(('a'):rep(4000)), errDump.record(('b'):rep(96) .. ('c'):rep(4096)), " +
        "errDump.dump(b), b:query(0, 1)", "nil\tnil\ttrue\tc")]
    [InlineData("errDump.record('x'), errDump.config(1), errDump.config(false), errDump.dump(b), b:used()",
        "nil\tnil\tnil\ttrue\t0")]
    [InlineData("errDump.config(false), errDump.record('x'), errDump.dump(b), b:used()", "nil\tnil\ttrue\t0")]
    [InlineData("pcall(errDump.dump, {}, 'x')", "false\tbad argument #2 to '?' (number expected, got string)")]
    public void A_call_gives_what_v1112_gives(string call, string expected) => new FakeBench(
        "errDump.config(true, 0) local b = zbuff.create(8) " +
        $"local function show(...) log.info('is', ...) end show({call}) while true do rtos.receive(-1) end")
        .PowerOn().RunTo(5).UserLines.ShouldBe(["I/user.is\t" + expected]);

    [Theory]
    [InlineData("errDump.config(true, 0, nil, nil, 'host.example', 77)", "D/errDump 自定义服务器 host.example 77")]
    [InlineData("errDump.config(true, 0, nil, nil, 'host.example')", "D/errDump 自定义服务器 host.example 12425")]
    [InlineData("errDump.config(true, 0, nil, nil, ('h'):rep(48), 0)",
        "D/errDump 自定义服务器 dev_msg1.openluat.com 12425")]
    public void Another_server_is_logged(string call, string line) =>
        new FakeBench(call + " while true do rtos.receive(-1) end").PowerOn().RunTo(5).Lines.ShouldContain(line);

    [Fact]
    public void A_packet_has_the_identity_the_flag_and_each_record_with_a_line_end()
    {
        var bench = new FakeBench(
            "errDump.config(true, 600, 'flag', 'me') errDump.record('one') while true do rtos.receive(-1) end")
            .PowerOn().RunTo(10);
        Packets(bench).ShouldBe(["unkonw_LuatOS-SoC_V1112_EC618,,me,flag,\r\npoweron reason:0\r\none\r\n"]);
    }
}
