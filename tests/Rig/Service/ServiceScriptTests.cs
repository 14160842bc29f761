using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Service;

namespace AirHil.Rig.Tests.Service;

public sealed class ServiceScriptTests
{
    [Fact]
    public void A_client_is_heard_of_from_its_beginning_to_its_end()
    {
        var world = Serve(
            "tcp://a.test:7",
            """
            function on_connect(c) c:send("hi " .. c.id) end
            function on_data(d, c) log(c.id, d) send(d:upper()) end
            function on_close(c) log("gone", c.id) end
            """);
        var first = world.Connect("a.test", 7);
        var second = world.Connect("a.test", 7);
        world.Send(second, "abc");
        world.Close(second);
        world.Text(first).ShouldBe("hi 1");
        world.Text(second).ShouldBe("hi 2ABC");
        Lines(world).ShouldBe(["2 abc", "gone 2"]);
    }

    [Fact]
    public void Timers_send_to_all_and_a_script_ends_connections()
    {
        var world = Serve(
            "tcp://a.test:7",
            """
            after(1000, function() send("all") end)
            function on_data(d, c) if d == "x" then c:reset() else close() end end
            """);
        var (first, second) = (world.Connect("a.test", 7), world.Connect("a.test", 7));
        world.Run(2);
        world.Text(first).ShouldBe("all");
        world.Text(second).ShouldBe("all");
        world.Send(first, "x");
        world.Send(second, "y");
        world.Ended[first].ShouldBe("reset");
        world.Ended[second].ShouldBe("fin");
    }

    [Fact]
    public void A_fault_of_the_service_is_in_front_of_the_script()
    {
        var world = Serve("tcp://a.test:7", "function on_data(d) send(d) end");
        var connection = world.Connect("a.test", 7);
        world.Do(new ServiceInput.Begin(new FallSilent()));
        world.Send(connection, "a");
        world.Text(connection).ShouldBe("");
        world.Kinds.ShouldContain("ws.withheld");
    }

    [Fact]
    public void A_datagram_is_answered() =>
        Serve("udp://a.test:7", "function on_data(d, c) c:send(d .. d) end").Datagram("a.test", 7, "ab")
            .ShouldBe("abab");

    [Fact]
    public void A_request_is_a_table_and_its_answer_several_values()
    {
        var world = Serve(
            "http://a.test",
            """
            function on_request(r)
              return 201, r.method .. r.path .. r.query .. r.headers.host .. r.body, {["X-A"] = "1"}, 500
            end
            """);
        var connection = world.Connect("a.test", 80);
        world.Send(connection, "POST /p?q=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
        world.Text(connection).ShouldBe("");
        world.Run(1);
        world.Text(connection).ShouldStartWith("HTTP/1.1 201 Created\r\n");
        world.Text(connection).ShouldContain("\r\nX-A: 1\r\n");
        world.Text(connection).ShouldEndWith("\r\n\r\nPOST/pq=1aok");
    }

    [Theory]
    [InlineData("tcp://a.test:7", "local x = nil + 1", "own.lua:1: attempt to perform arithmetic on a nil value")]
    [InlineData("tcp://a.test:7", "receive(1)", "own.lua:1: receive is for peers")]
    [InlineData("tcp://a.test:7", "publish('a', 'b')", "own.lua:1: publish is there for mqtt://")]
    [InlineData("mqtt://a.test", "publish('a/#', 'b')",
        "own.lua:1: bad argument #1 to 'publish' ('a/#' is no topic to publish to)")]
    [InlineData("mqtt://a.test", "publish('a', ('x'):rep(2097152))",
        "own.lua:1: 2097153 bytes are too many for one call, which takes 2097152")]
    [InlineData("http://a.test", "function on_requests() end",
        "own.lua: nobody calls 'on_requests'; what is called is on_connect, on_data, on_close, on_request, ")]
    public void An_error_names_its_line(string url, string lua, string why) => Serve(url, lua).Session
        .OfType<ScriptFailed>().ShouldHaveSingleItem().Why.ShouldStartWith(why);

    [Theory]
    [InlineData("return 200, 'x', {['X-A'] = '1\\r\\nX-B: 2'}", "gave the header 'X-A: 1\\r\\nX-B: 2'; a header is")]
    [InlineData("return 200, 'x', {['X-A: 1\\n\\nHTTP/1.1 200 OK'] = ''}", "gave the header 'X-A: 1\\n")]
    [InlineData("return 200, 'x', {['X A'] = '1'}", "gave the header 'X A: 1'; a header is")]
    [InlineData("return 200, 'x', {A = ('x'):rep(10000)}", "gave the header 'A: xxx")]
    [InlineData("return 200, ('x'):rep(3000000)", "gave too much: 3000000 bytes are too many for one call")]
    [InlineData("return '200'", "gave a string for the status, which is a number")]
    [InlineData("return 200.5", "gave the status 200.5 and the delay 1; a status is 200 to 599")]
    [InlineData("return 200, {}", "gave a table for the body, which is a string")]
    [InlineData("return 200, '', 'A: 1'", "gave a string for the headers, which is a table")]
    [InlineData("return 200, '', {}, '5'", "gave a string for the delay, which is a number")]
    [InlineData("return 200, '', {'A: 1'}", "gave a header with a number for its name and a string for its value;")]
    [InlineData("return 200, '', {A = {}}", "gave a header with a string for its name and a table for its value;")]
    [InlineData("return 99", "gave the status 99 and the delay 1; a status is 200 to 599")]
    public void An_answer_that_cannot_be_sent_is_refused_with_its_line(string lua, string why)
    {
        var world = Serve("http://a.test", "\nfunction on_request() " + lua + " end");
        var connection = world.Connect("a.test", 80);
        world.Send(connection, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        world.Run(1);
        world.Text(connection).ShouldBe("");
        world.Session.OfType<ScriptFailed>().ShouldHaveSingleItem().Why
            .ShouldStartWith("own.lua:2: on_request " + why);
    }

    [Fact]
    public void A_number_is_a_body_too()
    {
        var world = Serve("http://a.test", "function on_request() return 200, 17, {['X-A'] = 5} end");
        var connection = world.Connect("a.test", 80);
        world.Send(connection, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        world.Run(1);
        world.Text(connection).ShouldContain("\r\nX-A: 5\r\n");
        world.Text(connection).ShouldEndWith("\r\n\r\n17");
    }

    [Fact]
    public void Bodies_of_one_second_are_counted_together()
    {
        var world = Serve("http://a.test", "b = ('x'):rep(2000000) function on_request() return 200, b, {}, 5000 end");
        for (var i = 0; i < 17; i++)
        {
            world.Send(world.Connect("a.test", 80), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        }

        world.Session.OfType<ScriptFailed>().ShouldHaveSingleItem().Why
            .ShouldStartWith("own.lua:1: on_request gave too much: more than 33554432 bytes");
    }

    [Fact]
    public void A_time_server_runs_no_script() => Should.Throw<StepException>(() => Serve("ntp://a.test", ""));

    private static ServiceWorld Serve(string url, string lua) =>
        new([new Endpoint(ServiceUrl.Parse(url), new ScriptedService(new PeerScript("own.lua", lua, [])))]);

    private static IEnumerable<string> Lines(ServiceWorld world) =>
        world.Session.OfType<ScriptLogged>().Select(e => e.Line);
}
