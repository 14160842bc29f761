using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service.Http;

public sealed class HttpSessionTests
{
    private const string Date = "Date: Sat, 12 Oct 2024 13:29:47 GMT\r\n";

    /// <summary>One request and its whole answer, for each form of an endpoint's description.</summary>
    [Theory]
    [InlineData("200 hello", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: text/plain\r\nContent-Length: 5\r\n" +
        "Connection: keep-alive\r\n\r\nhello")]
    [InlineData("200 hello", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: text/plain\r\nContent-Length: 5\r\n" +
        "Connection: keep-alive\r\n\r\n")]
    [InlineData("204", "DELETE /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n" + Date + "Connection: close\r\n\r\n")]
    [InlineData("200 hello", "GET / HTTP/1.0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: text/plain\r\nContent-Length: 5\r\n" +
        "Connection: close\r\n\r\nhello")]
    [InlineData("echo", "POST /up HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 3\r\n\r\nxyz",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: a/b\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nxyz")]
    [InlineData("echo",
        "POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
        "2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: text/plain\r\nContent-Length: 12\r\n" +
        "Connection: keep-alive\r\n\r\nab0123456789")]
    [InlineData("echo", "GET /x?y HTTP/1.1\r\nHost: a\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + Date + "Content-Type: text/plain\r\nContent-Length: 30\r\n" +
        "Connection: keep-alive\r\n\r\nGET /x?y HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void A_request_is_answered(string does, string request, string answer)
    {
        foreach (var size in new[] { 1, 7, 10_000 })
        {
            var world = new ServiceWorld("http://a.test/=" + does);
            var connection = world.Connect("a.test", 80);
            foreach (var part in request.Chunk(size)) world.Do(new ServiceInput.Received(
                connection, part.Select(c => (byte)c).ToArray()));
            world.Run(0.01);
            world.Text(connection).ShouldBe(answer);
        }
    }

    /// <summary>The first line of the answer to what no server may take.</summary>
    [Theory]
    [InlineData("nonsense\r\n\r\n", "400 Bad Request")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400 Bad Request")]
    [InlineData("GET /\nx HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400 Bad Request")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", "400 Bad Request")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n", "505 HTTP Version Not Supported")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "400 Bad Request")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400 Bad Request")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", "413 Content Too Large")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", "501 Not Implemented")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "400 Bad Request")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "400 Bad Request")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "400 Bad Request")]
    public void A_mistake_is_answered_by_a_status_and_the_end(string request, string status)
    {
        var world = new ServiceWorld("http://a.test/=200 hello");
        var connection = world.Connect("a.test", 80);
        world.Send(connection, request);
        world.Text(connection).ShouldStartWith($"HTTP/1.1 {status}\r\n");
        world.Ended[connection].ShouldBe("fin");
        world.Kinds.ShouldContain("http.violation");
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "bytes 0-3/16", "0000")]
    [InlineData("bytes=8-", 206, "bytes 8-15/16", "0000008 ")]
    [InlineData("bytes=-2", 206, "bytes 14-15/16", "8 ")]
    [InlineData("bytes=14-99", 206, "bytes 14-15/16", "8 ")]
    [InlineData("bytes=16-", 416, "bytes */16", "")]
    [InlineData("bytes=-0", 416, "bytes */16", "")]
    [InlineData("bytes=3-1", 200, "", "0000000 0000008 ")]
    [InlineData("bytes=0-1,4-5", 200, "", "0000000 0000008 ")]
    [InlineData("lines=1-2", 200, "", "0000000 0000008 ")]
    public void A_part_of_a_body_is_given(string range, int status, string told, string body)
    {
        var world = Table(["method", "path", "status", "bytes"], ["GET", "/f", "200", "16"]);
        var text = Ask(world, $"GET /f HTTP/1.1\r\nHost: a\r\nRange: {range}\r\n\r\n");
        text.ShouldStartWith($"HTTP/1.1 {status} ");
        text.Contains("Content-Range: " + told + "\r\n", StringComparison.Ordinal).ShouldBe(told.Length > 0);
        text.Split("\r\n\r\n", 2)[1].ShouldBe(body);
    }

    [Fact]
    public void Rows_of_one_route_are_its_answers_in_turn_and_the_last_stays()
    {
        var world = Table(
            ["method", "path", "status", "body", "times"],
            ["GET", "/", "503", "", "2"], ["GET", "/", "200", "fine", ""], ["POST", "/", "201", "", ""]);
        var connection = world.Connect("a.test", 80);
        string Status(string method)
        {
            world.Taken(connection);
            world.Send(connection, $"{method} / HTTP/1.1\r\nHost: a\r\n\r\n");
            return world.Text(connection).Split(' ')[1];
        }

        string[] all = [Status("GET"), Status("POST"), Status("GET"), Status("GET"), Status("GET"), Status("PUT")];
        all.ShouldBe(["503", "201", "503", "200", "200", "405"]);
        Ask(world, "GET /other HTTP/1.1\r\nHost: a\r\n\r\n").ShouldStartWith("HTTP/1.1 404 ");
    }

    [Fact]
    public void Requests_in_one_segment_are_answered_one_after_another()
    {
        var world = new ServiceWorld("http://a.test/one=200 first", "http://a.test/two=200 second");
        var text = Ask(world, "GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET /two HTTP/1.1\r\nHost: a\r\n\r\n");
        text.IndexOf("first", StringComparison.Ordinal).ShouldBeInRange(
            1, text.IndexOf("second", StringComparison.Ordinal));
        world.Kinds.ShouldBe(["service.accept", "http.request", "http.answer", "http.request", "http.answer"]);
    }

    [Fact]
    public void A_body_may_be_slow_in_chunks_and_cut()
    {
        var world = Table(
            ["method", "path", "status", "body", "speed", "chunked", "cut", "reset"],
            ["GET", "/slow", "200", "0123456789", "10", "", "", ""],
            ["GET", "/chunks", "200", "0123456789", "", "4", "", ""],
            ["GET", "/cut", "200", "0123456789", "", "", "5", ""],
            ["GET", "/chunkcut", "200", "0123456789", "", "4", "5", "yes"]);
        var slow = world.Connect("a.test", 80);
        world.Send(slow, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        world.Run(0.45);
        world.Text(slow).Split("\r\n\r\n")[1].ShouldBe("01234");
        world.Run(1);
        world.Text(slow).ShouldEndWith("\r\n\r\n0123456789");
        Ask(world, "GET /chunks HTTP/1.1\r\nHost: a\r\n\r\n")
            .ShouldEndWith("\r\n\r\n4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n");
        Ask(world, "GET /chunks HTTP/1.0\r\n\r\n").ShouldEndWith("Connection: close\r\n\r\n0123456789");
        Ask(world, "GET /cut HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n01234");
        world.Ended.Values.Last().ShouldBe("fin");
        Ask(world, "GET /chunkcut HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n4\r\n0123\r\n4\r\n4");
        world.Ended.Values.Last().ShouldBe("reset");
        world.Session.OfType<HttpCut>().Select(e => e.Sent).ShouldBe([5, 5]);
    }

    [Fact]
    public void Headers_are_those_of_the_row_and_take_the_place_of_the_usual_ones()
    {
        var world = Table(
            ["method", "path", "status", "headers", "length"],
            ["GET", "/", "302", "Location: /b\nX-A: 1\nContent-Length: 7", ""], ["GET", "/open", "200", "", "no"]);
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe(
            "HTTP/1.1 302 Found\r\n" + Date + "Location: /b\r\nX-A: 1\r\nContent-Length: 7\r\n" +
            "Connection: keep-alive\r\n\r\n");
        Ask(world, "GET /open HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\nConnection: close\r\n\r\n");
        world.Ended.Values.Last().ShouldBe("fin");
    }

    [Fact]
    public void A_client_that_waits_to_be_asked_for_its_body_is_asked()
    {
        var world = new ServiceWorld("http://a.test/=echo");
        var connection = world.Connect("a.test", 80);
        world.Send(connection, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        world.Text(connection).ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        world.Send(connection, "hi");
        world.Text(connection).ShouldEndWith("\r\n\r\nhi");
    }

    [Fact]
    public void Faults_change_the_status_cut_the_body_and_withhold_the_answer()
    {
        var world = new ServiceWorld("http://a.test/=200 0123456789", "http://a.test/never=silent");
        var status = new AnswerStatus(503);
        world.Do(new ServiceInput.Begin(status));
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldStartWith("HTTP/1.1 503 ");
        world.Do(new ServiceInput.End(status));
        world.Do(new ServiceInput.Begin(new CutBodies()));
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n01234");
        world.Do(new ServiceInput.Begin(new FallSilent()));
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBeEmpty();
        world.Do(new ServiceInput.End(new FallSilent()));
        Ask(world, "GET /never HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBeEmpty();
        world.Session.OfType<ServiceWithheld>().Select(e => e.What)
            .ShouldBe(["the answer to GET /", "the answer to GET /never"]);
    }

    [Fact]
    public void An_answer_without_a_body_is_none_of_the_times_that_bodies_are_cut()
    {
        var world = new ServiceWorld("http://a.test/=200 0123456789");
        world.Do(new ServiceInput.Begin(new CutBodies { Limits = new(Times: 1) }));
        Ask(world, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n");
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n01234");
        Ask(world, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\n0123456789");
    }

    [Fact]
    public void Requests_and_upgrades_share_a_port()
    {
        const string Upgrade = "GET /feed HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        var world = new ServiceWorld("http://a.test/=200 hello", "ws://a.test/feed=echo");
        world.Places.Count.ShouldBe(1);
        Ask(world, "GET /feed HTTP/1.1\r\nHost: a\r\n\r\n").ShouldEndWith("\r\n\r\nhello");
        Ask(world, Upgrade).ShouldStartWith("HTTP/1.1 101 ");
        Ask(world, Upgrade.Replace("/feed", "/other", StringComparison.Ordinal)).ShouldStartWith("HTTP/1.1 404 ");
        var connection = world.Connect("a.test", 80);
        foreach (var piece in Upgrade.Chunk(5)) world.Send(connection, new string(piece));
        world.Text(connection).ShouldStartWith("HTTP/1.1 101 ");
        world.Close(world.Connect("a.test", 80));
        world.Kinds.ShouldNotContain("http.violation");
    }

    [Fact]
    public void An_idle_connection_ends_after_75_s()
    {
        var world = new ServiceWorld("http://a.test/=200 hello");
        var connection = world.Connect("a.test", 80);
        world.Run(70);
        world.Send(connection, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        world.Run(74.9);
        world.Ended.ShouldBeEmpty();
        world.Run(0.2);
        world.Ended[connection].ShouldBe("fin");
    }

    [Theory]
    [InlineData("status", "x", "row 1: 'x' is wrong in the column 'status'; a number from 200 to 599 is expected")]
    [InlineData("bodi", "x", "a column 'bodi' that is not known; known are method, path, status, body, bytes")]
    [InlineData("headers", "x", "'x' is wrong in the column 'headers'; a header is")]
    [InlineData("reset", "maybe", "yes or no is expected")]
    [InlineData("delay", "1", "unit")]
    public void A_mistake_in_a_table_is_told(string column, string cell, string message)
    {
        string[] columns = column == "status" ? ["method", "path", "status"] : ["method", "path", "status", column];
        string[] cells = column == "status" ? ["GET", "/", cell] : ["GET", "/", "200", cell];
        Should.Throw<FormatException>(() => Table(columns, cells)).Message.ShouldContain(message);
    }

    private static ServiceWorld Table(string[] columns, params string[][] rows) => new([EndpointText.Parse(
        ServiceUrl.Parse("http://a.test"), null, new ServiceTable("routes", columns, rows))]);

    private static string Ask(ServiceWorld world, string request)
    {
        var connection = world.Connect("a.test", 80);
        world.Send(connection, request);
        world.Run(0.05);
        return world.Text(connection);
    }
}
