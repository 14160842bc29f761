using AirHil.Modem.Faults;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service.Raw;

public sealed class RawSessionTests
{
    [Fact]
    public void A_chunk_is_a_message_and_a_silent_service_withholds_the_answer()
    {
        var client = new ServiceWorld("tcp://a.test:7=echo");
        var connection = client.Connect("a.test", 7);
        client.Send(connection, "ping");
        client.Text(connection).ShouldBe("ping");
        client.Do(new ServiceInput.Begin(new FallSilent()));
        client.Send(connection, "again");
        client.Kinds.ShouldBe(["service.accept", "tcp.in", "tcp.out", "tcp.in", "ws.withheld"]);
    }

    [Fact]
    public void A_datagram_is_a_message()
    {
        var client = new ServiceWorld("udp://a.test:7=answers a=>b");
        client.Datagram("a.test", 7, "a").ShouldBe("b");
        client.Datagram("a.test", 7, "c").ShouldBeNull();
    }

    /// <summary>Each row of a table is a rule; one that had its turns leaves the next one to answer.</summary>
    [Fact]
    public void Rules_answer_in_turn_and_end_the_connection()
    {
        var client = Serve("tcp://a.test:7", ["to", "with", "delay", "times", "then"],
            ["", "hi\\n", "", "", ""], ["a*", "first", "1 s", "1", ""], ["a*", "second", "", "", "closes"],
            ["x", "", "", "", "resets"]);
        var connection = client.Connect("a.test", 7);
        client.Text(connection).ShouldBe("hi\n");
        client.Send(connection, "abc");
        client.Text(connection).ShouldBe("hi\n");
        client.Run(1);
        client.Text(connection).ShouldBe("hi\nfirst");
        client.Send(connection, "b");
        client.Send(connection, "a");
        client.Text(connection).ShouldBe("hi\nfirstsecond");
        client.Ended[connection].ShouldBe("fin");
        var other = client.Connect("a.test", 7);
        client.Send(other, "x");
        client.Ended[other].ShouldBe("reset");
    }

    [Fact]
    public void Rules_answer_datagrams() => Serve("udp://a.test:7", ["to", "with"], ["*", "any"])
        .Datagram("a.test", 7, "a").ShouldBe("any");

    [Theory]
    [InlineData("tcp://a.test:7", "a", "leaves", "closes or resets is expected")]
    [InlineData("udp://a.test:7", "a", "closes", "UDP has no connections to end")]
    [InlineData("udp://a.test:7", "", "", "a message is expected: UDP has no connections")]
    public void A_wrong_rule_is_refused(string url, string to, string then, string why) => Should
        .Throw<FormatException>(() => Serve(url, ["to", "with", "then"], [to, "b", then])).Message.ShouldContain(why);

    private static ServiceWorld Serve(string url, string[] columns, params string[][] rows) => new(
        [EndpointText.Parse(ServiceUrl.Parse(url), null, new ServiceTable("answers", columns, rows))]);
}
