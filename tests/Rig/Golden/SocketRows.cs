using static AirHil.Rig.Tests.Golden.ReferenceRow;

namespace AirHil.Rig.Tests.Golden;

/// <summary>Rows S, K, L and D of reference-net §10: sockets, TLS, libnet and DNS.</summary>
internal static class SocketRows
{
    private static readonly Rig.Service.Endpoint[] Tcp =
    [
        Does("tcp://tcp.test:9=silent"), Does("tcp://tcp.test:7=echo"),
        Table("tcp://tcp.test:13", "answers", "to with delay then", "/day/500 ms/closes"),
        Table("tcp://tcp.test:14", "answers", "to with delay then", "x//1 ms/closes", "r//1 ms/resets"),
        Table("tcp://tcp.test:20", "answers", "to with", "go/" + new string('z', 20_000)),
    ];

    public static IEnumerable<ReferenceRow> All => [.. Plain, .. Links, .. Libnet, .. Dns, .. Tls];

    private static ReferenceRow[] Plain =>
    [
        new("S1 without config it is UDP",
            "c = socket.create(nil, told) socket.connect(c, 'tcp.test', 9) sys.wait(500) show(socket.tx(c, 'x')) " +
            "sys.wait(3000) show(socket.rx(c))",
            "ON_LINE/0|true,false,false|TX_OK/0|true,0") { Services = Tcp, Lines = ["D/socket connect to tcp.test,9"] },
        new("S2 TCP on line after 65-95 ms",
            "c = socket.create(nil, timed) socket.config(c) begin() socket.connect(c, 'tcp.test', 0) sys.wait(300) " +
            "ip = socket.remoteIP(c) socket.close(c) begin() show(socket.connect(c, ip, 9)) sys.wait(300) " +
            "show(socket.state(c))",
            "ON_LINE/0,55..70|true,false|ON_LINE/0,52..114|5,在线") { Services = Tcp },
        new("S4 a closed port",
            "c = socket.create(nil, timed) socket.config(c) begin() socket.connect(c, 'tcp.test', 0) sys.wait(300) " +
            "ip = socket.remoteIP(c) socket.close(c) begin() socket.connect(c, ip, 1) sys.wait(300) " +
            "show(socket.state(c)) show(socket.connect(c, ip, 9)) socket.close(c) begin() " +
            "show(socket.connect(c, ip, 9))",
            "ON_LINE/0,55..70|ON_LINE/-1,52..114|3,正在连接|false,false|true,false|ON_LINE/0,52..114")
        {
            Services = Tcp,
            Lines = ["net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -14"],
        },
        new("S5 a host that drops SYNs", "c = online(9, timed)", "ON_LINE/-1,17000..19000")
        {
            Services = Tcp, Acts = ["1s silent host at tcp.test"], Seconds = 40,
            Lines = ["net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -13"],
        },
        new("S6 data that is acknowledged after 46-58 ms",
            "c = online(9, timed) begin() show(socket.tx(c, ('x'):rep(10)))",
            "ON_LINE/0,100..150|true,false,false|TX_OK/0,37..70") { Services = Tcp },
        new("S7 two writes and one word", "c = online() show(socket.tx(c, 'a')) show(socket.tx(c, 'b'))",
            "ON_LINE/0|true,false,false|true,false,false|TX_OK/0") { Services = Tcp },
        new("S8 a wait after the write", "c = online() socket.tx(c, 'a') socket.wait(c)", "ON_LINE/0")
        {
            Services = Tcp,
        },
        new("S9 three segments, one read",
            "c = online() sys.wait(6000) show(socket.read(c)) show(socket.rx(c))",
            "ON_LINE/0|EVENT/0|EVENT/0|EVENT/0|true,abc|true,0")
        {
            Services = Tcp,
            Acts = [.. new[] { "a", "b", "c" }.Select((text, i) => $"{8 + i}s push '{text}' to tcp://tcp.test:9")],
        },
        new("S10 the peer closes", "c = online(14) socket.tx(c, 'x') sys.wait(500) show(socket.state(c)) " +
            "show(socket.rx(c))", "ON_LINE/0|TX_OK/0|EVENT/-1|5,在线|false,0") { Services = Tcp },
        new("S11 data and a close at once",
            "c = online(13) sys.wait(800) show(socket.read(c)) show(socket.rx(c))",
            "ON_LINE/0|EVENT/0|EVENT/-1|true,day|false,0") { Services = Tcp },
        new("S12 the peer resets while a write is open",
            "c = online(9) socket.tx(c, 'r')", "ON_LINE/0|TX_OK/-1")
        {
            Services = Tcp, Acts = ["1s after tcp.tx 1ms drop connection"],
        },
        new("S12 the peer closes while a write is open",
            "c = online(9) show(socket.tx(c, 'x')) sys.wait(500) show(socket.state(c)) show(socket.tx(c, 'y'))",
            "ON_LINE/0|true,false,false|TX_OK/-1|5,在线|false,true,false")
        {
            Services = Tcp, Acts = ["1s after tcp.tx 1ms close without frame"],
        },
        new("S13 an orderly end",
            "c = online(9, timed) begin() show(socket.discon(c)) sys.wait(100) show(socket.discon(c))",
            "ON_LINE/0,100..150|true,false|CLOSED/0,1..4|true,true") { Services = Tcp },
        new("S16 linkup on a connection", "c = online() show(socket.linkup(c)) show(socket.tx(c, 'x'))",
            "ON_LINE/0|true,true|false,true,false") { Services = Tcp },
        new("S17 the ninth socket", "all = {} for i = 1, 9 do all[i] = socket.create(nil, told) end show(#all)", "8")
        {
            Lines = ["network_alloc_ctrl 1381:adapter no more ctrl!", "D/socket create fail"],
        },
        new("S18 an object that nobody keeps",
            "c = online() c = nil collectgarbage() sys.wait(100) all = {} " +
            "for i = 1, 8 do all[i] = socket.create(nil, told) end show(#all)",
            "ON_LINE/0|8") { Services = Tcp },
        new("S19 an unread peer stalls after 8040 bytes",
            "c = online(20, function() end) socket.tx(c, 'go') sys.wait(5000) b = zbuff.create(1) " +
            "_, n = socket.rx(c, b) show(n) " +
            "sys.wait(1000) _, n = socket.rx(c, b) show(n) sys.wait(1000) _, n = socket.rx(c, b) show(n, b:used())",
            "8040|8040|3920,20000") { Services = Tcp },
        new("S20 keep-alive of 256 s is none", Kept("256, 5, 3"), "ON_LINE/0,100..150")
        {
            Services = Tcp, Acts = ["8s black hole"], Seconds = 400, Missing = ["net_lwip_tcp_err_cb"],
        },
        new("S20 keep-alive of 300 s", Kept("300, 5, 3"), "ON_LINE/0,100..150|EVENT/-1,315000..315300")
        {
            Services = Tcp, Acts = ["8s black hole"], Seconds = 400,
            Lines = ["net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -13"],
        },
        new("S20 a peer that answers the probes", Kept("5, 2, 2") + " sys.wait(60000) show(socket.state(c))",
            "ON_LINE/0,100..150|5,在线") { Services = Tcp, Seconds = 80 },
    ];

    private static ReferenceRow[] Links =>
    [
        new("S3 connect before the link",
            "c = socket.create(nil, told) socket.config(c) show(socket.connect(c, 'tcp.test', 9)) " +
            "show(socket.state(c)) sys.waitUntil('IP_READY') show('IP_READY')",
            "true,false|0,硬件离线|IP_READY|ON_LINE/0") { Services = Tcp, IsEarly = true },
        new("S14 the link is lost and comes back", "c = online()", "ON_LINE/0|EVENT/-1|EVENT/-1")
        {
            Services = Tcp, Acts = ["10s drop coverage for 5s"], Seconds = 60,
        },
        new("S15 closed while on line, then the link is lost",
            "c = online() socket.close(c) d = online() socket.discon(d)",
            "ON_LINE/0|ON_LINE/0|CLOSED/0|EVENT/-1|EVENT/-1")
        {
            Services = Tcp, Acts = ["10s drop coverage for 5s"], Seconds = 60,
        },
        new("S21 flight mode on and off",
            "sys.subscribe('IP_LOSE', function() show('IP_LOSE') end) " +
            "c = online() mobile.flymode(nil, true) sys.wait(5000) mobile.flymode(nil, false) " +
            "sys.waitUntil('IP_READY') show('IP_READY')",
            "ON_LINE/0|IP_LOSE|EVENT/-1|EVENT/-1|IP_READY") { Services = Tcp, Seconds = 60 },
    ];

    private static ReferenceRow[] Libnet =>
    [
        new("L1 a closed port", On("took(libnet.connect('T', 15000, c, ip, 1))"), "false,52..114") { Services = Tcp },
        new("L2 SYNs are dropped", On("took(libnet.connect('T', 5000, c, ip, 9))"), "false,5000..5010")
        {
            Services = Tcp, Acts = ["1s silent host at tcp.test"],
        },
        new("L3 closed and connected again",
            On("libnet.connect('T', 2000, c, ip, 9) libnet.close('T', 5000, c) sys.wait(4000) sysplus.cleanMsg('T') " +
                "begin() took(libnet.connect('T', 5000, c, ip, 9))"), "true,52..114")
        {
            Services = Tcp, Acts = ["1s silent host at tcp.test for 8s"],
        },
        new("L3 an old ON_LINE in the queue",
            On("libnet.connect('T', 2000, c, ip, 9) sys.wait(17000) libnet.close('T', 5000, c) begin() " +
                "took(libnet.connect('T', 5000, c, ip, 9)) sys.wait(500) show(socket.state(c))"),
            "false,0..2|5,在线")
        {
            Services = Tcp, Acts = ["1s silent host at tcp.test for 23.5s"], Seconds = 40,
        },
        new("L4 unread data", On("libnet.connect('T', 5000, c, ip, 7) libnet.tx('T', 0, c, 'x') sys.wait(300) " +
            "begin() took(libnet.wait('T', 30000, c))"), "true,true,0..2") { Services = Tcp },
        new("L5 nothing happens", On("libnet.connect('T', 5000, c, ip, 9) begin() took(libnet.wait('T', 30000, c))"),
            "true,false,30000..30010") { Services = Tcp, Seconds = 50 },
        new("L6 the peer closes", On("libnet.connect('T', 5000, c, ip, 13) begin() libnet.wait('T', 30000, c) " +
            "socket.read(c) took(libnet.wait('T', 30000, c))"), "false,false,400..600") { Services = Tcp },
        new("L7 data before the acknowledgement",
            On("libnet.connect('T', 5000, c, ip, 7) begin() show(libnet.tx('T', 5000, c, 'x')) sys.wait(100) " +
                "show(libnet.wait('T', 5000, c))"), "true,false|true,true") { Services = Tcp },
        new("L8 tx on a lost link", On("libnet.connect('T', 5000, c, ip, 14) socket.tx(c, 'x') sys.wait(500) " +
            "show(libnet.tx('T', 5000, c, 'y'))"), "false,true") { Services = Tcp },
        new("L9 a name that taskInitEx does not know", "show(sysplus.waitMsg('X', 'W', 100))", "false")
        {
            Lines = ["E/user.sysplus\tsys.taskInitEx启动的task才能使用waitMsg"],
        },
        // The wanted message is second in the queue, where only the time limit finds it.
        new("L10 a message that the time limit finds is lost",
            "sysplus.sendMsg('T', 'A') sysplus.sendMsg('T', 'W') sys.wait(1) " +
            "for i = 1, 2 do begin() took(sysplus.waitMsg('T', 'W', 50)) end", "nil,49..51|nil,49..51"),
        new("L11 a foreign message at the time limit",
            "sysplus.sendMsg('T', 'A') sysplus.sendMsg('T', 'B') sys.wait(1) " +
            "sys.timerStart(sysplus.sendMsg, 199, 'T', 'W') begin() took(sysplus.waitMsg('T', 'W', 50))",
            "nil,195..205"),
        new("L12 close", On("libnet.connect('T', 5000, c, ip, 9) begin() libnet.close('T', 5000, c) took()"), "1..4")
        {
            Services = Tcp,
        },
        new("L13 the task's name as a topic",
            "sys.timerStart(sys.publish, 10, 'T') begin() took(sysplus.waitMsg('T', 'W', 50))", "nil,49..51"),
    ];

    private static ReferenceRow[] Dns =>
    [
        new("D1 a good name", "c = online(9, timed)", "ON_LINE/0,100..150")
        {
            Services = Tcp,
            Lines = ["D/DNS tcp.test state 0 id 1 ipv6 0 use dns server2, try 0", "I/DNS dns all done ,now stop"],
        },
        new("D2 the same name again", "c = online() socket.close(c) sys.wait(1000) c = online()", "ON_LINE/0|ON_LINE/0")
        {
            Services = Tcp,
            Lines = ["D/DNS tcp.test state 0 id 1", "D/DNS tcp.test state 0 id 2"],
        },
        new("D3 a name that is not there", "c = online(9, timed, 'none.test')", "ON_LINE/-1,11900..13000")
        {
            Lines =
            [
                "D/DNS none.test state 0 id 1 ipv6 0 use dns server2, try 0", "D/DNS none.test state 0 id 1 ipv6 0 " +
                "use dns server2, try 1", "D/DNS none.test state 0 id 1 ipv6 0 use dns server2, try 2",
                "D/DNS none.test state 0 id 1 ipv6 0 use dns server3, try 0", "E/DNS no ipv6, no ipv4",
                "I/DNS dns all done ,now stop",
            ],
        },
        new("D4 a name without an address", "c = online(9, timed)", "ON_LINE/-1,55..75")
        {
            // DN:571-584: nothing but the end of the queries is told.
            Services = Tcp, Acts = ["1s empty dns of tcp.test"], Missing = ["E/DNS"],
            Lines = ["D/DNS tcp.test state 0 id 1 ipv6 0 use dns server2, try 0", "I/DNS dns all done ,now stop"],
        },
        new("D5 the first server is dead, the second good", "c = online(9, timed)", "ON_LINE/0,6100..6150")
        {
            Services = Tcp, Acts = ["5s silence dns for 5.5s"],
            Lines = ["D/DNS tcp.test state 0 id 1 ipv6 0 use dns server3, try 0"],
        },
        new("D7 two sockets ask for one name",
            "a = socket.create(nil, told) socket.config(a) b = socket.create(nil, told) socket.config(b) " +
            "socket.connect(a, 'tcp.test', 9) socket.connect(b, 'tcp.test', 9)", "ON_LINE/0|ON_LINE/0")
        {
            Services = Tcp, Missing = ["D/DNS tcp.test state 0 id 2"],
        },
        new("D8 the link is lost during the query", "c = online(9, told, 'none.test')", "ON_LINE/-1|EVENT/-1")
        {
            Acts = ["7s drop coverage for 5s"], Seconds = 40, Missing = ["E/DNS no ipv6, no ipv4"],
        },
        new("D9 a server of the script's own",
            "show(socket.setDNS(nil, 1, '223.5.5.5')) c = online()", "true|ON_LINE/0")
        {
            Services = Tcp, Lines = ["D/DNS tcp.test state 0 id 1 ipv6 0 use dns server0, try 0"],
        },
    ];

    private static ReferenceRow[] Tls =>
    [
        new("K1 a handshake", Secure("tls.test"), "ON_LINE/0,800..2200|5")
        {
            Services = [Does("wss://tls.test=echo")],
        },
        new("K2 a CA and the clock at 2000", "rtc.set({year=2000,mon=1,day=1,hour=0,min=0,sec=0}) " +
            Secure("tls.test", "'-----BEGIN CERTIFICATE-----'"), "ON_LINE/-1,800..2200|4")
        {
            Services = [Does("wss://tls.test=echo")], Lines = ["network_state_shakehand 811:0x2700, 3"],
        },
        new("K4 the server answers plain text",
            "c = socket.create(nil, timed) socket.config(c, nil, false, true) begin() " +
            "socket.connect(c, 'tcp.test', 22) sys.wait(8000) show((socket.state(c)))", "ON_LINE/-1,1300..1400|4")
        {
            Services = [Table("tcp://tcp.test:22", "answers", "to with", "*/SSH-2.0-plain")],
            Lines = ["network_state_shakehand 811:0x7200, 2"],
        },
        new("K5 the server refuses the ClientHello", Secure("tls.test"), "ON_LINE/-1,1300..1400|4")
        {
            Services = [Does("wss://tls.test=echo")], Acts = ["1s fail tls"],
            Lines = ["network_state_shakehand 811:0x7780, 2"],
        },
        new("K6 the server is silent behind TCP", Secure("tls.test"), "4")
        {
            Services = [Does("wss://tls.test=echo")], Acts = ["1s hang tls"],
        },
        new("K7 four bytes in two records",
            "c = socket.create(nil, function() n = (n or 0) + 1 end) socket.config(c, nil, false, true) " +
            "socket.connect(c, 'web.test', 443) sys.wait(5000) " +
            "socket.tx(c, 'GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n') " +
            "sys.wait(3000) show(n, #select(2, socket.read(c)) > 40, socket.rx(c)) b = zbuff.create(1) " +
            "show(select(2, socket.rx(c, b))) show(select(2, socket.rx(c, b))) show(b:query())",
            "5..6,true,true,2|2,nil,nil|2,nil,nil|0000")
        {
            Services = [Table("https://web.test", "routes", "method path status bytes speed", "GET/%/200/4/20")],
        },
        new("K8 the heap of a handshake and of a connection",
            "local _, before, peak = rtos.meminfo('sys') c = socket.create(nil, told) " +
            "socket.config(c, nil, false, true) socket.connect(c, 'tls.test', 443) sys.wait(5000) " +
            "local _, after, top = rtos.meminfo('sys') show(after - before, top)",
            "ON_LINE/0|29000..43000,117000..176000") { Services = [Does("wss://tls.test=echo")] },
        new("K9 one TLS link too many",
            "all = {} for i = 1, 6 do all[i] = socket.create(nil, told) socket.config(all[i], nil, false, true) " +
            "socket.connect(all[i], 'tls.test', 443) sys.wait(4000) end",
            "ON_LINE/0|ON_LINE/0|ON_LINE/0|ON_LINE/0|ON_LINE/-1|ON_LINE/-1")
        {
            Services = [Does("wss://tls.test=echo")], Seconds = 40, Lines = ["network_state_"],
        },
    ];

    private static string Kept(string settings) =>
        $"c = socket.create(nil, timed) socket.config(c, nil, false, false, {settings}) begin() " +
        "socket.connect(c, 'tcp.test', 9)";

    private static string On(string then) =>
        "c = socket.create(nil, 'T') socket.config(c) socket.connect(c, 'tcp.test', 0) sys.wait(300) " +
        "ip = socket.remoteIP(c) or 'tcp.test' socket.close(c) sysplus.cleanMsg('T') begin() " + then;

    private static string Secure(string host, string authority = "nil") =>
        $"c = socket.create(nil, timed) socket.config(c, nil, false, true, nil, nil, nil, {authority}) begin() " +
        $"socket.connect(c, '{host}', 443) sys.wait(8000) show((socket.state(c)))";
}
