using AirHil.Modem.Observation;

namespace AirHil.Modem.Tests.Observation;

public sealed class LogInterpreterTests
{
    // The golden lines of the reference, §2.9, and the formats of §2.6, §2.8, §3 and §4.
    public static TheoryData<string, Moment?> Lines => new()
    {
        { "am_service_init 851:Air780E_A17", null },
        { "Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256", null },
        { "I/pm poweron: Power/Reset", null },
        { "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit", new Moment.FirmwareVersion("EC618", "V1112", 32) },
        { "I/main ROM Build: Sep  3 2024 15:55:27", null },
        { "D/main loadlibs luavm 262136 14360 14392", null },
        { "soc_cms_proc 1721:cenc report 1,50,1,1", null },
        {
            "D/DNS dev_msg1.openluat.com state 0 id 1 ipv6 0 use dns server2, try 0",
            new Moment.DnsQuery("dev_msg1.openluat.com")
        },
        { "D/mobile cid1, state0", null },
        { "D/mobile bearer act 0, result 0", null },
        { "D/mobile NETIF_LINK_ON -> IP_READY", new Moment.IpReady() },
        { "D/mobile NETIF_LINK_OFF -> IP_LOSE", new Moment.IpLost() },
        {
            "I/websocket connect host echo.airtun.air32.cn port 443",
            new Moment.Connecting("echo.airtun.air32.cn", 443)
        },
        { "D/mobile TIME_SYNC 0", new Moment.TimeSync() },
        { "I/DNS dns all done ,now stop", null },
        { "E/DNS no ipv6, no ipv4", new Moment.DnsFailed() },
        { "D/errDump errdump ok!", null },
        { "I/websocket ready!!", new Moment.WebSocketReady() },
        { "I/user.wsc\tconack\tnil\tnil\tnil", new Moment.UserLog('I', "wsc", "conack\tnil\tnil\tnil") },
        { "I/user.WebSocket connect succeed!", new Moment.UserLog('I', "WebSocket connect succeed!", "") },
        {
            "I/user.wsc\trecv\t{\n   \"a\": 1\n}\t1\t1",
            new Moment.UserLog('I', "wsc", "recv\t{\n   \"a\": 1\n}\t1\t1")
        },
        { "W/user.UART接收\tx", new Moment.UserLog('W', "UART接收", "x") },
        { "I/main.lua:12\tTAG\ta\tb", new Moment.UserLog('I', "TAG", "a\tb") },
        { "W/websocket websocket_callback param1 -1, closing socket", null },
        { "I/websocket websocket closing socket", new Moment.WebSocketClosed() },
        { "I/websocket reconnect after 3000ms", new Moment.Reconnecting(TimeSpan.FromSeconds(3)) },
        { "I/websocket reconnect after soon", null },
        {
            "E/websocket server not support websocket? resp code HTTP/1.1 403",
            new Moment.UpgradeRefused("HTTP/1.1 403")
        },
        {
            "E/user.coroutine.resume\tmain.lua:3: boom\r\nstack traceback:",
            new Moment.TaskError("main.lua:3: boom\r\nstack traceback:")
        },
        { "E/main main.lua:9: not enough memory", new Moment.AllocationFailed("main.lua:9: not enough memory") },
        { "", null },
        { "I/", null },
        { "user.fake", null },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_says_what_it_says(string line, Moment? expected)
    {
        var tick = TimeSpan.FromMilliseconds(700);
        var moment = new LogInterpreter().Read(tick, line).Moment;
        moment.ShouldBe(expected is null ? null : expected with { Tick = tick });
    }

    [Fact]
    public void The_first_line_and_a_tick_that_begins_again_are_starts()
    {
        var log = new LogInterpreter();
        log.Read(Ms(9), "a").Start.ShouldBe(new Moment.Booted("") { Tick = Ms(9) });
        log.Read(Ms(20), "b").Start.ShouldBeNull();
        log.Read(Ms(5000), "c").Start.ShouldBeNull();
        log.Read(Ms(4990), "d").Start.ShouldBeNull("records of two tasks change places");
        log.Read(Ms(9), "a").Start.ShouldBe(new Moment.Booted("") { Tick = Ms(9) });
    }

    [Fact]
    public void A_second_banner_is_a_start_even_where_the_first_lines_were_lost()
    {
        var log = new LogInterpreter();
        log.Read(Ms(240), "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit").Start.ShouldNotBeNull();
        var (start, moment) = log.Read(Ms(241), "I/main LuatOS@EC618 base 23.11 bsp V1112 32bit");
        start.ShouldNotBeNull();
        moment.ShouldBeOfType<Moment.FirmwareVersion>();
    }

    [Fact]
    public void A_vm_exit_carries_its_message_and_announces_the_next_start()
    {
        var log = new LogInterpreter();
        log.Read(Ms(300), "E/main Luat: ").Moment.ShouldBeNull();
        log.Read(Ms(300), "E/main main.lua:86: unexpected symbol near ')'").Moment.ShouldBeNull();
        log.Read(Ms(300), "E/main Lua VM exit!! reboot in 15000ms").Moment
            .ShouldBe(new Moment.VmExit("main.lua:86: unexpected symbol near ')'") { Tick = Ms(300) });
        log.Read(Ms(9), "x").Start!.Announced.ShouldBe("VM exit: main.lua:86: unexpected symbol near ')'");
        log.Read(Ms(300), "E/main Lua VM exit!! reboot in 15000ms").Moment
            .ShouldBe(new Moment.VmExit("") { Tick = Ms(300) });
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
