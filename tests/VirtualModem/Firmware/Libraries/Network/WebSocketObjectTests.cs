using AirHil.Modem.Air;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>A websocket object, argument by argument (luat_lib_websocket.c, luat_websocket.c).</summary>
public sealed class WebSocketObjectTests
{
    private const string Client = """
        sys = require("sys")
        local function client(url)
            local c = websocket.create(nil, url or "ws://svc/ws")
            c:on(function(_, event) log.info("wsc", event) end)
            return c
        end

        """;

    private static FakeBench Run(
        string script, double seconds, FakeAir? air = null, ModemParameters? parameters = null) =>
        new FakeBench(Client + script + "\nsys.run()", parameters)
        {
            Air = air ?? new FakeAir { Service = FakeAir.Echo },
        }.PowerOn().RunTo(seconds);

    private static int Count(FakeBench bench, string start) =>
        bench.Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>An expression of a client <c>c</c> that is not connected, and what it gives.</summary>
    public static TheoryData<string, string> Expressions => new()
    {
        { "select('#', websocket.create(-1, 'ws://x'))", "0" },
        { "select('#', websocket.create(10, 'ws://x'))", "0" },
        { "select('#', websocket.create(0, 'ws://x'))", "0" },
        { "select('#', websocket.create(9, 'ws://x'))", "0" },
        { "pcall(websocket.create, -1)", "true" },
        { "pcall(websocket.create, 1)", "false,bad argument #2 to '?' (string expected, got no value)" },
        { "pcall(websocket.create, 'x', 'ws://x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "type(websocket.create(nil, 'ws://x', 'y', 'z'))", "userdata" },
        { "type(websocket.create(nil, 'ws://x', 1.5))", "userdata" },
        { "tostring(c):match('^WS%*: ') ~= nil", "true" },
        { "c.connect == websocket.connect, c.nothing, c.disconnect", "true,nil,nil" },
        { "select('#', c:on()), select('#', c:on(5)), select('#', c:autoreconn())", "0,0,0" },
        { "pcall(c.autoreconn, c, false, 'x')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "c:ready(), select('#', c:ready(1))", "false,1" },
        { "pcall(getmetatable(c).__index, c, true)", "false,bad argument #2 to '?' (string expected, got boolean)" },
        { "select('#', c:send()), select('#', c:send({})), select('#', c:send(true))", "0,0,0" },
        { "c:send('x'), c:send(5), c:send(zbuff.create(4))", "false,false,false" },
        { "select('#', c:headers()), select('#', c:headers(true)), select('#', c:headers(c))", "0,0,0" },
        { "c:headers('A: b\\r\\n'), c:headers(12), c:headers(''), c:headers({})", "true,true,true,true" },
        { "c:headers(('x'):rep(1023)), select('#', c:headers(('x'):rep(1024)))", "true,0" },
        { "select('#', c:headers({A = {}})), select('#', c:headers({[''] = 'x'}))", "0,0" },
        { "c:headers({A = ('x'):rep(255)}), select('#', c:headers({A = ('x'):rep(256)}))", "true,0" },
        { "pcall(c.headers, c, {'x'})", "false,invalid key to 'next'" },
        { "pcall(function() local r = c:headers({'x'}) return r end)", "false,invalid key to 'next'" },
        { "c:headers({A = 5})", "true" },
        { "select('#', c:debug()), select('#', c:debug(true))", "0,0" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_function_takes_and_gives_what_v1112s_does(string expression, string expected)
    {
        var bench = Run($$"""
            local c = client()
            local r = table.pack({{expression}}) for i = 1, r.n do r[i] = tostring(r[i]) end
            print("is " .. table.concat(r, ","))
            """, 1);
        bench.Lines.ShouldContain("is " + expected);
    }

    [Theory]
    [InlineData("websocket.create(3, 'ws://x')", "network_alloc_ctrl 1363:adapter index 3 is invalid!",
        "W/websocket network_alloc_ctrl fail", "E/websocket websocket init FAID ret -1")]
    [InlineData("for i = 1, 8 do websocket.create(nil, 'ws://x') end", "network_alloc_ctrl 1381:adapter no more ctrl!",
        "W/websocket network_alloc_ctrl fail", "E/websocket websocket init FAID ret -1")]
    [InlineData("c:headers({A = {}})", "W/websocket bad header A (null)")]
    [InlineData("c:headers(('x'):rep(2000))", "W/websocket headers too large size 2000")]
    [InlineData("local t = {} for i = 1, 9 do t['n' .. i] = ('x'):rep(120) end c:headers(t)",
        "W/websocket bad header n", "too large")]
    [InlineData("c:send('x')", "I/websocket not ready yet")]
    [InlineData("c:send({})", "D/websocket only support string or zbuff")]
    public void A_refusal_is_logged_as_v1112_logs_it(string call, params string[] lines)
    {
        var bench = Run($"local c = client()\n{call}", 1);
        foreach (var line in lines) bench.Lines.ShouldContain(l => l.Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ws://h:0/", "connect host h port 80")]
    [InlineData("wss://h:x/", "connect host h port 443")]
    [InlineData("ws://h:65536", "connect host h port 80")]
    [InlineData("h:81/p", "connect host h port 81")]
    [InlineData("ws://:82/p", "connect host :82 port 82")]
    [InlineData("ws://h/a:9", "connect host h/a port 9")]
    [InlineData("ws://a/b", "connect host a/b port 80")]
    [InlineData("WS://h/x", "connect host WS port 80")]
    [InlineData("ws://h.x\\0:99/y", "connect host h.x port 80")]
    public void A_url_is_taken_apart_as_v1112_does_it(string url, string line) =>
        Run($"client('{url}'):connect()", 1).Lines.ShouldContain("I/websocket " + line);

    [Fact]
    public void A_second_connect_before_the_link_starts_again_and_is_one_connection()
    {
        var bench = Run("local c = client() print('r', c:connect(), c:connect())", 8);
        bench.Lines.ShouldContain("r\ttrue\ttrue");
        Count(bench, "I/websocket connect host").ShouldBe(2);
        Count(bench, "I/websocket ready!!").ShouldBe(1);
        Count(bench, "D/DNS svc").ShouldBe(1);
        bench.UserLines.ShouldBe(["I/user.wsc\tconack"]);
    }

    [Theory]
    [InlineData(0.03, 1)] // the name is still asked for: one query serves both
    [InlineData(0.13, 2)] // the SYN is on its way
    public void A_second_connect_on_the_way_starts_again(double after, int lookups)
    {
        var bench = Run($$"""
            sys.taskInit(function()
                local c = client()
                sys.waitUntil("IP_READY")
                c:connect()
                sys.wait({{(int)(after * 1000)}})
                print("again", c:connect())
            end)
            """, 9, new FakeAir { Service = FakeAir.Echo, DnsTime = TimeSpan.FromMilliseconds(95) });
        bench.Lines.ShouldContain("again\ttrue", bench.Dump());
        Count(bench, "I/websocket ready!!").ShouldBe(1);
        Count(bench, "D/DNS svc").ShouldBe(lookups);
    }

    [Fact]
    public void A_connect_while_connected_ends_the_connection()
    {
        var bench = Run("""
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = client()
                c:autoreconn(true, 2000)
                c:connect()
                sys.wait(3000)
                print("again", c:connect(), c:ready())
                print("sent", c:send("x"))
            end)
            """, 8.2);
        bench.Lines.ShouldContain("again\ttrue\ttrue");
        bench.Lines.ShouldContain("I/websocket network_tx -1 , close socket");
        bench.Lines.ShouldContain("sent\ttrue");
        bench.UserLines.Take(2).ShouldBe(["I/user.wsc\tconack", "I/user.wsc\tdisconnect"]);
        bench = Run("""
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = client()
                c:connect()
                sys.wait(3000)
                c:connect()
            end)
            """, 9);
        bench.Lines.TakeLast(3).ShouldBe(["W/websocket network_wait_event ret -1, closing socket",
            "I/websocket websocket closing socket", "I/user.wsc\tdisconnect"]);
        bench.Air.Requests.Select(r => r.Request).OfType<AirRequest.CloseTcp>().Single().Abort.ShouldBeFalse();
    }

    [Fact]
    public void A_client_made_before_the_link_is_disturbed_by_the_link()
    {
        var bench = Run("""
            c = client()
            c:autoreconn(true, 2000)
            """, 8);
        // Nobody called connect: the change of the link runs the close path, and so the reconnect.
        bench.Lines.ShouldContain("W/websocket network_wait_event ret -1, closing socket");
        bench.Lines.ShouldContain("I/websocket reconnect after 2000ms");
        bench.UserLines.ShouldBe(["I/user.wsc\tdisconnect", "I/user.wsc\tconack"]);
    }

    [Fact]
    public void Out_of_sockets_a_client_of_an_address_goes_silent()
    {
        var bench = Run("""
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                a, b = client("ws://203.0.113.7/"), client("ws://203.0.113.8/")
                b:autoreconn(true, 1000)
                print("a", a:connect())
                print("b", b:connect())
            end)
            """, 30, parameters: new ModemParameters { StackSockets = 1 });
        bench.Lines.ShouldContain("b\ttrue");
        bench.UserLines.ShouldBe(["I/user.wsc\tconack"]);
        Count(bench, "I/websocket connect host").ShouldBe(2);
    }

    [Fact]
    public void After_close_nothing_connects_and_a_second_close_is_fatal()
    {
        var bench = Run("""
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = client()
                c:autoreconn(true)
                c:connect()
                sys.wait(3000)
                c:close()
                sys.wait(10)
                print("closed", c:ready(), c:send("x"), c:headers("A: b"), c:connect())
                sys.wait(5000)
                c:close()
            end)
            """, 14);
        bench.UserLines.Take(1).ShouldBe(["I/user.wsc\tconack"]);
        bench.UserLines.ShouldNotContain(line => line.Contains("disconnect", StringComparison.Ordinal));
        bench.Lines.ShouldContain("I/websocket reconnect after 3000ms");
        bench.Lines.ShouldContain("closed\tfalse\tfalse\ttrue\ttrue");
        Count(bench, "I/websocket connect host").ShouldBe(2);
        Count(bench, "I/websocket ready!!").ShouldBe(1);
        bench.Notices.ShouldContain("wsc:connect() after wsc:close(): V1112 returns true and never connects.");
        bench.Lines.ShouldContain(line => line.Contains("closed twice (V1112 crashes here)", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_fit_the_buffer_closes_with_the_next_segment()
    {
        var bench = Run("c = client() c:connect()", 6);
        var connection = bench.Air.LastConnection;
        bench.At(6, new AirEvent.TcpReceived(connection, FakeAir.Frame(0x82, new byte[4093])));
        bench.RunTo(7);
        bench.Lines.ShouldNotContain("E/websocket buff is FULL, websocket packet too big");
        bench.At(7, new AirEvent.TcpReceived(connection, new byte[1]));
        bench.RunTo(8);
        bench.Lines.ShouldContain("E/websocket buff is FULL, websocket packet too big");
        bench.UserLines.Last().ShouldBe("I/user.wsc\tdisconnect");
    }

    [Fact]
    public void An_unknown_opcode_is_logged_in_the_format_of_the_source()
    {
        var bench = Run("c = client() c:connect()", 6);
        bench.At(6, new AirEvent.TcpReceived(bench.Air.LastConnection, FakeAir.Frame(0x8B, "x"u8)));
        bench.RunTo(7);
        bench.Lines.ShouldContain("E/websocket unkown optcode b2X");
    }
}
