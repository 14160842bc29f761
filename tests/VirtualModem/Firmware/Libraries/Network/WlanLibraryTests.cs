namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>wlan of a module that only searches (S:project/luatos/src/luat_wlan_ec618.c).</summary>
public class WlanLibraryTests
{
    [Fact]
    public void A_search_ends_with_its_topic_and_finds_nothing()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            sys.subscribe("WLAN_SCAN_DONE", function() log.info("done", #wlan.scanResult(), wlan.connect) end)
            log.info("init", wlan.init(), wlan.scan())
            wlan.scan()
            sys.run()
            """).PowerOn().RunTo(30);
        bench.Lines.ShouldContain("luat_wlan_init 44:only wifi-scan supported");
        bench.UserLines.ShouldBe(["I/user.init\ttrue", "I/user.done\t0\tnil"]);
        var done = bench.Line("l_wlan_handler 31:wifi scan done");
        (done.At - bench.Line("I/user.init").At).TotalSeconds.ShouldBe(5, 0.01);
    }
}
