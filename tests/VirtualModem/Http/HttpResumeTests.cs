using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Http;

/// <summary>What http.request does after a loss, with files, zbuffs and a function for the progress.</summary>
public sealed class HttpResumeTests
{
    private const string Head = """
        sys = require("sys")
        require("sysplus")
        sys.taskInit(function()
            sys.waitUntil("IP_READY")

        """;

    private const string Tail = "\nend)\nsys.run()";
    private const string First = "HTTP/1.1 200 OK\r\nA: 1\r\nContent-Length: 10\r\n\r\n01234<later><close>";

    private readonly FakeAir _air = new();

    private (FakeBench Bench, HttpPeer Peer) Run(string script, double seconds, params string[] answers)
    {
        var peer = new HttpPeer(_air, answers);
        return (new FakeBench(Head + script + Tail) { Air = _air }.PowerOn().RunTo(seconds), peer);
    }

    [Theory]
    [InlineData("HTTP/1.1 206 P\r\nA: 2\r\nContent-Length: 5\r\n\r\n56789", "206\t1\t0123456789")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 2\r\nContent-Length: 10\r\n\r\n0123456789", "200\t1\t012340123456789")]
    [InlineData("HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n", "416\t1\t01234")]
    public void A_body_that_was_cut_is_asked_for_again(string second, string expected)
    {
        var (bench, peer) = Run(
            "local c, h, b = http.request('GET', 'http://h.test/').wait() print('is', c, h.A, b)", 9, First, second);
        bench.Line("is\t").Text[3..].ShouldBe(expected);
        peer.Requests[1].ShouldBe("GET / HTTP/1.1\r\nHost: h.test:80\r\nRange: bytes=5-\r\n\r\n");
        bench.Lines.Count(line => line == "E/http http_ctrl close 00000005 -1").ShouldBe(1);
    }

    [Fact]
    public void An_answer_without_a_length_is_asked_for_four_times_and_fails()
    {
        const string answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc<later><close>";
        var (bench, peer) = Run(
            "local c, h, b = http.request('GET', 'http://h.test/').wait() print('is', c, h, b)", 9, answer, answer,
            answer, answer);
        bench.Line("is\t").Text.ShouldBe("is\t-5\tnil\tnil");
        peer.Requests.Count.ShouldBe(4);
        peer.Requests[3].ShouldContain("Range: bytes=9-");
        bench.Lines.Count(line => line == "E/http http_ctrl close 00000005 -1").ShouldBe(4);
    }

    [Fact]
    public void A_lost_link_after_the_headers_waits_for_the_link_and_goes_on()
    {
        var peer = new HttpPeer(_air, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
            "HTTP/1.1 206 P\r\nContent-Length: 5\r\n\r\n56789");
        var bench = new FakeBench(Head +
            "local c, h, b = http.request('GET', 'http://h.test/').wait() print('is', c, b)" + Tail)
        {
            Air = _air,
        }.PowerOn();
        bench.At(10, new AirEvent.CoverageChanged(false));
        bench.At(40, new AirEvent.CoverageChanged(true));
        bench.RunTo(50);
        bench.Lines.ShouldContain("is\t206\t0123456789", bench.Dump());
        peer.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void A_time_limit_after_the_headers_asks_again_and_is_not_set_again()
    {
        const string part = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234";
        var (bench, peer) = Run(
            "local c, h, b = http.request('GET', 'http://h.test/', nil, nil, {timeout = 3000}).wait() print('is', c)",
            60, part, part);
        peer.Requests.Count.ShouldBe(2);
        bench.Lines.ShouldNotContain(line => line.StartsWith("is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_callback_is_told_of_each_piece_and_ends_the_time_limit()
    {
        const string script = """
            local c, h, b = http.request("GET", "http://h.test/", nil, nil, {timeout = 3000, userdata = "u",
                callback = function(...) print("got", ...) end}).wait()
            print("is", c, b)
            """;
        var (bench, _) = Run(script, 9,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<later>abc<later>de");
        bench.Lines.Where(line => line.StartsWith("got", StringComparison.Ordinal))
            .ShouldBe(["got\t5\t0\tu", "got\t5\t3\tu", "got\t5\t5\tu"]);
        bench.Lines.ShouldContain("is\t200\tabcde");
        (bench, _) = Run(script, 600, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<later>abc");
        bench.Lines.ShouldNotContain(line => line.StartsWith("is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", "got\t0\t0\tnil", "got\t0\t2\tnil")]
    [InlineData("content-LENGTH: 2\r\n\r\nab", "got\t2\t0\tnil", "got\t2\t2\tnil")]
    [InlineData("Content-Length:2\r\n\r\nab", "got\t0\t0\tnil", "got\t0\t2\tnil")]
    public void The_length_counts_only_with_one_space(string rest, params string[] lines)
    {
        var (bench, _) = Run(
            "http.request('GET', 'http://h.test/', nil, nil, {callback = function(...) print('got', ...) end})", 9,
            "HTTP/1.1 200 OK\r\n" + rest);
        bench.Lines.Where(line => line.StartsWith("got", StringComparison.Ordinal)).ShouldBe(lines);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", "200\t4", "4\tabcd")]
    [InlineData("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nabcd", "404\t4", "0")]
    public void A_file_takes_the_body_and_is_removed_after_a_bad_status(string answer, string expected, string file)
    {
        var (bench, _) = Run("""
            local c, h, b = http.request("GET", "http://h.test/", nil, nil, {dst = "/down"}).wait()
            print("is", c, b)
            print("file", io.fileSize("/down"), io.readFile("/down"))
            """, 9, answer);
        bench.Line("is\t").Text[3..].ShouldBe(expected);
        bench.Line("file\t").Text[5..].ShouldBe(file);
        bench.Lines.Contains("W/http download fail, remove file /down").ShouldBe(expected[0] == '4');
    }

    [Fact]
    public void A_file_that_cannot_be_opened_ends_the_request_with_an_error()
    {
        var (bench, _) = Run("""
            local c, h, b = http.request("GET", "http://h.test/", nil, nil, {dst = "/luadb/no"}).wait()
            print("is", c, b)
            """, 9, [.. Enumerable.Repeat("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", 4)]);
        bench.Lines.ShouldContain("E/http open download file fail /luadb/no");
        bench.Line("is\t").Text.ShouldBeOneOf("is\t-7\tnil", "is\t-6\tnil");
    }

    [Fact]
    public void A_file_of_a_request_that_failed_stays_open()
    {
        var (bench, _) = Run("""
            for i = 1, 16 do
                local c = http.request("GET", "http://h.test/", nil, nil, {dst = "/d" .. i, timeout = 1000}).wait()
                print("is", c)
            end
            print("open", io.open("/other", "w"))
            """, 60, [.. Enumerable.Repeat("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na<close>", 64)]);
        bench.Line("open\t").Text.ShouldStartWith("open\tnil", customMessage: bench.Dump());
    }

    [Fact]
    public void A_get_into_a_zbuff_appends_and_gives_a_string_of_garbage()
    {
        var (bench, _) = Run("""
            local buffer = zbuff.create(64)
            buffer:write("x")
            local c, h, b = http.request("GET", "http://h.test/", nil, buffer).wait()
            print("is", c, #b, buffer:toStr(0, buffer:used()))
            """, 9, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
        bench.Lines.ShouldContain("is\t200\t4\txabcd");
        bench.Notices.ShouldContain(notice => notice.Contains("address 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 95\r\n\r\n", false, "200\ttable\t95",
        "write stript data|stript data done, now checking|stript data md5 ok|stript data md5 ok|fota ok!, wait reboot")]
    [InlineData("HTTP/1.1 206 OK\r\nContent-Length: 95\r\n\r\n", false, "200\ttable\t95",
        "write stript data|stript data done, now checking|stript data md5 ok|stript data md5 ok|fota ok!, wait reboot")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 95\r\n\r\n", true, "-9\ttable\t0",
        "write stript data|stript data done, now checking|stript data md5 check failed|fota failed|fota failed")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", null, "-9\ttable\t3", "fota failed|fota failed")]
    [InlineData("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nnone", null, "-9\ttable\tnone", "fota failed|fota failed")]
    public void An_update_is_taken_from_the_body(string head, bool? isWrong, string expected, string lines)
    {
        var (bench, _) = Run("""
            local c, h, b = http.request("GET", "http://h.test/", nil, nil, {fota = true}).wait()
            print("is", c, type(h), b)
            """, 9, head + (isWrong is { } wrong ? Update(wrong) : ""));
        bench.Line("is\t").Text[3..].ShouldBe(expected, bench.Dump());
        bench.Lines.Where(line => line.StartsWith("I/fota ", StringComparison.Ordinal)).Select(line => line[7..])
            .ShouldBe(lines.Split('|'), bench.Dump());
    }

    /// <summary>Only the status 200 makes the C code give the number of bytes.</summary>
    [Fact]
    public void An_update_whose_rest_is_refused_gives_a_string_of_other_memory()
    {
        var package = Update(isWrong: true);
        var (bench, peer) = Run("""
            local c, h, b = http.request("GET", "http://h.test/", nil, nil, {fota = true}).wait()
            print("is", c, type(b), #b)
            """, 9, "HTTP/1.1 200 OK\r\nContent-Length: 95\r\n\r\n" + package[..50] + "<later><close>",
            "HTTP/1.1 206 P\r\nContent-Length: 45\r\n\r\n" + package[50..]);
        peer.Requests.Count.ShouldBe(2);
        bench.Line("is\t").Text.ShouldBe("is\t-9\tstring\t50", bench.Dump());
        bench.Notices.ShouldContain(
            "http: the body is not in memory of its own; V1112 gives a string of what lies at address 0.");
    }

    [Fact]
    public void An_update_that_ends_too_early_stops_the_network_task()
    {
        var (bench, _) = Run("""
            local c = http.request("GET", "http://h.test/", nil, nil, {fota = true, timeout = 5000}).wait()
            print("is", c)
            """, 20, "HTTP/1.1 200 OK\r\nContent-Length: 94\r\n\r\n" + Update(isWrong: false)[..94]);
        bench.Notices.ShouldContain("http.request: the update ends too early; V1112's network task waits for ever.");
        bench.Lines.ShouldNotContain(line => line.StartsWith("is", StringComparison.Ordinal), bench.Dump());
    }

    /// <summary>An update of scripts alone, "new", whose digest may be wrong; made by another program.</summary>
    private static string Update(bool isWrong) => System.Text.Encoding.Latin1.GetString(Convert.FromHexString(
        $"168CF1EA{(isWrong ? "5DBB12D2" : "4B95005C")}{string.Concat(Enumerable.Repeat("6D", 20))}01000000" +
        $"{string.Concat(Enumerable.Repeat("73", 20))}0300000000000000" +
        $"{(isWrong ? string.Concat(Enumerable.Repeat("78", 16)) : "22AF645D1859CB5CA6DA0C484F1F37EA")}" +
        $"{string.Concat(Enumerable.Repeat("63", 16))}6E6577"));

    [Fact]
    public void A_head_that_fills_the_buffer_ends_the_request()
    {
        var (bench, _) = Run("print('is', http.request('GET', 'http://h.test/').wait())", 9,
            "HTTP/1.1 200 OK\r\nA: " + new string('x', 9000));
        bench.Lines.ShouldContain("is\t-6");
    }
}
