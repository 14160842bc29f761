using System.Globalization;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Ftp;

/// <summary>The FTP client with a server, row by row (reference-net §5.1 and §10.8).</summary>
public sealed class FtpClientTests
{
    private readonly FakeAir _air = new();
    private readonly FtpPeer _peer;

    public FtpClientTests() => _peer = new FtpPeer(_air);

    private FakeBench Run(string script, double seconds = 15, string login = "'user', 'pass'") => new FakeBench($$"""
        sys = require("sys")
        require("sysplus")
        sys.taskInit(function()
            local function ask(name, ...) print(name, ftp[name](...).wait()) end
            sys.waitUntil("IP_READY")
            ask("login", nil, "ftp.test", 21, {{login}})
            {{script}}
        end)
        sys.run()
        """)
    { Air = _air }.PowerOn().RunTo(seconds);

    private static string[] Results(FakeBench bench) => [.. bench.Lines.Where(
        line => line.Split('\t') is ["login" or "command" or "pull" or "push" or "close" or "file", _, ..])];

    [Fact]
    public void A_session_with_every_command_gives_the_replies()
    {
        var bench = Run("""
            for _, line in ipairs({"NOOP", "SYST", "TYPE I", "PWD", "MKD a", "CWD /a", "CDUP", "RMD a"}) do
                ask("command", line)
            end
            ask("command", "LIST")
            ask("pull", "/local", "file")
            print("file", io.readFile("/local"))
            ask("command", "DELE file")
            ask("push", "/local", "other")
            ask("close")
            print("slots", type(mqtt.create(nil, "h", 1)))
            """);
        Results(bench).ShouldBe(
        [
            "login\ttrue", "command\t200 ok\r\n", "command\t215 UNIX\r\n", "command\t200 ok\r\n",
            "command\t257 \"/\" here\r\n", "command\t200 ok\r\n", "command\t200 ok\r\n", "command\t200 ok\r\n",
            "command\t200 ok\r\n", "command\t-rw-r--r-- file\r\n", "pull\ttrue", "file\thello", "command\t200 ok\r\n",
            "push\ttrue", "close\t221 Goodbye.\r\n",
        ], bench.Dump());
        _peer.Uploaded.ToString().ShouldBe("hello");
        _peer.DataHosts.ShouldBe(["203.0.113.7", "203.0.113.7", "203.0.113.7"]);
        _peer.Lines[..3].ShouldBe(["USER user", "PASS pass", "NOOP"]);
    }

    /// <summary>L:components/network/libftp/luat_ftp_client.c, where debug_onoff is looked at.</summary>
    [Fact]
    public void Debug_shows_what_the_client_does()
    {
        const string wait = "luat_ftp_cmd_recv network_wait_rx ret:0 is_break:0 is_timeout:0";
        string[] passive =
        [
            "luat_ftp_cmd_send data:PASV~", wait,
            "luat_ftp_pasv_connect cmd_recv_data 227 Entering Passive Mode (10,0,0,1,19,137)~",
            "data_addr:10.0.0.1 data_port:5001", "g_s_ftp.network->addr:ftp.test",
            "data_addr:ftp.test data_port:5001", "ftp pasv_connect ok",
        ];
        var bench = Run("""
            for _, line in ipairs({"NOOP", "PWD", "CWD /a"}) do ask("command", line) end
            ask("command", "LIST")
            ftp.debug("no boolean")
            ask("pull", "/local", "file")
            ask("push", "/local", "other")
            ftp.debug(false)
            ask("close")
            """, login: "'user', 'pass', ftp.debug(true)");
        var lines = bench.Lines.Where(line => line.StartsWith("D/ftp ", StringComparison.Ordinal))
            .Select(line => line["D/ftp ".Length..].Replace("\r\n", "~", StringComparison.Ordinal))
            .ToLookup(line => line.Contains("data_callback") || line.StartsWith("ftp data", StringComparison.Ordinal));
        lines[false].ShouldBe(
        [
            wait, "ftp connect ok", "luat_ftp_cmd_send data:USER user~", wait, "ftp username ok",
            "luat_ftp_cmd_send data:PASS pass~", wait, "ftp login ok",
            "command: NOOP", "luat_ftp_cmd_send data:NOOP~", wait,
            "command: RMD", "luat_ftp_cmd_send data:PWD~", wait,
            "command: CWD", "luat_ftp_cmd_send data:CWD /a~", wait, "ftp COMMAND wrong",
            "command: LIST", .. passive, "luat_ftp_cmd_send data:LIST~", wait, "150 coming~", wait, "226 done~",
            .. passive, "luat_ftp_cmd_send data:RETR file~", wait, "150 coming~", wait, "226 done~",
            .. passive, "luat_ftp_cmd_send data:STOR other~", wait, "150 go on~", "luat_ftp_data_send data:5",
            "offset:5 file_size:5", wait,
        ], bench.Dump());
        lines[true].ShouldContain("luat_ftp_data_callback 2 0");
        lines[true].ShouldContain("ftp data upload done!");
        lines[true].Count(line => line == "ftp data channel close").ShouldBe(3);
    }

    [Fact]
    public void Steps_take_the_times_of_the_trace()
    {
        var bench = Run(
            "ask('command', 'NOOP') ask('command', 'LIST') ask('pull', '/l', 'file') ask('push', '/l', 'x')");
        var at = bench.Log.Where(line => line.Text.Split('\t')[0] is "login" or "command" or "pull" or "push")
            .Select(line => line.At.TotalMilliseconds).ToArray();
        at.Length.ShouldBe(5, bench.Dump());
        (at[1] - at[0]).ShouldBeInRange(60 * 0.8, 90 * 1.2);
        (at[2] - at[1]).ShouldBeInRange(400 * 0.8, 400 * 1.2);
        (at[3] - at[2]).ShouldBeInRange(480 * 0.6, 480 * 1.2);
        (at[4] - at[3]).ShouldBeInRange(800 * 0.4, 800 * 1.2);
    }

    [Theory]
    [InlineData("'user', 'no'", "ftp login wrong")]
    [InlineData("'nobody', 'pass'", "ftp username wrong")]
    [InlineData("('u'):rep(64), ('p'):rep(64)", "ftp login wrong")]
    public void A_wrong_login_gives_false_and_ends_the_session(string login, string line)
    {
        var bench = Run("ask('command', 'NOOP')", login: login);
        Results(bench).ShouldBe(["login\tfalse", "command\t-8"]);
        bench.Lines.ShouldContain("E/ftp " + line);
        bench.Lines.ShouldContain("E/ftp ftp login fail");
        bench.Lines.ShouldContain("E/ftp please login first");
        bench.Lines.ShouldContain("E/ftp ftp command fail");
    }

    [Fact]
    public void A_refused_connection_gives_false()
    {
        _air.Refuses = true;
        var bench = Run("");
        Results(bench).ShouldBe(["login\tfalse"]);
        bench.Lines.ShouldContain("E/ftp ftp network_connect fail");
    }

    [Fact]
    public void A_server_that_is_not_ready_gives_false()
    {
        _peer.Greeting = "421 busy\r\n";
        var bench = Run("");
        Results(bench).ShouldBe(["login\tfalse"]);
        bench.Lines.ShouldContain("E/ftp ftp connect error");
    }

    [Fact]
    public void A_silent_server_is_waited_for_for_30_seconds()
    {
        _peer.Greeting = "";
        _air.Server = null;
        _air.Other = null;
        var bench = Run("", 50);
        Results(bench).ShouldBe(["login\tfalse"]);
        (bench.Line("login").At - bench.Line("D/DNS ftp.test").At).TotalSeconds.ShouldBe(30, 0.5);
    }

    [Theory]
    [InlineData("command", "'SIZE a'", "-8", "E/ftp not support cmd:SIZE a", "E/ftp ftp command fail")]
    [InlineData("command", "'noop'", "-8", "E/ftp not support cmd:noop")]
    [InlineData("pull", "'/luadb/x', 'file'", "-8", "E/ftp open download file fail /luadb/x", "E/ftp ftp pull fail")]
    [InlineData("push", "'/none', 'file'", "-4", "E/ftp open download file fail /none", "E/ftp ftp push fail")]
    [InlineData("pull", "'/local', 'missing'", "false")]
    [InlineData("login", "nil, 'ftp.test'", "-1", "E/ftp ftp already login, please close first",
        "E/ftp ftp login fail")]
    public void A_call_that_is_refused_gives_its_code(
        string name, string arguments, string result, params string[] lines)
    {
        var bench = Run($"ask('{name}', {arguments})");
        Results(bench)[1].ShouldBe($"{name}\t{result}");
        foreach (var line in lines) bench.Lines.ShouldContain(line, bench.Dump());
    }

    [Fact]
    public void A_file_that_the_server_lacks_leaves_an_empty_one()
    {
        var bench = Run("ask('pull', '/local', 'missing') print('file', io.exists('/local'), io.fileSize('/local'))");
        bench.Lines.ShouldContain("file\ttrue\t0");
    }

    [Fact]
    public void An_idle_session_that_the_server_closes_is_gone_with_the_next_call()
    {
        var bench = Run("sys.wait(5000) ask('command', 'NOOP') ask('command', 'NOOP')", 9);
        bench = Run("sys.wait(5000) ask('command', 'NOOP') ask('command', 'NOOP')", 7);
        bench.At(7, new AirEvent.TcpClosed(_peer.Control, Reset: false));
        bench.RunTo(15);
        bench.Lines.ShouldContain("E/ftp ftp network error");
        Results(bench).ShouldBe(["login\ttrue", "command\tfalse", "command\t-8"], bench.Dump());
    }

    [Fact]
    public void A_second_call_while_one_runs_is_ignored_by_the_task()
    {
        var bench = Run("ftp.command('NOOP') ask('command', 'PWD')");
        bench.Lines.ShouldContain("E/ftp last cmd not finish, ignore 2,0,0,0");
        Results(bench)[1].ShouldBe("command\t200 ok\r\n");
    }

    [Fact]
    public void Memory_and_sockets_come_back_with_the_end_of_the_session()
    {
        var bench = Run("""
            ask("close")
            local _, before = rtos.meminfo("sys")
            ask("login", nil, "ftp.test", 21, "user", "pass")
            ask("command", "LIST")
            ask("close")
            local _, after = rtos.meminfo("sys")
            print("mem", before == after)
            """);
        bench.Lines.ShouldContain("mem\ttrue", bench.Dump());
    }

    [Fact]
    public void A_public_address_of_the_server_is_used_as_it_is()
    {
        _peer.PassiveReply = "227 (198,51,100,9,19,137)\r\n";
        Run("ask('command', 'LIST')");
        _peer.DataHosts.ShouldBe(["198.51.100.9"]);
    }

    [Fact]
    public void A_number_of_the_passive_reply_ends_where_its_digits_end()
    {
        _peer.PassiveReply = "227 (198,51,100,9, 19x,137)\r\n";
        var bench = Run("ask('command', 'LIST')");
        bench.Notices.ShouldNotBeEmpty();
        _peer.PassiveReply = "227 (198,51,100,9,19,137)and, more\r\n";
        Run("ask('command', 'LIST')");
        _peer.DataHosts.ShouldBe(["198.51.100.9"]);
    }

    [Fact]
    public void A_data_connection_that_closes_late_keeps_its_socket_and_refuses_the_next()
    {
        _peer.ClosesData = false;
        var bench = Run("ask('command', 'LIST') sys.wait(2000) ask('command', 'LIST') ask('pull', '/l', 'file')");
        Results(bench)[1..].ShouldBe(["command\t-rw-r--r-- file\r\n", "command\tfalse", "pull\ttrue"], bench.Dump());
        bench.Lines.ShouldContain("E/ftp data_netc already create");
    }

    [Fact]
    public void A_command_that_comes_before_the_list_is_asked_for_is_sent_in_its_place()
    {
        var bench = Run("ftp.command('LIST') sys.wait(1) ask('command', 'NOOP')");
        Results(bench)[1].ShouldBe("command\tfalse", bench.Dump());
        _peer.Lines[2..].ShouldBe(["PASV", "NOOP"]);
    }

    [Fact]
    public void A_refused_login_leaves_the_stack_of_the_task_that_it_took_the_session_from()
    {
        var bench = Run("""
            ask("close")
            local _, before = rtos.meminfo("sys")
            ask("login", nil, "ftp.test", 21, "user", "pass")
            ask("login", nil, "ftp.test", 21, "user", "pass")
            local _, after = rtos.meminfo("sys")
            print("lost", after - before)
            ask("login", nil, "ftp.test", 21, "user", "pass")
            """);
        int.Parse(bench.Line("lost").Text[5..], CultureInfo.InvariantCulture).ShouldBeInRange(2048, 2080);
        Results(bench)[2..].ShouldBe(["login\ttrue", "login\t-1", "login\ttrue"]);
    }

    [Theory]
    [InlineData("{client_cert = 'x'}", false)]
    [InlineData("{client_cert = 'x', client_key = 'y'}", false)]
    [InlineData("{client_cert = 'x', client_key = 'y', client_password = ''}", true)]
    [InlineData("true", true)]
    public void A_client_certificate_needs_its_key_and_password(string tls, bool works) =>
        Run($"print('tls', pcall(ftp.login, nil, 'h', 21, '', '', {tls}))").Line("tls\t").Text
            .ShouldStartWith(works ? "tls\ttrue" : "tls\tfalse\tftp.login with a client certificate that has no key");
}
