using AirHil.Modem.Faults;
using AirHil.Rig.Service;

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
}
