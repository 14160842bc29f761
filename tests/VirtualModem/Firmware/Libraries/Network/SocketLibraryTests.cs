using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>socket, function by function (reference-net §1.8, §10.1, luat_lib_socket.c).</summary>
public sealed class SocketLibraryTests
{
    /// <summary>
    /// An expression and what it gives: <c>c</c> is a socket that nobody used, <c>r</c> one that was released, <c>t</c>
    /// is on line at a port that is silent, <c>u</c> is on line with UDP.
    /// </summary>
    public static TheoryData<string, string> Expressions => new()
    {
        // create
        { "select('#', socket.create(-1, told)), socket.create(-1, told)", "1,nil" },
        { "select('#', socket.create(10, told)), socket.create(10, told)", "1,nil" },
        { "socket.create(5, told), socket.create(0, told)", "nil,nil" },
        { "pcall(socket.create, 'x', told)", "false,bad argument #1 to '?' (number expected, got string)" },
        { "type(socket.create('1', told))", "userdata" },
        { "type(socket.create(1, 'TASK')), type(socket.create(nil, 5))", "userdata,userdata" },
        { "tostring(c):match('^NWCTRL%*: %x+$') ~= nil", "true" },
        { "getmetatable(c).__name, c == c", "NWCTRL*,true" },
        {
            "select(2, pcall(function() return c.connect end)):match('attempt.*')",
            "attempt to index a NWCTRL* value (upvalue 'c')"
        },
        // a control that is none, or was released
        {
            "select('#', socket.debug()), select('#', socket.debug(nil, true)), select('#', socket.debug(5, true))",
            "0,0,0"
        },
        { "select('#', socket.config()), select('#', socket.linkup(5)), select('#', socket.connect())", "0,0,0" },
        {
            "select('#', socket.connect(r, nil)), select('#', socket.config(r, 'x')), select('#', socket.tx(r))",
            "0,0,0"
        },
        { "select('#', socket.linkup(r)), select('#', socket.listen(r)), select('#', socket.discon(r))", "0,0,0" },
        { "select('#', socket.close(r)), select('#', socket.rx(r)), select('#', socket.read(r))", "0,0,0" },
        { "select('#', socket.wait(r)), select('#', socket.state(r)), select('#', socket.release(r))", "0,0,0" },
        { "select('#', socket.accept()), select('#', socket.remoteIP())", "0,4" },
        { "pcall(socket.accept, r)", "false,socket.accept after socket.release (V1112 crashes here)" },
        { "pcall(socket.remoteIP, r)", "false,socket.remoteIP after socket.release (V1112 crashes here)" },
        {
            "pcall(socket.state, zbuff.create(8))",
            "false,a socket function got a userdata that is no socket (V1112 reads foreign memory here)"
        },
        // debug, config
        {
            "select('#', socket.debug(c, true)), select('#', socket.debug(c, 5)), select('#', socket.debug(c, false))",
            "0,0,0"
        },
        { "socket.config(c), socket.config(c, 5, true, false, 1, 2, 3), select('#', socket.config(c))", "true,true,1" },
        { "socket.config(c, nil, 1, 'x', nil, nil, nil, {}, true)", "true" },
        { "pcall(socket.config, c, 'x')", "false,bad argument #2 to '?' (number expected, got string)" },
        { "pcall(socket.config, c, 1.5)", "false,bad argument #2 to '?' (number has no integer representation)" },
        { "pcall(socket.config, c, nil, nil, nil, {})", "false,bad argument #5 to '?' (number expected, got table)" },
        {
            "pcall(socket.config, c, nil, nil, nil, 1, {})",
            "false,bad argument #6 to '?' (number expected, got table)"
        },
        {
            "pcall(socket.config, c, nil, nil, nil, 1, 1, {})",
            "false,bad argument #7 to '?' (number expected, got table)"
        },
        // connect
        { "pcall(socket.connect, c)", "false,bad argument #2 to '?' (string expected, got no value)" },
        { "pcall(socket.connect, c, 'x')", "false,bad argument #3 to '?' (number expected, got no value)" },
        { "pcall(socket.connect, c, {}, 1)", "false,bad argument #2 to '?' (string expected, got table)" },
        { "socket.connect(c, 'x.example', 80)", "true,false" },
        { "socket.connect(c, '203.0.113.9', 80, true)", "true,false" },
        { "socket.connect(c, 0x0971cb, '9')", "true,false" },
        { "socket.connect(t, '203.0.113.9', 80)", "false,false" }, // S4: there is a socket already
        // linkup, wait, state
        { "socket.linkup(c)", "true,true" },
        { "socket.wait(c)", "false,false" },
        { "socket.wait(t)", "true,false" },
        { "socket.state(c)", "0,硬件离线" },
        { "socket.state(t)", "5,在线" },
        { "socket.state(socket.linkup(c) and c)", "1,离线" },
        // close, discon
        { "select('#', socket.close(c)), select('#', socket.close(t)), socket.state(t)", "0,0,5,在线" },
        { "socket.discon(c)", "true,true" },
        { "socket.discon(t)", "true,false" },
        { "socket.discon(u)", "true,true" },
        { "socket.state(socket.discon(t) and t)", "7,正在离线" },
        // tx
        { "socket.tx(c, 'x')", "false,true,false" },
        { "socket.tx(t, 'x')", "true,false,false" },
        { "socket.tx(t, 5)", "true,false,false" },
        { "socket.tx(t, '')", "true,false,false" },
        { "socket.tx(t, zbuff.create(10))", "true,false,false" },
        { "socket.tx(t, 'x', 'nowhere', 5, 1)", "true,false,false" },
        { "socket.tx(u, 'x', '203.0.113.8', 9)", "true,false,false" },
        { "pcall(socket.tx, c)", "false,bad argument #2 to '?' (ZBUFF* expected, got no value)" },
        { "pcall(socket.tx, c, {})", "false,bad argument #2 to '?' (ZBUFF* expected, got table)" },
        { "pcall(socket.tx, t, 'x', nil, 'y')", "false,bad argument #4 to '?' (number expected, got string)" },
        { "pcall(socket.tx, t, 'x', nil, {}, {})", "false,bad argument #5 to '?' (number expected, got table)" },
        { "pcall(socket.tx, t, json.null)", "false,bad argument #2 to '?' (ZBUFF* expected, got light userdata)" },
        { "pcall(socket.setDNS, 'x'), pcall(socket.adapter, 1.5)",
            "false,false,bad argument #1 to '?' (number has no integer representation)" },
        { "pcall(socket.tx, t, 'x', nil, 1, {})", "false,bad argument #5 to '?' (number expected, got table)" },
        // rx, read
        { "socket.rx(c)", "false,0" },
        { "socket.rx(t)", "true,0" },
        { "socket.rx(t, 5)", "true,0" },
        { "socket.read(c)", "false" },
        { "socket.read(t)", "true," },
        // listen, accept
        { "socket.listen(t)", "false,false" },
        { "socket.listen(c)", "true,false" },
        { "select('#', socket.accept(t, told)), socket.accept(t, told)", "2,true,nil" },
        // the adapter
        { "socket.localIP()", "IP,255.255.255.255,0.0.0.0,nil" },
        { "select('#', socket.localIP(10)), select('#', socket.localIP(-1))", "0,0" },
        { "pcall(socket.localIP, 5)", "false,socket.localIP(5) (V1112 crashes here)" },
        { "pcall(socket.localIP, {})", "false,bad argument #1 to '?' (number expected, got table)" },
        { "socket.adapter()", "true,1" },
        { "socket.adapter(1)", "true,1" },
        { "socket.adapter(5)", "false,5" },
        { "socket.adapter(0)", "true,1" },
        { "socket.adapter(10)", "true,1" },
        { "socket.remoteIP(c)", "nil,nil,nil,nil" },
        { "socket.remoteIP(t)", "nil,nil,nil,nil" }, // an address needs no name
        {
            "socket.setDNS(nil, 1, '223.5.5.5'), socket.setDNS(1, 9, '223.5.5.5'), socket.setDNS(nil, nil, 1)",
            "true,true,true"
        },
        { "socket.setDNS(-1), socket.setDNS(10)", "false,false" },
        { "pcall(socket.setDNS, nil, 1)", "false,bad argument #3 to '?' (string expected, got no value)" },
        { "pcall(socket.setDNS, 5, 1, '1.1.1.1')", "false,socket.setDNS(5, …) (V1112 crashes here)" },
        { "select('#', socket.sslLog(3)), select('#', socket.sslLog())", "0,0" },
        { "pcall(socket.sslLog, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        // constants
        {
            "socket.LINK, socket.ON_LINE, socket.TX_OK, socket.CLOSED, socket.EVENT",
            "33554448,33554449,33554450,33554451,33554452"
        },
        { "socket.LWIP_GP, socket.LWIP_STA, socket.LWIP_AP, socket.LWIP_ETH, socket.ETH0, socket.USB", "1,2,3,4,5,6" },
        { "socket.RESET, socket.RX_NEW, socket.dft, socket.close_all", "nil,nil,nil,nil" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_function_takes_and_gives_what_v1112s_does(string expression, string expected)
    {
        var bench = SocketBench.Run(
            $"""
            local c, r, u = socket.create(nil, told), socket.create(nil, told), socket.create(nil, told)
            socket.release(r)
            socket.config(u, nil, true)
            socket.connect(u, "203.0.113.9", 9)
            local t = online(9, function() end)
            show({expression})
            """, 8);
        var shown = bench.Told().Single(text => !text.Contains('/', StringComparison.Ordinal));
        var address = System.Text.RegularExpressions.Regex.Replace(shown, @"^10\.\d+\.\d+\.\d+", "IP");
        address.ShouldBe(expected, bench.Dump());
    }

    /// <summary>A task, and what it and its callbacks see in order (§10.1).</summary>
    public static TheoryData<string, string, string> Situations => new()
    {
        {
            "S1: without config it is UDP",
            "c = socket.create(nil, told) socket.connect(c, '203.0.113.9', 1) sys.wait(500) show(socket.tx(c, 'x'))",
            "ON_LINE/0|true,false,false|TX_OK/0"
        },
        { "S2: TCP on line", "c = online() show(socket.state(c))", "ON_LINE/0|5,在线" },
        {
            "S4: a closed port",
            """
            c = online(1) show(socket.state(c)) show(socket.connect(c, '203.0.113.9', 9))
            socket.close(c) show(socket.connect(c, '203.0.113.9', 9))
            """,
            "ON_LINE/-1|3,正在连接|false,false|true,false|ON_LINE/0"
        },
        { "S5: nobody answers a SYN", "c = online(2)", "ON_LINE/-1" },
        {
            "S6: data that is acknowledged", "c = online() show(socket.tx(c, ('x'):rep(10)))",
            "ON_LINE/0|true,false,false|TX_OK/0"
        },
        { "S7: two writes, one word", "c = online() socket.tx(c, 'a') socket.tx(c, 'b')", "ON_LINE/0|TX_OK/0" },
        { "S8: a wait after the write", "c = online() socket.tx(c, 'a') socket.wait(c)", "ON_LINE/0" },
        {
            "echo: the data's event is its own",
            """
            c = online(7) socket.tx(c, 'hello') sys.wait(500) show(socket.rx(c))
            show(socket.read(c, 2)) show(socket.read(c))
            """,
            "ON_LINE/0|TX_OK/0|EVENT/0|true,5|true,he|true,llo"
        },
        {
            "S11: data and a close at once",
            "c = online(13) show(socket.read(c)) show(socket.read(c)) show(socket.rx(c)) show(socket.state(c))",
            "ON_LINE/0|EVENT/0|EVENT/-1|true,day|false|false,0|5,在线"
        },
        {
            "S13: an orderly end",
            "c = online() show(socket.discon(c)) sys.wait(100) show(socket.discon(c)) show(socket.state(c))",
            "ON_LINE/0|true,false|CLOSED/0|true,true|1,离线"
        },
        {
            "S16: linkup on a connection breaks it",
            "c = online() show(socket.linkup(c)) show(socket.tx(c, 'x'))",
            "ON_LINE/0|true,true|false,true,false"
        },
        {
            "after a release nothing is told",
            "c = online() socket.tx(c, 'x') socket.release(c) sys.wait(500)",
            "ON_LINE/0"
        },
        {
            "port 0 looks a name up",
            """
            c = socket.create(nil, told) socket.connect(c, 'x.example', 0) sys.wait(500)
            show(socket.remoteIP(c)) show(socket.state(c))
            """,
            "ON_LINE/0|203.0.113.7,nil,nil,nil|1,离线"
        },
        {
            "zbuff: what is read is appended, and the buffer grows",
            """
            c = online(7) socket.tx(c, 'hello') sys.wait(500)
            local b = zbuff.create(3) b:write('ab') show(socket.rx(c, b)) show(b:query(), b:used(), b:len())
            show(socket.rx(c, b))
            """,
            "ON_LINE/0|TX_OK/0|EVENT/0|true,5,nil,nil|abhello,7,7|true,0"
        },
        {
            "a limit is the 4th argument",
            """
            c = online(7) socket.tx(c, 'hello') sys.wait(500)
            local b = zbuff.create(8) show(socket.rx(c, b, 0, 2)) show(socket.rx(c, b, 1)) show(b:query())
            """,
            "ON_LINE/0|TX_OK/0|EVENT/0|true,2,nil,nil|true,3,nil,nil|hello"
        },
        {
            "UDP tells who sent",
            """
            c = socket.create(nil, told) socket.config(c, nil, true) socket.connect(c, '203.0.113.9', 7)
            sys.wait(100) socket.tx(c, 'hi') sys.wait(200)
            local ok, data, ip, port = socket.read(c) show(ok, data, ip:toHex(), port)
            socket.tx(c, 'ho') sys.wait(200)
            ok, data, ip, port = socket.rx(c, zbuff.create(1)) show(ok, data, ip:toHex(), port)
            """,
            "ON_LINE/0|TX_OK/0|EVENT/0|true,hi,00CB007109,7|TX_OK/0|EVENT/0|true,2,00CB007109,7"
        },
        {
            "the callback's first argument is a pointer that works and is not the object",
            """
            c = socket.create(nil, function(p, e)
                show(type(p), p == c, socket.state(p)) show(tostring(p) == tostring(c):gsub('NWCTRL%*', 'userdata'))
            end)
            socket.config(c) socket.connect(c, '203.0.113.9', 9)
            """,
            "userdata,false,5,在线|true"
        },
        {
            "S17: the ninth socket",
            "all = {} for i = 1, 9 do all[i] = socket.create(nil, told) end show(#all)",
            "8"
        },
        {
            "S18: an object that nobody keeps",
            """
            c = online() c = nil collectgarbage() sys.wait(100) all = {}
            for i = 1, 8 do all[i] = socket.create(nil, told) end show(#all)
            """,
            "ON_LINE/0|8"
        },
        {
            "a task's name: its queue gets the events",
            """
            c = socket.create(nil, 'T') socket.config(c)
            sysplus.taskInitEx(function()
                socket.connect(c, '203.0.113.9', 9)
                local m = sysplus.waitMsg('T', socket.ON_LINE, 1000) show(names[m[1]], m[2])
            end, 'T')
            """,
            "ON_LINE,0"
        },
        {
            "neither: the topic NWCTRL*",
            """
            sys.subscribe('NWCTRL*', function(adapter, id, event, param) show(adapter, id, names[event], param) end)
            c = socket.create() socket.config(c) socket.connect(c, '203.0.113.9', 9)
            """,
            "1,0,ON_LINE,0"
        },
        {
            "listening",
            """
            c = socket.create(nil, told) socket.config(c, 5000) show(socket.listen(c)) sys.wait(100)
            show(socket.state(c)) show(socket.listen(c)) show(socket.discon(c))
            """,
            "true,false|6,在监听|true,true|true,true"
        },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_script_sees_what_it_sees_on_v1112(string situation, string task, string expected)
    {
        var bench = SocketBench.Run(task, 40);
        bench.Told().ShouldBe(expected.Split('|'), $"{situation}\n{bench.Dump()}");
    }

    [Theory]
    [InlineData("socket.connect(socket.create(nil, told), 'x.example', 70000)", "D/socket connect to x.example,4464")]
    [InlineData("socket.connect(socket.create(nil, told), 0x0971cb, 9)", "D/socket connect to (null),9")]
    [InlineData("for _ = 1, 9 do all[#all + 1] = socket.create(nil, told) end",
        "network_alloc_ctrl 1381:adapter no more ctrl!|D/socket create fail")]
    [InlineData("socket.create(5, told)", "network_alloc_ctrl 1363:adapter index 5 is invalid!|D/socket create fail")]
    [InlineData("online(1)", "net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -14")]
    [InlineData("online(2)", "net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -13")]
    [InlineData("local c = online(7) socket.tx(c, 'hello') sys.wait(500) socket.read(c, 2)",
        "D/socket 待数据数据长度 5 限制读取长度 2")]
    [InlineData("socket.connect(socket.create(nil, told), '::1', 9)", "net_lwip_task 1035:netif no ip !!!!!!")]
    [InlineData("socket.setDNS(nil, 1, '223.5.5.5') socket.connect(socket.create(nil, told), 'x.example', 9)",
        "D/DNS x.example state 0 id 1 ipv6 0 use dns server0, try 0")]
    public void What_it_prints_is_what_v1112_prints(string task, string lines)
    {
        var bench = SocketBench.Run("all = {}\n" + task, 40);
        var printed = bench.Lines.ToList();
        var at = printed.FindIndex(line => line == lines.Split('|')[0]);
        at.ShouldBeGreaterThanOrEqualTo(0, bench.Dump());
        printed.Skip(at).Take(lines.Split('|').Length).ShouldBe(lines.Split('|'));
    }

    [Fact]
    public void The_debug_lines_show_a_whole_connection()
    {
        var bench = SocketBench.Run("c = socket.create(nil, told) socket.config(c) socket.debug(c, true) " +
            "socket.connect(c, '203.0.113.9', 9)", 8);
        bench.Lines.Where(line => line.StartsWith("network_default", StringComparison.Ordinal)).ShouldBe(
        [
            "network_default_socket_callback 1107:before process socket 0,event:0xf2000009(连接成功),state:3(正在连接)," +
                "wait:2(等待连接完成)",
            "network_default_socket_callback 1111:after process socket 0,state:5(在线),wait:0(无等待)",
        ]);
    }

    [Fact]
    public void A_name_is_found_and_connected_in_the_times_of_the_recording()
    {
        var bench = SocketBench.Run(
            "c = socket.create(nil, told) socket.config(c) socket.connect(c, 'x.example', 9)", 8);
        var asked = bench.Line("D/DNS x.example").Tick;
        (bench.Line("I/user.cb\tON_LINE/0").Tick - asked).TotalMilliseconds.ShouldBeInRange(135, 140); // T1: 60 + 75
    }

    [Theory]
    [InlineData("c = online()", "EVENT/-1,EVENT/-1")] // S14
    [InlineData("c = online() socket.close(c)", "EVENT/-1,EVENT/-1")] // S15: close leaves the state
    [InlineData("c = online() socket.discon(c) sys.wait(100) socket.close(c)", "CLOSED/0")]
    [InlineData("c = online() socket.release(c)", "")]
    [InlineData("c = socket.create(nil, told)", "33554433/0,33554433/0")] // nobody asked: the bare event
    [InlineData("c = socket.create(nil, told) socket.linkup(c)", "")]
    public void A_lost_link_and_its_return_are_told_as_the_state_is(string task, string expected)
    {
        var bench = SocketBench.Make($"sys.taskInit(function()\nup()\n{task}\nend)");
        bench.PowerOn().RunTo(8);
        bench.At(9, new AirEvent.CoverageChanged(false));
        bench.At(20, new AirEvent.CoverageChanged(true));
        bench.RunTo(40);
        var told = bench.Told().Where(text => !text.StartsWith("ON_LINE", StringComparison.Ordinal));
        // The second change of S15 meets a state that is still on line, and says nothing where nothing waits.
        string.Join(',', told).ShouldBe(expected, bench.Dump());
    }

    [Fact]
    public void What_is_asked_for_without_a_link_goes_on_when_it_comes()
    {
        var bench = SocketBench.RunScript(
            """
            sys.taskInit(function()
                a = socket.create(nil, told) show(socket.linkup(a))
                b = socket.create(nil, told) socket.config(b) show(socket.connect(b, "203.0.113.9", 9))
                show(socket.adapter()) show(select("#", socket.localIP()))
            end)
            """, 8);
        bench.Told().ShouldBe(["true,false", "true,false", "false,9", "0", "LINK/0", "ON_LINE/0"], bench.Dump());
        bench.Line("I/user.cb\tLINK/0").Tick.ShouldBeLessThan(bench.Line("D/mobile NETIF_LINK_ON").Tick);
    }

    [Fact]
    public void An_error_in_a_callback_ends_the_vm()
    {
        var bench = SocketBench.Run("c = online(9, function() error('here') end)", 8);
        bench.Lines.ShouldContain("E/main Luat: ");
    }

    [Theory]
    [InlineData("socket.create()", "socket.create without a function or a task's name")]
    [InlineData("socket.setDNS(nil, 1, ('1'):rep(70))", "An address of 70 bytes")]
    [InlineData("socket.config(socket.create(nil, told), nil, true, true)", "socket.config for UDP with TLS")]
    [InlineData("socket.config(socket.create(nil, told), nil, nil, true, nil, nil, nil, nil, 'x')",
        "socket.config with a client certificate and no key")]
    [InlineData("pcall(socket.remoteIP, r)", "socket.remoteIP after socket.release")]
    [InlineData("socket.config(socket.create(nil, told), nil, nil, nil, 300)", "socket.config with keep-alive after")]
    public void What_v1112_does_not_define_is_noted(string task, string notice)
    {
        var bench = SocketBench.Run($"local r = socket.create(nil, told) socket.release(r)\n{task}", 8);
        bench.Notices.ShouldContain(text => text.StartsWith(notice, StringComparison.Ordinal), bench.Dump());
    }
}
