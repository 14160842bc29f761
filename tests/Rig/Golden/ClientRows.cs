using static AirHil.Rig.Tests.Golden.ReferenceRow;

namespace AirHil.Rig.Tests.Golden;

/// <summary>Rows M, H and F of reference-net §10: MQTT, HTTP and FTP.</summary>
internal static class ClientRows
{
    private static readonly Rig.Service.Endpoint[] Broker =
        [Does("mqtt://mqtt.test=broker"), Does("mqtts://mqtt.test=broker")];

    private static readonly Rig.Service.Endpoint[] Users =
        [Table("mqtt://mqtt.test", "users", "user password", "user/other")];

    private static readonly Rig.Service.Endpoint[] Web =
    [
        Table("http://web.test", "routes", "method path status body bytes cut range headers delay length chunked",
            "GET/%/200/fine/////1 ms//", "GET/%cut/200//1000/500/yes////", "GET/%moved/301/////Location: %new///",
            "GET/%thousand/200//1000//////", "GET/%none/404/nothing///////", "GET/%chunks/200//1000//////100",
            "GET/%open/200/text//////no/", "GET/%slow/silent////////"),
        Table(
            "http://norange.test", "routes", "method path status bytes cut range", "GET/%/200/1000/500/no",
            "GET/%/200/1000//no"),
        Does("https://web.test=200 fine"),
        Table("tcp://web.test:81", "answers", "to with then", "*//closes"),
    ];

    private static readonly Rig.Service.Endpoint[] Files =
    [
        Table("ftp://files.test", "files", "path body", "%a.txt/hello"),
        Table("ftp://busy.test", "replies", "to with then", "USER/530 no/", "NOOP/421 over/closes"),
        Table("ftp://locked.test", "users", "user password", "u/p"),
    ];

    public static IEnumerable<ReferenceRow> All => [.. Ntp, .. Mqtt, .. MqttCalls, .. Http, .. HttpFiles, .. Ftp];

    private static ReferenceRow[] Mqtt =>
    [
        new("M1 a plain connect",
            "sys.subscribe('MQTT_CONNACK', function() show('topic') end) c = client() show(c:connect())",
            "true|conack,nil,nil,nil,nil,150..280|topic")
        {
            Services = Broker, Missing = ["I/mqtt", "W/mqtt", "E/mqtt"],
        },
        new("M2 a connect with TLS", "c = client(nil, 8883, true) c:connect()", "conack,nil,nil,nil,nil,1000..2200")
        {
            Services = Broker,
        },
        new("K10 mqtt with a table of TLS without certificates", "c = client(nil, 8883, {}) c:connect()",
            "disconnect,0.000000e-308,nil,nil,nil,1300..1500|close,nil,nil,nil,nil,1300..1500")
        {
            Services = Broker, Lines = ["network_state_shakehand 811:0x2700, 3", "I/mqtt mqtt closing socket netc:"],
        },
        new("M3 a closed port, and again every 3 s",
            "c = client(nil, 1884) c:autoreconn(true, 3000) c:connect()",
            string.Join('|', new[] { "100..200", "3200..3500", "6300..6800" }
                .Select(when => $"disconnect,0.000000e-308,nil,nil,nil,{when}")))
        {
            Services = Broker, Seconds = 14,
            Lines =
            [
                "E/mqtt mqtt_callback param1 -1, event 2 closing socket", "I/mqtt mqtt closing socket netc:",
            ],
        },
        new("M4 a closed port without reconnecting", "c = client(nil, 1884) c:connect()",
            "disconnect,0.000000e-308,nil,nil,nil,100..200|close,nil,nil,nil,nil,100..200") { Services = Broker },
        new("M5 a wrong password", "c = client() c:connect()",
            "disconnect,4.000000,nil,nil,nil,150..280|close,nil,nil,nil,nil,150..280")
        {
            Services = Users,
            Lines =
            [
                "W/mqtt CONACK 0x04", "I/mqtt mqtt closing socket netc:", "W/mqtt bad mqtt packet!! ret -1",
                "W/mqtt mqtt_parse ret -1, closing socket", "I/mqtt mqtt closing socket netc:",
            ],
        },
        new("M6 a broker that never answers CONNECT", "c = client() c:connect()", "")
        {
            Services = [Does("mqtt://mqtt.test=silent")], Seconds = 120,
        },
        new("M7 the broker drops the client", "c = client() c:connect()",
            $"conack,nil,nil,nil,nil,150..280|{Closed("4560..4620")}")
        {
            Services = Broker, Acts = ["10s close without frame"],
            Lines = ["E/mqtt mqtt_callback param1 -1, event 5 closing socket", "I/mqtt mqtt closing socket netc:"],
        },
        new("M8 the link is lost and comes back", "c = client() c:autoreconn(true, 3000) c:connect()",
            "conack,nil,nil,nil,nil,150..280|disconnect,0.000000e-308,nil,nil,nil,9540..9560|" +
            "conack,nil,nil,nil,nil,16600..16900")
        {
            Services = Broker, Acts = ["10s drop coverage for 10s"], Seconds = 60,
        },
        new("M9 a black hole", "c = client() c:connect() sys.wait(10000) show(c:publish('t', 'x', 1))",
            "conack,nil,nil,nil,nil,150..280|1")
        {
            Services = Broker, Acts = ["9s black hole"], Seconds = 70,
        },
        new("M10 publishes of each QoS",
            "c = client() c:connect() sys.wait(1000) begin() show(c:publish('t', 'x', 0)) sys.wait(500) begin() " +
            "show(c:publish('t', 'x', 1)) sys.wait(500) begin() show(c:publish('t', 'x', 2))",
            "conack,nil,nil,nil,nil,150..280|0|sent,0,nil,nil,nil,0..5|1|sent,1,nil,nil,nil,60..94|2|" +
            "sent,2,nil,nil,nil,120..180") { Services = Broker },
        new("M11 a publish before conack", "c = client() c:connect() sys.wait(50) show(c:publish('t', 'x', 1))",
            $"|{Closed("48..60")}")
        {
            Services = Broker, Lines = ["W/mqtt network_tx ret -1, closing socket", "I/mqtt mqtt closing socket netc:"],
        },
    ];

    private static ReferenceRow[] MqttCalls =>
    [
        new("M12 five messages in one segment", Burst(),
            "conack,nil,nil,nil,nil,100..200|a,1,1,1,0|b,2,1,1,0|c,3,1,1,0|d,4,1,1,0|e,5,1,1,0")
        {
            Services = Scripted,
            Acts =
            [
                "9s push binary '0\\x04\\x00\\x01a12\\x06\\x00\\x01b\\x00\\x0124\\x06\\x00\\x01c\\x00\\x023" +
                "0\\x04\\x00\\x01d43\\x06\\x00\\x01e\\x00\\x035' to tcp://mqtt.test:1883",
            ],
        },
        new("M13 a retained message with DUP", Burst(), "conack,nil,nil,nil,nil,100..200|a,x,1,1,8")
        {
            Services = Scripted, Acts = ["9s push binary ';\\x06\\x00\\x01a\\x00\\x01x' to tcp://mqtt.test:1883"],
        },
        new("M13 a retained message", "c = client() c:connect() sys.wait(1000) show(c:subscribe('kept'))",
            "conack,nil,nil,nil,nil,150..280|1|recv,kept,old,0,1,1050..1110")
        {
            Services = [Table("mqtt://mqtt.test", "messages", "topic payload", "kept/old")],
        },
        new("M14 a topic of 130 bytes", "c = client() c:connect() sys.wait(1000) show(c:subscribe(('t'):rep(130)))",
            $"conack,nil,nil,nil,nil,150..280|1|{Closed("1050..1120")}") { Services = Broker },
        new("M15 unsubscribe with a table",
            "c = client() c:connect() sys.wait(1000) show(c:unsubscribe({'a', 'b'})) sys.wait(100) " +
            "show(c:unsubscribe('x'))", "conack,nil,nil,nil,nil,150..280||3") { Services = Broker },
        new("M16 disconnect with reconnecting on",
            "c = client() c:autoreconn(true, 3000) c:connect() sys.wait(1000) begin() show(c:disconnect())",
            "conack,nil,nil,nil,nil,150..280|true|disconnect,0.000000e-308,nil,nil,nil,0..5|" +
            "conack,nil,nil,nil,nil,3100..3400")
        {
            Services = Broker, Seconds = 12,
        },
        new("M17 close", "c = client() c:connect() sys.wait(1000) c:close() sys.wait(100) c:publish('t', 'x') " +
            "show(c:ready())", "conack,nil,nil,nil,nil,150..280|false")
        {
            Services = Broker, Lines = ["W/mqtt network_tx ret -1, closing socket"],
        },
        new("M18 connect while ready",
            "c = client() c:connect() sys.wait(1000) show(c:connect(), c:ready()) show(c:publish('t', 'x', 1))",
            "conack,nil,nil,nil,nil,150..280|true,false|1|sent,1,nil,nil,nil,1050..1110") { Services = Broker },
        new("M19 a message of 40 KB",
            "c = client() c:connect() sys.wait(1000) c:subscribe('t')",
            $"conack,nil,nil,nil,nil,150..280|{Closed("3560..3900")}")
        {
            Services = Broker, Acts = [$"9s push '{new string('x', 40_000)}' to mqtt://mqtt.test/t"],
            Lines = ["E/mqtt too many data wait for recv 1340", "I/mqtt mqtt closing socket netc:"],
        },
        new("M20 pings after three quarters of the keep-alive",
            "c = client() c:keepalive(240) c:connect() for i = 1, 8 do sys.wait(50000) c:publish('t', 'x') end",
            "conack,nil,nil,nil,nil,150..280" + string.Concat(
                Enumerable.Range(1, 7).Select(i => $"|sent,0,nil,nil,nil,{i * 50_000}..{(i * 50_000) + 50}")))
        {
            Services = Broker, Seconds = 400, Kind = "mqtt.pingreq.in", Times = [185.6, 365.6],
        },
    ];

    /// <summary>A broker of four bytes, which says what the test makes it say.</summary>
    private static readonly Rig.Service.Endpoint[] Scripted =
        [Table("tcp://mqtt.test:1883", "answers", "to with", "\\x10*/ \\x02\\x00\\x00")];

    private static string Closed(string when) =>
        $"disconnect,0.000000e-308,nil,nil,nil,{when}|close,nil,nil,nil,nil,{when}";

    private static string Burst() =>
        "c = client() c:on(function(_, event, topic, payload, meta) if event == 'recv' then " +
        "show(topic, payload, meta.qos, meta.retain, meta.dup) else took(event, topic, payload, meta, nil) end end) " +
        "c:connect()";

    private static ReferenceRow[] Http =>
    [
        new("H1 a plain GET", "get('http://web.test/')", "200,table,4,150..230") { Services = Web },
        new("H2 https", "get('https://web.test/') show(select(3, rtos.meminfo('sys')))",
            "200,table,4,900..2200|117000..176000") { Services = Web },
        new("H3 an unknown host", "get('http://none.test/')", "-5,nil,nil,11900..13000")
        {
            Lines = ["E/DNS no ipv6, no ipv4", "E/http http_ctrl close 00000002 -1"],
        },
        new("H4 a closed port", "get('http://web.test:82/')", "-5,nil,nil,100..200")
        {
            Services = Web,
            Lines = ["net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -14",
                "E/http http_ctrl close 00000002 -1"],
        },
        new("H5 no link", "get('http://web.test/', {timeout = 5000})", "-8,nil,nil,4990..5020")
        {
            Services = Web, Acts = ["0s drop coverage"],
            IsEarly = true,
        },
        new("H6 a silent server", "get('http://web.test/slow', {timeout = 20000})", "-8,nil,nil,19990..20020")
        {
            Services = Web,
        },
        new("H7 closed before the headers", "get('http://web.test:81/')", "-5,nil,nil,170..260")
        {
            Services = Web, Lines = ["E/http http_ctrl close 00000005 -1"],
        },
        new("H8 cut after 500 of 1000 bytes, with Range", "get('http://web.test/cut')", "206,table,1000,350..600")
        {
            Services = Web, Lines = ["E/http http_ctrl close 00000005 -1"],
        },
        new("H9 the same, without Range", "get('http://norange.test/')", "200,table,1500,350..600") { Services = Web },
        new("H10 no length", "get('http://web.test/open')", "-5,nil,nil,600..1200")
        {
            Services = Web, Lines = [.. Enumerable.Repeat("E/http http_ctrl close 00000005 -1", 4)],
        },
        new("H11 a redirect", "h = get('http://web.test/moved') show(h.Location)", "301,table,0,170..260|/new")
        {
            Services = Web,
        },
        new("H12 DELETE", "get('http://web.test/', nil, 'DELETE')", "-4,nil,nil,0..5")
        {
            Lines = ["E/http NOT SUPPORT DELETE"],
        },
        new("H13 no URL of http", "get('ftp://x') get('http://a.b')", "-4,nil,nil,0..5|-4,nil,nil,0..5")
        {
            Lines = ["I/http only http/https supported ftp://x", "I/http url too short http://a.b"],
        },
        new("H17 a callback, and a server that stalls behind the headers",
            "get('http://slow.test/', " +
            "{timeout = 3000, callback = function(n, got) if got < 2 then show(n, got) end end})",
            "1000,0|1000,1")
        {
            Services = [Table("http://slow.test", "routes", "method path status bytes speed", "GET/%/200/1000/1")],
        },
        new("H18 eight slots are taken",
            "all = {} for i = 1, 8 do all[i] = socket.create(nil, told) end get('http://web.test/')",
            "-4,nil,nil,0..5")
        {
            Services = Web, Lines = ["network_alloc_ctrl 1381:adapter no more ctrl!", "E/http netc create fail"],
        },
        new("H19 a script without sysplus",
            "ok, problem = pcall(function() return http.request('GET', 'http://web.test/').wait() end) " +
            "show(ok, problem:match('attempt.*'))", "false,attempt to index a nil value")
        {
            Services = Web, IsBare = true, Lines = ["E/main sys lib not found!", "D/DNS web.test"],
        },
        new("H20 https with a CA before the time is set",
            "rtc.set({year=2000,mon=1,day=1,hour=0,min=0,sec=0}) " +
            "begin() took((http.request('GET', 'https://web.test/', nil, nil, nil, '-----BEGIN').wait()))",
            "-5,1300..1500")
        {
            Services = Web, Lines = ["network_state_shakehand 811:0x2700, 3", "E/http http_ctrl close 00000002 -1"],
        },
        new("H21 a callback on chunks",
            "get('http://web.test/chunks', {callback = function(n, got) total = got if n ~= 0 then show(n) end end}) " +
            "show(total)", "200,table,1000,170..300|1000") { Services = Web },
    ];

    private static ReferenceRow[] HttpFiles =>
    [
        new("H14 a download", "get('http://web.test/thousand', {dst = '/d'}) show(io.fileSize('/d'))",
            "200,table,1000,170..300|1000") { Services = Web },
        new("H15 a download that is not there", "get('http://web.test/none', {dst = '/d'}) show(io.exists('/d'))",
            "404,table,7,170..260|false") { Services = Web, Lines = ["W/http download fail, remove file /d"] },
        new("H16 a download and fota", "get('http://web.test/', {dst = '/d', fota = true})", "-4,nil,nil,0..5")
        {
            Services = Web, Lines = ["E/http Only one can be selected for FOTA and Download"],
        },
    ];

    private static ReferenceRow[] Ftp =>
    [
        new("F2 a wrong password", Login("locked.test", "'u', 'x'"), "false")
        {
            Services = Files, Lines = ["E/ftp ftp login wrong"],
        },
        new("F3 an unknown user", Login("locked.test", "'x', 'x'"), "false")
        {
            Services = Files, Lines = ["E/ftp ftp username wrong"],
        },
        new("F4 a host that does not answer", "begin() took(ftp.login(nil, 'files.test', 2121, 'u', 'p').wait())",
            "false,100..30100")
        {
            Services = Files, Seconds = 60, Lines = ["E/ftp ftp network_connect fail"],
        },
        new("F5 a command before the login", "show(ftp.command('NOOP').wait())", "-8")
        {
            Lines = ["E/ftp please login first", "E/ftp ftp command fail"],
        },
        new("F6 a command that it does not know", Login("files.test") + "show(ftp.command('SIZE a').wait())", "true|-8")
        {
            Services = Files, Lines = ["E/ftp not support cmd:SIZE a", "E/ftp ftp command fail"],
        },
        new("F7 a file that is not there",
            Login("files.test") + "show(ftp.pull('/l', 'none').wait()) show(io.fileSize('/l'))", "true|false|0")
        {
            Services = Files,
        },
        new("F8 the server ends an idle session",
            Login("files.test") + "sys.wait(305000) show(ftp.command('NOOP').wait())", "true|false")
        {
            Services = Files, Seconds = 330, Lines = ["E/ftp ftp network error"],
        },
        new("F9 a second login",
            Login("files.test") + Login("files.test") + "show(ftp.command('NOOP').wait())", "true|-1|-8")
        {
            Services = Files, Lines = ["E/ftp ftp already login, please close first", "E/ftp ftp login fail"],
        },
        // FC:545-565: only the line tells it; the result is true where the server answers anything.
        new("F10 a file that is larger than the heap",
            "f = io.open('/big', 'wb') for i = 1, 64 do f:write(('x'):rep(4096)) end f:close() " +
            Login("files.test") + "show(ftp.push('/big', 'big').wait())", "true|true")
        {
            Services = Files, Seconds = 60, Lines = ["E/ftp upload not finish !!!"],
        },
    ];

    private static ReferenceRow[] Ntp =>
    [
        new("N1 the link is up", Watch + "socket.sntp()", "NTP_UPDATE,120..240")
        {
            Lines = ["D/sntp query ntp.aliyun.com", "D/DNS ntp.aliyun.com", "D/sntp Unix timestamp: "],
        },
        new("N2 called before the link",
            "sys.wait(2700) " + Watch + "socket.sntp() sys.waitUntil('IP_READY') show('IP_READY')",
            "IP_READY|NTP_UPDATE,1540..1560|NTP_UPDATE,1600..1640") { IsEarly = true, Missing = ["W/sntp timeout"] },
        new("N3 no link at all", Watch + "socket.sntp()", "NTP_ERROR,5990..6020")
        {
            IsEarly = true, Acts = ["0s drop coverage"],
            Lines =
            [
                "D/sntp query", "W/sntp timeout send ntp_error", "D/sntp 前一个ntp服务器未响应,尝试下一个",
                "D/sntp query", "W/sntp timeout send ntp_error", "D/sntp query", "W/sntp timeout send ntp_error",
            ],
        },
        new("N4 the first server is silent", Watch + "socket.sntp()", "NTP_UPDATE,2120..2240")
        {
            Services = [Does("ntp://ntp.aliyun.com=silent")],
        },
        new("N5 the link is lost in the middle", "sys.wait(4000) " + Watch + "socket.sntp()", "NTP_ERROR,4300..4700")
        {
            Acts = ["5s drop coverage"],
            Lines =
            [
                "D/sntp query ntp.aliyun.com", "D/sntp timer在运行, 关闭之", "D/sntp 前一个ntp服务器未响应,尝试下一个",
                "D/sntp query ntp.ntsc.ac.cn", "W/sntp timeout send ntp_error",
            ],
        },
        new("N6 called twice", Watch + "socket.sntp() socket.sntp()", "NTP_UPDATE,120..240")
        {
            Lines = ["I/sntp sntp is running"],
        },
        new("N7 a name of 31 characters", Watch + "socket.sntp(('n'):rep(31))", "NTP_UPDATE,120..240")
        {
            Lines = ["E/sntp server_addr too long", "D/sntp query ntp.aliyun.com"],
        },
        new("N8 ntptm before any synchronisation", "show(socket.ntptm().vaild)", "nil"),
        new("N9 the second time", Watch + "socket.sntp() sys.wait(1000) socket.sntp()",
            "NTP_UPDATE,120..240|NTP_UPDATE,1100..1300")
        {
            Lines = ["D/sntp 修正网络延时(ms) 0 -> "],
        },
        new("N10 eight slots are taken",
            "all = {} for i = 1, 8 do all[i] = socket.create(nil, told) end " + Watch + "socket.sntp()",
            "NTP_ERROR,0..5")
        {
            Lines = ["network_alloc_ctrl 1381:adapter no more ctrl!", "E/sntp network_alloc_ctrl fail"],
        },
    ];

    private const string Watch =
        "sys.subscribe('NTP_UPDATE', function() took('NTP_UPDATE') end) " +
        "sys.subscribe('NTP_ERROR', function() took('NTP_ERROR') end) begin() ";

    private static string Login(string host, string who = "'u', 'p'") =>
        $"show(ftp.login(nil, '{host}', 21, {who}).wait()) ";
}
