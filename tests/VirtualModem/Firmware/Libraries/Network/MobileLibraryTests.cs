namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary><c>mobile</c>, argument by argument (luat_lib_mobile.c).</summary>
public sealed class MobileLibraryTests
{
    /// <summary>An expression before the network is there, and <c>tostring</c> of its values.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "mobile.flymode(), mobile.flymode(0, 'x'), mobile.flymode(0, true), mobile.flymode(0)",
            "true,true,true,false" },
        { "pcall(mobile.flymode, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile.syncTime(), mobile.syncTime(false), mobile.syncTime(1), mobile.syncTime(true)",
            "true,false,false,true" },
        { "select('#', mobile.rtime()), select('#', mobile.rtime(3, nil, true, 20))", "0,0" },
        { "pcall(mobile.rtime, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "select('#', mobile.setAuto(10000, 30000, 5)), pcall(mobile.setAuto, {})",
            "0,false,bad argument #1 to '?' (number expected, got table)" },
        { "mobile.simid(), mobile.simid(2), mobile.simid(1.5)", "0,0,0" },
        { "select('#', mobile.apn()), mobile.apn(), mobile.apn(0, 1)", "1,nil,nil" },
        { "pcall(mobile.apn, 0, 1, 'x')", "false,bad argument #4 to '?' (string expected, got no value)" },
        { "mobile.ipv6(), mobile.ipv6(false), mobile.ipv6(1)", "false,false,false" },
        { "mobile.eci(), mobile.tac(), mobile.enbid(), mobile.csq(), mobile.rsrp()", "-1,-1,-1,0,0" },
        { "select('#', mobile.imsi()), mobile.imsi(), pcall(mobile.imei, {})",
            "1,nil,false,bad argument #1 to '?' (number expected, got table)" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    [Theory]
    [InlineData("mobile.simid(2)", "I/mobile sim set to 2 , ret 0")]
    [InlineData("mobile.simid(3)", "I/mobile sim set to 3 , ret -1")]
    public void A_call_logs_what_v1112_logs(string call, string line) =>
        LibraryCall.Run(call).Lines.ShouldContain(line);

    [Fact]
    public void The_radio_is_released_at_the_time_that_rtime_says()
    {
        static double Second(string rtime)
        {
            var bench = LibraryCall.Run($$"""
                sys = require("sys")
                sys.taskInit(function()
                    sys.waitUntil("IP_READY")
                    {{rtime}}
                    local c = websocket.create(nil, "ws://svc/")
                    c:connect()
                    sys.wait(5000)
                    c:send("x")
                end)
                sys.run()
                """, 15);
            var sent = bench.Air.Requests.Where(r => r.Request is AirHil.Modem.Air.AirRequest.SendTcp).ToList();
            return (sent[^1].At - sent[0].At).TotalSeconds;
        }

        (Second("mobile.rtime(3)") - Second("")).ShouldBe(0.62, 0.05); // the packet waits for a new connection
        (Second("mobile.rtime(7)") - Second("")).ShouldBe(0, 0.05);
    }
}
