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
}
