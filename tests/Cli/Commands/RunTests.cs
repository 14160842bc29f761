using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>`airhil run`: the log on standard output and nothing else there, the rest on standard error.</summary>
public sealed partial class RunTests
{
    private const string Uart =
        """
        _G.sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len)
          local s = uart.read(id, 1024)
          if #s > 0 then log.info("got", s:toHex()) uart.write(1, "<" .. s .. ">") end
        end)
        sys.run()
        """;

    private static readonly string Client = EchoClient.For("ws://cloud.example/feed");

    [Fact]
    public async Task The_log_alone_goes_to_standard_output_and_the_summary_to_standard_error()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.Started(folder, "run", folder.Script(Uart), "--for", "6s", "--seed", "7"))
            .ShouldExitWith(0);

        outcome.Lines.ShouldAllBe(line => Stamped().IsMatch(line));
        outcome.Lines.ShouldContain("[000000000.240] I/pm poweron: Power/Reset");
        outcome.Error.ShouldContain("simulated 6 s in ");
        outcome.Error.ShouldContain(", seed 7");
        Hex().IsMatch(outcome.Hash).ShouldBeTrue();
    }

    [Fact]
    public async Task A_script_file_of_any_name_runs_as_main_lua()
    {
        using var folder = new TempFolder();
        folder.Write("other.lua", "error('here')");

        (await Airhil.In(folder, "run", "other.lua", "--for", "1s")).ShouldExitWith(0).Output
            .ShouldContain("main.lua:1: here");
    }

    [Fact]
    public async Task Text_arrives_at_the_uart_with_its_escapes()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(
            folder, "run", folder.Script(Uart), "--for", "6s", "--at", @"2.5s uart '""echo""\r\n\t\\\x00\xfF'",
            "--show", "uart")).ShouldExitWith(0);

        outcome.Output.ShouldContain("I/user.got\t226563686F220D0A095C00FF");
        outcome.Error.ShouldContain("uart1.rx");
        outcome.Error.ShouldContain(@"<""echo""\r\n\t\\\x00\xFF>");
    }

    [Fact]
    public async Task Shown_lanes_change_neither_the_log_nor_the_hash()
    {
        using var folder = new TempFolder();
        folder.Script(Client);
        string[] plain = ["run", "firmware", "--for", "20s", "--service", "ws://cloud.example/feed=echo"];

        var quiet = (await Airhil.In(folder, plain)).ShouldExitWith(0);
        var shown = (await Airhil.In(folder, [.. plain, "--show", "uart,net,service"])).ShouldExitWith(0);

        shown.Output.ShouldBe(quiet.Output);
        shown.Hash.ShouldBe(quiet.Hash);
        shown.Error.ShouldContain("ws.text.in");
        quiet.Error.ShouldNotContain("ws.text.in");
    }

    [Fact]
    public async Task The_network_lane_tells_what_packets_carry()
    {
        using var folder = new TempFolder();
        folder.Script(
            """
            sys, sysplus = require("sys"), require("sysplus")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = mqtt.create(nil, "broker.test", 1883)
                c:auth("me")
                c:on(function(_, event) if event == "conack" then c:publish("a/b", "hello", 1) end end)
                c:connect()
                http.request("GET", "http://web.test/a?b=1").wait()
            end)
            sys.run()
            """);

        var shown = (await Airhil.In(
            folder, "run", "firmware", "--for", "9s", "--show", "net", "--service", "mqtt://broker.test=broker",
            "--service", "http://web.test/=200 fine")).ShouldExitWith(0).Error;

        shown.ShouldMatch(@"tcp\.tx +#\d broker\.test:1883  CONNECT\n");
        shown.ShouldMatch(@"tcp\.tx +#\d broker\.test:1883  PUBLISH a/b\n");
        shown.ShouldMatch(@"tcp\.rx +#\d broker\.test:1883  PUBACK\n");
        shown.ShouldMatch(@"tcp\.tx +#\d web\.test:80  GET /a\?b=1 HTTP/1\.1\n");
        shown.ShouldMatch(@"tcp\.rx +#\d web\.test:80  HTTP/1\.1 200 OK\n");
    }

    [Theory]
    [InlineData("httpplus", "it is one of the vendor's script libraries, which Luatools adds to a download. Give the " +
        "folder that holds httpplus.lua with --lib FOLDER or AIRHIL_LIB.")]
    [InlineData("mine", "put mine.lua beside main.lua, or give the folder that holds it with --lib FOLDER")]
    public async Task A_module_that_is_missing_is_told_with_what_would_help(string module, string help)
    {
        using var folder = new TempFolder();
        (await Airhil.In(folder, "run", folder.Script($"require('{module}')"), "--for", "1s")).ShouldExitWith(0)
            .Error.ShouldContain($"require found no '{module}': {help}");
    }

    [Fact]
    public async Task A_service_of_ones_own_echoes_and_pushes_and_an_unknown_host_gets_a_hint()
    {
        using var folder = new TempFolder();
        folder.Script(Client);

        var with = (await Airhil.In(
            folder, "run", "firmware", "--for", "20s", "--service", "ws://cloud.example/feed=echo", "--at",
            "15s push 'news'")).ShouldExitWith(0);
        var without = (await Airhil.In(folder, "run", "firmware", "--for", "20s")).ShouldExitWith(0);

        with.Output.ShouldContain("I/user.ws\trecv\thello");
        with.Output.ShouldContain("I/user.ws\trecv\tnews");
        without.Output.ShouldNotContain("conack");
        without.Error.ShouldContain("unknown host: cloud.example failed in DNS");
        without.Error.ShouldContain("--service ws://cloud.example/=echo");
    }

    [Theory]
    [InlineData("push 'x' to ws://none.test/", "there is no service at ws://none.test/; there are ws://echo.")]
    [InlineData("push 'x' to mqtt://broker.test/a+/b", "'a+/b' is no topic to publish to")]
    [InlineData("push 'x' to http://web.test", "http://web.test/ only answers")]
    [InlineData("push 'x' to nowhere", "'nowhere' is not the URL of a service")]
    [InlineData("ping 'x' to ws://none.test/", "there is no service at ws://none.test/")]
    [InlineData("modem '9' reset", "there is no modem '9' on the bench; there are: 1")]
    public async Task An_act_on_what_is_not_there_is_told_before_the_run(string act, string why)
    {
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.run()");

        (await Airhil.In(
            folder, "run", "firmware", "--for", "9s", "--service", "mqtt://broker.test=broker", "--service",
            "http://web.test=200 x", "--at", $"5s {act}")).ShouldExitWith(4).Error.ShouldStartWith(
            $"airhil: --at \"5s {act}\": {why}");
    }

    [Theory]
    [InlineData("client sends 'x'", "no client is connected to the module")]
    [InlineData("client resets", "no client is connected to the module")]
    [InlineData("push 'x'", "the service sent a message that reached nobody: no client was connected, or none had")]
    public async Task An_act_that_reaches_nobody_is_told_behind_the_run(string act, string why)
    {
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.run()");

        (await Airhil.In(folder, "run", "firmware", "--for", "3s", "--at", $"1s {act}", "--at", $"2s {act}"))
            .ShouldExitWith(0).Error.ShouldContain($"1 notice:\n  {why}");
    }

    [Fact]
    public async Task Services_that_cannot_be_together_are_told_before_the_run()
    {
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.run()");

        (await Airhil.In(folder, "run", "firmware", "--service", "tcp://a:80=echo", "--service", "http://a=200 x"))
            .ShouldExitWith(4).Error.ShouldStartWith("airhil: --service http://a/: http://a/ and tcp://a:80 cannot");
    }

    [Theory]
    [InlineData("http.request('GET', 'http://cloud.example/x')", "'http://cloud.example/=200 hello'")]
    [InlineData("http.request('GET', 'https://cloud.example:81')", "'https://cloud.example:81/=200 hello'")]
    [InlineData("mqtt.create(nil, 'cloud.example', 1883):connect()", "mqtt://cloud.example=broker")]
    [InlineData("socket.sntp('cloud.example')", "ntp://cloud.example=right")]
    [InlineData("websocket.create(nil, 'wss://cloud.example/a'):connect()", "wss://cloud.example/=echo")]
    [InlineData(
        "local s = socket.create(nil, print) socket.config(s) socket.connect(s, 'cloud.example', 7)",
        "tcp://cloud.example:7=echo")]
    [InlineData(
        "local s = socket.create(nil, print) socket.config(s, nil, true) socket.connect(s, 'cloud.example', 7)",
        "udp://cloud.example:7=echo")]
    public async Task An_unknown_host_is_proposed_as_what_the_script_asked_for(string call, string service)
    {
        using var folder = new TempFolder();
        folder.Script(
            $"sys = require('sys') require('sysplus') sys.taskInit(function() sys.waitUntil('IP_READY') {call} end) " +
            "sys.run()");

        (await Airhil.In(folder, "run", "firmware", "--for", "20s")).ShouldExitWith(0).Error
            .ShouldContain($"unknown host: cloud.example failed in DNS, as on the module; put it on the air with " +
                $"--service {service}\n");
    }

    [Theory]
    [InlineData("12s drop connection", "I/user.ws\tdisconnect")]
    [InlineData("12s drop coverage for 10s", "IP_LOSE")]
    public async Task A_fault_acts_on_the_air(string at, string line)
    {
        using var folder = new TempFolder();
        string[] arguments =
        [
            "run",
            folder.Script(
                Client.Replace("sys.run()", "sys.subscribe('IP_LOSE', function() log.info('IP_LOSE') end) sys.run()",
                    StringComparison.Ordinal)), "--for", "40s", "--service", "ws://cloud.example/feed=echo",
        ];

        (await Airhil.In(folder, arguments)).ShouldExitWith(0).Output.ShouldNotContain(line);
        (await Airhil.In(folder, [.. arguments, "--at", at])).ShouldExitWith(0).Output.ShouldContain(line);
    }

    [Fact]
    public async Task Power_and_reset_start_the_module_again()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(
            folder, "run", folder.Script(Uart), "--for", "12s",
            "--at", "3s power off", "--at", "5s power on", "--at", "8s reset")).ShouldExitWith(0);

        outcome.Lines.Count(line => line.EndsWith("I/pm poweron: Power/Reset", StringComparison.Ordinal)).ShouldBe(3);
        outcome.Error.ShouldContain("1 reset:");
        outcome.Error.ShouldContain("at 8 s: reset line");
    }

    [Theory]
    [InlineData("error('x')", 1)]
    [InlineData("wdt.init(9000) while true do end", 1)]
    [InlineData("_G.sys = require('sys') sys.run()", 0)]
    [InlineData("_G.sys = require('sys') sys.timerStart(rtos.reboot, 1000) sys.run()", 0)]
    public async Task Strict_fails_on_a_vm_exit_and_on_a_watchdog_reset_alone(string script, int code)
    {
        using var folder = new TempFolder();

        (await Airhil.In(folder, "run", folder.Script(script), "--for", "20s", "--strict")).ShouldExitWith(code);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_hash_and_another_seed_another()
    {
        using var folder = new TempFolder();
        folder.Script(Client);

        async Task<string> Hash(string seed) =>
            (await Airhil.In(folder, "run", "firmware", "--for", "20s", "--seed", seed)).ShouldExitWith(0).Hash;

        var one = await Hash("1");
        (await Hash("1")).ShouldBe(one);
        (await Hash("2")).ShouldNotBe(one);
    }

    [Fact]
    public async Task Bits_and_start_reach_the_script()
    {
        using var folder = new TempFolder();
        folder.Script(
            "_G.sys = require('sys') log.info('max', math.maxinteger) sys.subscribe('NTP_UPDATE', print) " +
            "sys.timerStart(function() log.info('date', os.date('%Y-%m-%d')) end, 10000) sys.run()");

        var narrow = (await Airhil.In(folder, "run", "firmware", "--for", "1s")).ShouldExitWith(0);
        var wide = (await Airhil.In(folder, "run", "firmware", "--for", "12s", "--bits", "64", "--start", "2031-02-03"))
            .ShouldExitWith(0);

        narrow.Output.ShouldContain("max\t2147483647\n");
        wide.Output.ShouldContain("max\t9223372036854775807\n");
        wide.Output.ShouldContain("I/user.date\t2031-02-03");
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_is_no_error()
    {
        using var folder = new TempFolder();
        folder.Script("_G.sys = require('sys') sys.timerLoopStart(function() log.info('beat') end, 10) sys.run()");

        var outcome = (await Airhil.Head(folder, "run", "firmware", "--for", "10m")).ShouldExitWith(0);

        outcome.Output.ShouldStartWith("[000000000.009] ");
        outcome.Error.ShouldContain("simulated ");
        // What nobody reads need not be simulated.
        outcome.Error.ShouldNotContain("simulated 10 min");
    }

    [Fact]
    public async Task A_run_that_is_stopped_tells_what_it_came_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "asks a process to end by a POSIX signal");
        using var folder = new TempFolder();
        folder.Script("_G.sys = require('sys') sys.timerLoopStart(function() log.info('beat') end, 100) sys.run()");

        var outcome = await Airhil.Stopped(folder, "run", "firmware", "--for", "10000d");

        outcome.ShouldExitWith(2).Error.ShouldContain("simulated ");
    }

    [Fact]
    public async Task A_busy_run_that_is_stopped_ends_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "asks a process to end by a POSIX signal");
        using var folder = new TempFolder();
        folder.Script(
            "_G.sys = require('sys') while true do for i = 1, 100000 do end log.info('round') wdt.feed() end");

        (await Airhil.Stopped(folder, "run", "firmware", "--for", "10000d")).ShouldExitWith(2);
    }

    [GeneratedRegex(@"^\[\d{9}\.\d{3}\] .")]
    private static partial Regex Stamped();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hex();
}
