namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>wlan of a module that only searches (S:project/luatos/src/luat_wlan_ec618.c).</summary>
public class WlanLibraryTests
{
    [Theory]
    [InlineData("select('#', wlan.init('x', {})), wlan.init()", "1,true")]
    [InlineData("select('#', wlan.scan(1)), wlan.scan()", "0")]
    [InlineData("select('#', wlan.scanResult()), #wlan.scanResult(99), type(wlan.scanResult(-1))", "1,0,table")]
    [InlineData("pcall(wlan.scanResult, 'x')", "false,bad argument #1 to '?' (number expected, got string)")]
    [InlineData("pcall(wlan.scanResult, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)")]
    [InlineData("wlan.connect, wlan.setMode, wlan.getMac, wlan.STATION", "nil,nil,nil,nil")]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    /// <summary>The system heap keeps the result of a search, and has room for 8 to 32 networks in a call.</summary>
    [Fact]
    public void A_search_and_its_result_take_system_heap()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            local function used() return select(2, rtos.meminfo("sys")) end
            local before
            local function done() log.info("done", used() - before) end
            sys.subscribe("WLAN_SCAN_DONE", done)
            sys.taskInit(function()
                sys.wait(6000)
                before = used()
                wlan.scan() sys.wait(6000) wlan.scan() sys.wait(6000)
                local n, z = 250000
                repeat n = n - 50 z = zbuff.create(n) until z
                z:free()
                z = zbuff.create(n - 1000)
                log.info("full", type(wlan.scanResult()), type(wlan.scanResult(32)))
            end)
            sys.run()
            """).PowerOn().RunTo(30);
        bench.UserLines.ShouldBe(["I/user.done\t1644", "I/user.done\t1644", "I/user.full\ttable\ttable"]);
        bench.Lines.Count(line => line == "E/wlan out of memory when malloc scan result").ShouldBe(1);
    }

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
