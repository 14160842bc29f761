using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Http;

/// <summary>http.request on a module, row by row (reference-net §4 and §10.6).</summary>
public sealed class HttpRequestTests
{
    private const string Head = """
        sys = require("sys")
        require("sysplus")
        local function ask(...)
            local code, headers, body = http.request(...).wait()
            local names = {}
            for name, value in pairs(headers or {}) do names[#names + 1] = name .. "=" .. value end
            table.sort(names)
            print("is", code, table.concat(names, ","), type(body), tostring(body))
        end
        sys.taskInit(function()
            sys.waitUntil("IP_READY")

        """;

    private const string Tail = "\nend)\nsys.run()";

    private readonly FakeAir _air = new();

    private (FakeBench Bench, HttpPeer Peer) Run(string script, double seconds, params string[] answers)
    {
        var peer = new HttpPeer(_air, answers);
        return (new FakeBench(Head + script + Tail) { Air = _air }.PowerOn().RunTo(seconds), peer);
    }

    private static string Result(FakeBench bench) =>
        bench.Lines.FirstOrDefault(line => line.StartsWith("is\t", StringComparison.Ordinal))?[3..] ?? bench.Dump();

    private static double Seconds(FakeBench bench) =>
        (bench.Line("is\t").At - bench.Line("D/mobile NETIF_LINK_ON").At).TotalSeconds;

    public static TheoryData<string, string> Answers => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "200\tContent-Length=2\tstring\thi" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 2<later>\r\n\r\nh<later>i", "200\tContent-Length=2\tstring\thi" },
        { "HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nhi", "200\tcontent-length=2\tstring\thi" },
        { "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200\tContent-Length=0\tstring\t" },
        { "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n", "204\tA=b\tstring\t" },
        { "HTTP/1.1 304 x\r\nA: b\r\n\r\n", "304\tA=b\tstring\t" },
        { "HTTP/1.1 100 Continue\r\n\r\n", "100\t\tstring\t" },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "200\t\tstring\tx" },
        { "HTTP/1.1 100 Continue\r\n\r\n<later>HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "100\t\tstring\t" },
        { "HTTP/1.1 301 x\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
            "301\tContent-Length=0,Location=/b\tstring\t" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n3;x=y\r\n ab\r\n0\r\nT: v\r\n\r\n",
            "200\tTransfer-Encoding=chunked\tstring\thi ab" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked \r\n\r\nA<later>\r\n01234<later>56789\r\n0\r\n\r\n",
            "200\tTransfer-Encoding=gzip, Chunked \tstring\t0123456789" },
        { "HTTP/1.1 200 OK\nA:b\nContent-Length: 1\n\nx", "200\tA=b,Content-Length=1\tstring\tx" },
        { "HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\nContent-Length: 0\r\n\r\n", "200\tA=2,Content-Length=0\tstring\t" },
        { "HTTP/1.1 200 OK\r\nX: 1 a\r\nContent-Length: 0\r\n\r\n", "200\tContent-Length=0,X:= a\tstring\t" },
        { "HTTP/1.1 200 OK\r\nX:\r\nContent-Length: 0\r\n\r\n", "200\tContent-Length=0,X=\tstring\t" },
        { "HTTP/1.1 200 OK\r\nX: a\r\n b:c\r\nContent-Length: 0\r\n\r\n",
            "200\t b=c,Content-Length=0,X=a\tstring\t" },
        { "\r\nHTTP/1.0 404 Not Found\r\nContent-Length: 1\r\n\r\nz", "404\tContent-Length=1\tstring\tz" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n<later>z<close>", "200\tContent-Length=1\tstring\tz" },
        { "HTTP/1.1 206 x\r\nContent-Length: 1 \r\n\r\nz", "206\tContent-Length:= \tstring\tz" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_gives_what_v1112_makes_of_it(string answer, string expected)
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/')", 8, answer);
        Result(bench).ShouldBe(expected);
    }

    /// <summary>What the parser does not take, and what comes of it when the server then closes.</summary>
    [Theory]
    [InlineData("HTTP/1.1 2x0 OK\r\nA: b\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 1000 OK\r\nA: b\r\n\r\n<later><close>")]
    [InlineData("HTTP/x.1 200 OK\r\nA: b\r\n\r\n<later><close>")]
    [InlineData("HTTQ/1.1 200 OK\r\nA: b\r\n\r\n<later><close>")]
    [InlineData("ICY 200 OK\r\nA: b\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nA b\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nA : b\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\u0001\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1 1\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n<later><close>")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b")]
    [InlineData("<later><close>")]
    public void A_malformed_or_missing_head_ends_as_closed(string answer)
    {
        if (!answer.EndsWith(HttpPeer.Close, StringComparison.Ordinal)) answer += "<later><close>";
        var (bench, peer) = Run("ask('GET', 'http://h.test/')", 8, answer);
        Result(bench).ShouldBe("-5\t\tnil\tnil");
        bench.Lines.ShouldContain("E/http http_ctrl close 00000005 -1");
        peer.Requests.Count.ShouldBe(1);
    }

    public static TheoryData<string, string> Requests => new()
    {
        { "'GET', 'http://h.test/a?b=c#d'", "GET /a?b=c#d HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "nil, 'http://h.test'", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'PUT', 'http://h.test:0/'", "PUT / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'GET', 'http://h.test:65617/x y'", "GET /x y HTTP/1.1\r\nHost: h.test:81\r\n\r\n" },
        { "'GET', 'http://h.test:x/'", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'GET', 'http://u:p@h.test/'",
            "GET / HTTP/1.1\r\nHost: h.test:80\r\nAuthorization: Basic dTpw\r\n\r\n" },
        { "'GET', 'http://a:bc@h.test/'", "GET / HTTP/1.1\r\nHost: h.test:80\r\nAuthorization: Basic \r\n\r\n" },
        { "'GET', 'http://h.test/', {A = 'b'}", "GET / HTTP/1.1\r\nHost: h.test:80\r\nA: b\r\n\r\n" },
        { "'GET', 'http://h.test/', {A = 5}", "GET / HTTP/1.1\r\nHost: h.test:80\r\nA: 5\r\n\r\n" },
        { "'GET', 'http://h.test/', {A = ''}", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'GET', 'http://h.test/', {A = {}}", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'GET', 'http://h.test/', {['Content-Length'] = '7'}", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'GET', 'http://h.test/', {host = 'x'}", "GET / HTTP/1.1\r\nhost: x\r\n\r\n" },
        { "'GET', 'http://h.test/', {Host = ''}", "GET / HTTP/1.1\r\n\r\n" },
        { "'POST', 'http://h.test/', nil, 'ab'",
            "POST / HTTP/1.1\r\nHost: h.test:80\r\nContent-Length: 2\r\n\r\nab" },
        { "'GET', 'http://h.test/', nil, ''",
            "GET / HTTP/1.1\r\nHost: h.test:80\r\nContent-Length: 0\r\n\r\n" },
        { "'POST', 'http://h.test/', {A = 'b'}, 12",
            "POST / HTTP/1.1\r\nHost: h.test:80\r\nA: b\r\nContent-Length: 2\r\n\r\n12" },
        { "'POST', 'http://h.test/', nil, {}", "POST / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
        { "'POST', 'http://h.test/', nil, zbuff.create(9, 1)",
            "POST / HTTP/1.1\r\nHost: h.test:80\r\nContent-Length: 0\r\n\r\n" },
        { "'POST', 'http://h.test/', nil, filled('abc')",
            "POST / HTTP/1.1\r\nHost: h.test:80\r\nContent-Length: 3\r\n\r\nabc" },
        { "'GET', 'http://h.test/', nil, filled('abc')", "GET / HTTP/1.1\r\nHost: h.test:80\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_written_as_v1112_writes_it(string arguments, string wire)
    {
        var (bench, peer) = Run(
            "local function filled(s) local b = zbuff.create(64) b:write(s) return b end\nask(" + arguments + ")", 8,
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        peer.Requests.ShouldBe([wire], bench.Dump());
        Result(bench).ShouldStartWith("200\t");
    }

    [Theory]
    [InlineData("'DELETE', 'http://h.test/'", "E/http NOT SUPPORT DELETE")]
    [InlineData("'get', 'http://h.test/'", "E/http NOT SUPPORT get")]
    [InlineData("'ABCDEFGHIJKL', 'http://h.test/'", "E/http method is too long ABCDEFGHIJKL")]
    [InlineData("'GET', 'ftp://x'", "I/http only http/https supported ftp://x")]
    [InlineData("'GET', 'HTTP://h.test'", "I/http only http/https supported HTTP://h.test")]
    [InlineData("'GET', 'http://a.b'", "I/http url too short http://a.b")]
    [InlineData("'GET', 'http:///abcde'", "I/http host not found http:///abcde")]
    [InlineData("'GET', 'http://' .. ('x'):rep(256) .. '/'", "I/http host too long http://x")]
    [InlineData("'GET', 'http://h.test/', nil, nil, {adapter = 10}", "E/http bad network adapter index 10")]
    [InlineData("'GET', 'http://h.test/', nil, nil, {adapter = -1}", "E/http bad network adapter index -1")]
    [InlineData("'GET', 'http://h.test/', nil, nil, {adapter = 4}",
        "network_alloc_ctrl 1363:adapter index 4 is invalid!", "E/http netc create fail")]
    [InlineData("'GET', 'http://h.test/', nil, nil, {fota = true, dst = '/x'}",
        "E/http Only one can be selected for FOTA and Download")]
    public void A_refusal_gives_minus_4_and_its_line(string arguments, params string[] lines)
    {
        var (bench, _) = Run("ask(" + arguments + ")", 6);
        Result(bench).ShouldBe("-4\t\tnil\tnil");
        foreach (var line in lines)
        {
            bench.Lines.ShouldContain(l => l.StartsWith(line, StringComparison.Ordinal), bench.Dump());
        }
    }

    [Theory]
    [InlineData("http.request()", "bad argument #2 to 'request' (string expected, got no value)")]
    [InlineData("http.request('GET', {})", "bad argument #2 to 'request' (string expected, got table)")]
    [InlineData("http.request({}, 'http://h.test')", "bad argument #1 to 'request' (string expected, got table)")]
    [InlineData("http.request('GET', 'http://h.test', {'x'})", "invalid key to 'next'")]
    [InlineData("http.request('GET', 'http://h.test', nil, io)",
        "bad argument #4 to 'request' (ZBUFF* expected, got rotable)")]
    [InlineData("http.request('GET', 'http://h.test', nil, nil, {timeout = 1.5})",
        "bad argument #-1 to 'request' (number has no integer representation)")]
    public void A_wrong_argument_is_an_error_that_keeps_the_socket(string call, string error)
    {
        var (bench, _) = Run(
            $"for i = 1, 9 do print('e', pcall(function() return {call} end)) end\n" +
            "ask('GET', 'http://h.test/', nil, nil, {timeout = 1000})", 8);
        bench.Line("e\tfalse").Text.ShouldContain(error);
        var leaks = !call.Contains("1.5", StringComparison.Ordinal);
        bench.Lines.Contains("E/http netc create fail").ShouldBe(leaks);
        Result(bench).ShouldBe((leaks ? "-4" : "-8") + "\t\tnil\tnil");
    }

    [Fact]
    public void A_request_with_debug_tells_what_it_does()
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/', nil, nil, {debug = true})", 8,
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        var lines = bench.Lines.Where(line => line.StartsWith("D/http ", StringComparison.Ordinal))
            .Select(line => line[7..]).ToList();
        lines[0].ShouldBe("luat_lib_http_callback 2 0 00450000");
        lines.Where(line => !line.StartsWith("luat_lib", StringComparison.Ordinal)).ShouldBe([
            "result:0 rx_len:40", "search headers, buff len 40", "found headers end at 34",
            "on_header_field:Content-Length", "on_header_value:2", "http_ctrl->resp_content_len:2",
            "on_headers_complete", "on_body:hi", "on_body length:2 http_ctrl->body_len:2 status_code:200",
            "on_message_complete", "nParseBytes 40 resp_buff_offset 40", "on_complete", "status_code:200",
            "http close 00450000",
        ]);
        bench.Lines.ShouldContain(line => line.StartsWith("network_default_socket_callback", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chunked_answer_with_debug_tells_its_chunks()
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/', nil, nil, {debug = true, callback = print})", 8,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<later>2\r\nhi\r\n0\r\n\r\n");
        bench.Lines.Where(line => line.StartsWith("D/http ", StringComparison.Ordinal)).Select(line => line[7..])
            .SkipWhile(line => line != "on_headers_complete")
            .Where(line => !line.StartsWith("luat_lib", StringComparison.Ordinal)).ShouldBe([
                "on_headers_complete", "luat_http_callback content_length:0 body_len:0",
                "nParseBytes 47 resp_buff_offset 47", "result:0 rx_len:12", "on_chunk_header", "content_length:2",
                "on_body:hi", "on_body length:2 http_ctrl->body_len:2 status_code:200",
                "luat_http_callback content_length:0 body_len:2", "on_chunk_header", "content_length:0",
                "on_message_complete", "nParseBytes 12 resp_buff_offset 12", "on_complete", "status_code:200",
                "http close 00450000",
            ]);
    }

    [Theory]
    [InlineData("debug = true", true)]
    [InlineData("debug = 1", false)]
    public void A_refused_request_tells_its_end_with_debug_only(string option, bool tells)
    {
        var (bench, _) = Run($"ask('X', 'http://h.test/', nil, nil, {{{option}}})", 8);
        bench.Lines.Contains("D/http http close 00450000").ShouldBe(tells);
    }

    [Fact]
    public void The_result_comes_125_to_160_ms_after_dns()
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/')", 8, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        (bench.Line("is\t").At - bench.Line("D/DNS h.test").At - _air.DnsTime).TotalMilliseconds
            .ShouldBeInRange(125 * 0.8, 160 * 1.2);
    }

    [Fact]
    public void A_closed_port_gives_minus_5()
    {
        _air.Refuses = true;
        var (bench, _) = Run("ask('GET', 'http://h.test/')", 8);
        Result(bench).ShouldBe("-5\t\tnil\tnil");
        bench.Lines.ShouldContain("E/http http_ctrl close 00000002 -1");
    }

    [Fact]
    public void An_unknown_host_gives_minus_5_after_12_s()
    {
        var bench = new FakeBench(Head + "ask('GET', 'http://h.test/')" + Tail)
        {
            Air = new FakeAir { AnswersDns = false },
        }.PowerOn().RunTo(20);
        Result(bench).ShouldBe("-5\t\tnil\tnil");
        Seconds(bench).ShouldBe(12, 0.1);
        bench.Lines.ShouldContain("E/DNS no ipv6, no ipv4");
        bench.Lines.ShouldContain("E/http http_ctrl close 00000002 -1");
    }

    [Fact]
    public void A_silent_server_gives_minus_8_at_the_time_limit()
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/', nil, nil, {timeout = 5000})", 12);
        Result(bench).ShouldBe("-8\t\tnil\tnil");
        Seconds(bench).ShouldBe(5, 0.02);
    }

    [Fact]
    public void Without_a_limit_a_silent_server_is_waited_for_for_ten_minutes_and_with_0_for_ever()
    {
        var (bench, _) = Run("ask('GET', 'http://h.test/')", 620);
        Seconds(bench).ShouldBe(600, 0.02);
        (bench, _) = Run("ask('GET', 'http://h.test/', nil, nil, {timeout = 0})", 900);
        bench.Lines.ShouldNotContain(line => line.StartsWith("is", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_link_the_request_waits_and_the_limit_runs()
    {
        var script = Head.Replace("sys.waitUntil(\"IP_READY\")", "", StringComparison.Ordinal) +
            "ask('GET', 'http://h.test/', nil, nil, {timeout = 1000})" + Tail;
        var bench = new FakeBench(script).PowerOn().RunTo(4);
        Result(bench).ShouldBe("-8\t\tnil\tnil");
        bench.Line("is\t").Tick.TotalSeconds.ShouldBe(1.25, 0.05);
    }

    [Fact]
    public void A_body_of_more_than_4096_bytes_goes_out_piece_by_piece()
    {
        var (bench, peer) = Run("ask('POST', 'http://h.test/', nil, ('x'):rep(9000))", 8,
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        peer.Requests.Single().Length.ShouldBe(
            "POST / HTTP/1.1\r\nHost: h.test:80\r\nContent-Length: 9000\r\n\r\n".Length + 9000, bench.Dump());
        var sent = bench.Air.Requests.Where(r => r.Request is AirRequest.SendTcp { Bytes.Length: > 100 })
            .Select(r => (r.At, ((AirRequest.SendTcp)r.Request).Bytes.Length)).ToList();
        sent.Select(s => s.Length).ShouldBe([4096, 4096, 808]);
        (sent[1].At - sent[0].At).ShouldBe(FakeAir.RoundTrip);
    }

    [Fact]
    public void The_ninth_request_at_a_time_is_refused()
    {
        var (bench, _) = Run("for i = 1, 9 do sys.taskInit(ask, 'GET', 'http://h.test/') end", 6);
        Result(bench).ShouldBe("-4\t\tnil\tnil");
        bench.Lines.ShouldContain("network_alloc_ctrl 1381:adapter no more ctrl!");
        bench.Lines.ShouldContain("E/http netc create fail");
    }

    [Fact]
    public void Without_sysplus_there_is_no_object_and_the_request_runs()
    {
        var peer = new HttpPeer(_air, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var bench = new FakeBench("""
            sys = require("sys")
            print("n", http.request("GET", "http://h.test/"), http2 == http)
            sys.run()
            """)
        {
            Air = _air,
        }.PowerOn().RunTo(8);
        bench.Lines.ShouldContain("n\tnil\ttrue");
        bench.Lines.ShouldContain("E/main sys lib not found!");
        peer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Memory_and_socket_come_back_after_the_result()
    {
        var (bench, _) = Run("""
            collectgarbage() collectgarbage()
            local _, before = rtos.meminfo("sys")
            ask("POST", "http://h.test/", {A = "b"}, "abc")
            local _, after = rtos.meminfo("sys")
            print("mem", before == after)
            local object = http.request("GET", "http://h.test/")
            local _, during = rtos.meminfo("sys")
            print("during", during - after >= 8192 and during - after < 9000)
            """, 8, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        bench.Lines.ShouldContain("mem\ttrue");
        bench.Lines.ShouldContain("during\ttrue");
    }

    [Fact]
    public void The_callback_form_is_called_in_a_task_of_its_own()
    {
        var (bench, _) = Run("http.request('GET', 'http://h.test/').cb(function(c, h, b) print('cb', c, b) end)", 8,
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        bench.Lines.ShouldContain("cb\t200\tabc");
    }
}
