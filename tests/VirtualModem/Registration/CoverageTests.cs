using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Registration;

public class CoverageTests
{
    private const string Script =
        """
        sys = require("sys")
        for _, topic in ipairs({"IP_READY", "IP_LOSE", "SIM_IND", "NTP_UPDATE"}) do
            sys.subscribe(topic, function(...) log.info(topic, ...) end)
        end
        sys.run()
        """;

    [Fact]
    public void Without_coverage_there_is_no_ip_until_it_comes()
    {
        var bench = new FakeBench(Script) { Air = new FakeAir { Covered = false } }.PowerOn();
        bench.At(20, new AirEvent.CoverageChanged(true));
        bench.RunTo(19);
        bench.UserLines.ShouldBe(["I/user.SIM_IND\tRDY", "I/user.SIM_IND\tGET_NUMBER"]);
        bench.RunTo(23);
        bench.Line("D/mobile NETIF_LINK_ON -> IP_READY").Tick.TotalSeconds.ShouldBeInRange(21.9, 22.1);
    }

    /// <summary>
    /// The network takes it after a minute. For good, for this network until the pause is over, or for a while: then
    /// it tries again each 10 s, and has a pause after five tries.
    /// </summary>
    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(6, 0, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(11, 720, 730)]
    [InlineData(13, 720, 730)]
    [InlineData(15, 720, 730)]
    [InlineData(16, 60, 800)]
    [InlineData(22, 60, 800)]
    public void A_rejection_is_for_good_for_this_network_or_for_a_while(int cause, int from, int until)
    {
        var bench = new FakeBench(Script);
        bench.At(0.1, new AirEvent.CellChanged(CellConditions.Usual with { RejectCause = cause }));
        bench.At(60, new AirEvent.CellChanged(CellConditions.Usual));
        bench.PowerOn().RunTo(1500);
        var ready = bench.Log.Where(line => line.Text == "D/mobile NETIF_LINK_ON -> IP_READY").ToArray();
        ready.Length.ShouldBe(until == 0 ? 0 : 1);
        if (until > 0) ready[0].At.TotalSeconds.ShouldBeInRange(from, until);
    }

    [Fact]
    public void After_a_pause_there_are_five_tries_again()
    {
        var bench = new FakeBench(Script);
        bench.At(0.1, new AirEvent.CellChanged(CellConditions.Usual with { RejectCause = 22 }));
        bench.At(800, new AirEvent.CellChanged(CellConditions.Usual));
        bench.PowerOn().RunTo(1500);
        // Behind the pause of 12 minutes the tries are 10 s apart again.
        bench.Line("D/mobile NETIF_LINK_ON -> IP_READY").At.TotalSeconds.ShouldBeInRange(800, 815);
    }

    [Fact]
    public void A_lasting_loss_is_told_once_and_the_module_registers_again()
    {
        var bench = new FakeBench(Script).PowerOn();
        bench.At(10, new AirEvent.CoverageChanged(false));
        bench.At(30, new AirEvent.CoverageChanged(true));
        bench.RunTo(40);
        bench.Lines.Where(line => line.StartsWith("D/mobile NETIF", StringComparison.Ordinal)).ShouldBe(
        [
            "D/mobile NETIF_LINK_ON -> IP_READY", "D/mobile NETIF_LINK_OFF -> IP_LOSE",
            "D/mobile NETIF_LINK_ON -> IP_READY",
        ]);
        bench.Line("D/mobile NETIF_LINK_OFF").Tick.ShouldBe(TimeSpan.FromSeconds(15));
        bench.UserLines.ShouldContain("I/user.IP_LOSE\t1");
        bench.Line("I/user.IP_READY").Text.ShouldMatch(@"^I/user.IP_READY\t10\.\d+\.\d+\.\d+\t1$");
    }

    [Fact]
    public void A_gap_shorter_than_the_detection_goes_unnoticed()
    {
        var bench = new FakeBench(Script).PowerOn();
        bench.At(10, new AirEvent.CoverageChanged(false));
        bench.At(14, new AirEvent.CoverageChanged(true));
        bench.RunTo(40);
        bench.Lines.ShouldNotContain("D/mobile NETIF_LINK_OFF -> IP_LOSE");
    }

    [Fact]
    public void A_warm_reboot_is_back_on_the_network_when_the_traces_say()
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var bench = new FakeBench(Script, seed: seed).PowerOn();
            bench.At(10, new AirHil.Modem.Messages.ModemCommand.PullReset());
            bench.RunTo(15);
            bench.Log.Last(line => line.Text == "D/mobile NETIF_LINK_ON -> IP_READY").Tick.TotalSeconds
                .ShouldBeInRange(1.35, 2.061);
        }
    }

    [Fact]
    public void Flight_mode_takes_the_link_away_and_brings_it_back()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                log.info("up", mobile.status(), socket.adapter())
                mobile.flymode(0, true)
                sys.wait(1000)
                log.info("fly", mobile.status(), socket.adapter())
                mobile.flymode(0, false)
                sys.waitUntil("IP_READY")
                log.info("back", mobile.status())
            end)
            sys.run()
            """).PowerOn().RunTo(12);
        bench.UserLines.ShouldBe(["I/user.up\t1\ttrue\t1", "I/user.fly\t0\tfalse\t9", "I/user.back\t1"],
            bench.Dump());
    }
}
