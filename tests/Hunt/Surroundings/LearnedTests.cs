using AirHil.Hunt.Surroundings;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Tests;

namespace AirHil.Hunt.Tests.Surroundings;

public sealed class LearnedTests
{
    [Theory]
    [InlineData(
        "websocket.create(nil, 'ws://a.example:81/up'):connect()",
        "a service at \"ws://a.example:81/up\" that echoes")]
    [InlineData("mqtt.create(nil, 'b.example', 1883):connect()", "a broker at \"mqtt://b.example\"")]
    [InlineData("mqtt.create(nil, '10.1.2.3', 1884):connect()", "a broker at \"mqtt://10.1.2.3:1884\"")]
    [InlineData(
        "http.request('GET', 'http://c.example/x').wait()",
        "a service at \"http://c.example/\" that does \"200 ok\"")]
    [InlineData(
        "http.request('GET', 'http://10.1.2.4:8080/x').wait()",
        "a service at \"http://10.1.2.4:8080/\" that does \"200 ok\"")]
    [InlineData("ftp.login(nil, 'd.example', 21, 'u', 'p').wait()", "an FTP server at \"ftp://d.example\"")]
    [InlineData("ftp.login(nil, '10.1.2.5', 21, 'u', 'p').wait()", "an FTP server at \"ftp://10.1.2.5\"")]
    [InlineData(
        "local s = socket.create(nil, function(c, e) if e == socket.ON_LINE then socket.tx(c, 'hello') end end) " +
        "socket.config(s) socket.connect(s, 'e.example', 9000)",
        "a service at \"tcp://e.example:9000\" that echoes")]
    [InlineData(
        "local s = socket.create(nil, function(c, e) if e == socket.ON_LINE then socket.tx(c, 'hello') end end) " +
        "socket.config(s, nil, true) socket.connect(s, 'f.example', 9001)",
        "a service at \"udp://f.example:9001\" that echoes")]
    [InlineData(
        "mqtt.create(nil, '10.1.2.5', 8883, true):connect()", "a broker at \"mqtts://10.1.2.5\"")]
    [InlineData(
        "http.request('GET', 'https://10.1.2.6/x').wait()",
        "a service at \"https://10.1.2.6/\" that does \"200 ok\"")]
    [InlineData(
        "websocket.create(nil, 'wss://10.1.2.7:9443/up'):connect()",
        "a service at \"wss://10.1.2.7:9443/up\" that echoes")]
    [InlineData(
        "websocket.create(nil, 'ws://g.example/x?q=\"1\"'):connect()",
        "a service at 'ws://g.example/x?q=\"1\"' that echoes")]
    public void A_service_speaks_the_protocol_in_which_it_is_called(string call, string step) =>
        Steps($"sys.taskInit(function() sys.waitUntil('IP_READY') {call} end)").ShouldBe([step]);

    [Fact]
    public void A_service_that_the_script_finds_behind_another_is_found_too() => Steps(
        """
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          if http.request("GET", "http://first.example/").wait() == 200 then
            mqtt.create(nil, "second.example", 1883):connect()
          end
        end)
        """).ShouldBe(
        ["a service at \"http://first.example/\" that does \"200 ok\"", "a broker at \"mqtt://second.example\""]);

    [Fact]
    public void A_service_that_the_script_calls_late_is_found_too() => Steps(
        "sys.timerStart(function() mqtt.create(nil, 'late.example', 1883):connect() end, 90000)").ShouldBe(
        ["a broker at \"mqtt://late.example\""]);

    [Fact]
    public void An_answer_has_the_members_that_the_script_reads() => Steps(
        """
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          while true do
            local _, _, body = http.request("GET", "http://a.example/").wait()
            sys.wait(json.decode(body).setup.period * 1000)
          end
        end)
        """).ShouldHaveSingleItem().ShouldContain(" that does '200 {\"setup\":{\"");

    [Fact]
    public void A_service_acknowledges_what_waits_for_it() => Steps(WaitsFor("^GOT (%d+)$")).ShouldBe(
        ["a service at \"ws://a.example/\" that runs \"acknowledge.lua\" with:", "answer=GOT {n}"]);

    [Theory]
    [InlineData("^GOT (%d+)\\r\\n")]
    [InlineData("^GOT (%d+) $")]
    public void An_answer_that_no_table_holds_is_not_tried(string pattern) =>
        Steps(WaitsFor(pattern)).ShouldBe(["a service at \"ws://a.example/\" that echoes"]);

    [Fact]
    public void A_service_to_which_each_answer_is_a_reason_to_send_stays_silent() => Steps(
        """
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local no, client = 0, websocket.create(nil, "ws://a.example/")
          local function send() no = no + 1 client:send("NO " .. no) end
          client:on(function(_, event) if event == "recv" then send() end end)
          client:connect()
          sys.timerLoopStart(send, 10000)
        end)
        """).ShouldBe(["a service at \"ws://a.example/\" that stays silent"]);

    [Fact]
    public void A_line_comes_that_the_script_understands() => Steps(
        """
        uart.setup(2, 9600)
        uart.on(2, "receive", function(id)
          local no = uart.read(id, 100):match("^LEVEL=(%d+);")
          if no then sms.send("13800000000", "level " .. no) end
        end)
        """).ShouldBe(["\"LEVEL={n};\\r\\n\" arrives at UART 2 every 20 s"]);

    [Fact]
    public void A_text_message_comes_to_a_script_that_takes_them() => Steps(
        """
        sys.subscribe("SMS_INC", function(number, text)
          sys.taskInit(function() http.request("POST", "http://a.example/in", nil, text).wait() end)
        end)
        """).ShouldBe(
        [
            "a text message from \"13800000000\" says \"message {n}\" every 20 s",
            "a service at \"http://a.example/\" that does \"200 ok\"",
        ]);

    [Fact]
    public void A_text_message_is_from_the_owner_and_an_order_that_the_script_understands() => Steps(
        """
        sms.setNewSmsCb(function(number, text)
          local level = text:match("^LEVEL (%d+)$")
          if number == "13912345678" and level then sms.send(number, "level " .. level) end
        end)
        """).ShouldBe(["a text message from \"13912345678\" says \"LEVEL {n}\" every 20 s"]);

    [Fact]
    public void A_name_that_no_host_can_have_is_no_service() => Steps(
        "sys.taskInit(function() sys.waitUntil('IP_READY') mqtt.create(nil, '', 1883):connect() end)").ShouldBe([]);

    [Fact]
    public void A_device_answers_what_the_script_asks() => Steps(
        """
        uart.setup(1, 9600)
        local got
        uart.on(1, "receive", function(id) got = uart.read(id, 100):match("^T:(%d+)") or got end)
        sys.timerLoopStart(function()
          uart.write(1, "TEMP?\r\n")
          if got then log.info("temperature", got) end
        end, 5000)
        """).ShouldBe(["a device on UART 1 that answers \"T:7\\r\\n\" to \"TEMP?\""]);

    [Fact]
    public void A_modbus_slave_has_the_registers_that_are_read() => Steps(
        """
        uart.setup(1, 9600)
        local got
        uart.on(1, "receive", function(id) got = uart.read(id, 100) end)
        sys.timerLoopStart(function()
          local ask = string.char(9, 3, 0, 16, 0, 1)
          uart.write(1, ask .. string.pack("<I2", crypto.crc16_modbus(ask)))
          if got and #got == 7 then log.info("register", got:byte(5)) end
        end, 5000)
        """).ShouldBe(["a peer \"modbus-slave.lua\" on UART 1 with:", "unit=9", "register 16=236"]);

    [Fact]
    public void A_line_is_tried_once_though_a_calmer_one_and_a_better_one_follow_each_other()
    {
        var learned = Learn(
            """
            local no, fast, client = 0, nil, nil
            local function send() no = no + 1 client:send("NO " .. no) end
            sys.taskInit(function()
              sys.waitUntil("IP_READY")
              client = websocket.create(nil, "ws://a.example/")
              client:connect()
            end)
            uart.setup(1, 115200)
            uart.on(1, "receive", function(id)
              local first = uart.read(id, 100):byte(1)
              if first == 123 then fast = fast or sys.timerLoopStart(send, 100) end
              if first == 79 then send() end
            end)
            """);
        learned.Neighbours[^1].Step.ShouldBe("\"OK\\r\\n\" arrives at UART 1 every 5 s");
        learned.Tried.ShouldBeLessThan(30);
    }

    [Fact]
    public void A_text_that_is_loaded_twice_under_the_name_of_the_file_is_one_function() => Steps(
        """
        for _ = 1, 2 do load("return 1", "@main.lua")() end
        uart.setup(1, 9600)
        uart.on(1, "receive", function(id) uart.read(id, 100) end)
        """).ShouldBeEmpty();

    [Fact]
    public void A_script_that_calls_nobody_gets_nothing() => Steps("").ShouldBeEmpty();

    private static string[] Steps(string script) =>
    [
        .. Learn(script).Neighbours.SelectMany(
            neighbour => neighbour.Rows.Skip(1).Select(row => $"{row.Name}={row.Value}").Prepend(neighbour.Step)),
    ];

    [Fact]
    public void The_user_may_end_it() => Should.Throw<OperationCanceledException>(() => Learned.Of(
        new BenchOptions(), FirmwareSource.FromText("uart.setup(1, 9600)"), Peer, new CancellationToken(true)));

    private static Learned Learn(string script) => Learned.Of(
        new BenchOptions(),
        FirmwareSource.FromText($"sys = require(\"sys\")\nsysplus = require(\"sysplus\")\n{script}\nsys.run()\n"),
        Peer,
        TestContext.Current.CancellationToken);

    private static PeerScript Peer(string name) =>
        PeerScript.Read(Path.Combine(RepositoryRoot.Path, "fixtures", "peers", name), name);

    /// <summary>A script that sends a number again and again, until an answer of this pattern has it.</summary>
    private static string WaitsFor(string pattern) =>
        $$"""
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local acked, no = 0, 0
          local client = websocket.create(nil, "ws://a.example/")
          client:on(function(_, event, data)
            if event == "recv" then acked = tonumber(data:match("{{pattern}}") or acked) end
          end)
          client:connect()
          sys.wait(3000)
          while true do
            if acked == no then no = no + 1 client:send("NO " .. no) end
            sys.wait(1000)
          end
        end)
        """;
}
