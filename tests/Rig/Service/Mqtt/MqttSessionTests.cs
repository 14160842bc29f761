using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.Mqtt;

namespace AirHil.Rig.Tests.Service.Mqtt;

public sealed class MqttSessionTests
{
    private readonly ServiceWorld _world = new("mqtt://a.test=broker");

    [Theory]
    [InlineData("MQTT", 4, "me", true, 0)]
    [InlineData("MQIsdp", 3, "me", true, 0)]
    [InlineData("MQTT", 5, "me", true, 1)]
    [InlineData("HTTP", 4, "me", true, 1)]
    [InlineData("MQTT", 4, "", true, 0)]
    [InlineData("MQTT", 4, "", false, 2)]
    public void A_connect_is_judged(string protocol, int level, string id, bool isClean, int code)
    {
        var client = Client();
        client.Send(new MqttPacket.Connect(protocol, level, id, isClean, 60, null, null, null));
        client.Take().ShouldBe($"CONNACK code {code}");
        _world.Ended.ContainsKey(client.Number).ShouldBe(code != 0);
    }

    [Theory]
    [InlineData("me", "secret", 0)]
    [InlineData("me", "other", 4)]
    [InlineData(null, null, 4)]
    public void Users_are_known_by_their_passwords(string? user, string? password, int code)
    {
        var url = ServiceUrl.Parse("mqtt://b.test");
        var world = new ServiceWorld([EndpointText.Parse(
            url, null, new ServiceTable("users", ["user", "password"], [["me", "secret"]]))]);
        var client = new Peer(world, world.Connect("b.test", 1883));
        client.Send(new MqttPacket.Connect("MQTT", 4, "x", true, 0, null, user,
            password is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password)));
        client.Take().ShouldBe($"CONNACK code {code}");
    }

    [Fact]
    public void A_message_reaches_those_that_subscribed_with_the_lower_quality()
    {
        var (one, two, three) = (Connected("one"), Connected("two"), Connected("three"));
        one.Send(new MqttPacket.Subscribe(1, [("a/+", 2), ("#", 0)]));
        one.Take().ShouldBe("SUBACK #1 code 2");
        two.Send(new MqttPacket.Subscribe(7, [("a/#", 1)]));
        two.Take();
        three.Send(new MqttPacket.Publish("a/b", "hi"u8.ToArray(), 2, false, false, 5));
        three.Take().ShouldBe("PUBREC #5");
        one.Take().ShouldBe("PUBLISH #1 a/b QoS 2");
        two.Take().ShouldBe("PUBLISH #1 a/b QoS 1");

        // The same message again is not delivered again, until it is released.
        three.Send(new MqttPacket.Publish("a/b", "hi"u8.ToArray(), 2, false, true, 5));
        three.Send(new MqttPacket.Ack(MqttPacketType.Pubrel, 5));
        three.Take().ShouldBe("PUBREC #5, PUBCOMP #5");
        one.Send(new MqttPacket.Ack(MqttPacketType.Pubrec, 1));
        one.Send(new MqttPacket.Ack(MqttPacketType.Pubcomp, 1));
        one.Take().ShouldBe("PUBREL #1");
        two.Take().ShouldBeEmpty();
        one.Send(new MqttPacket.Unsubscribe(2, ["a/+", "#"]));
        one.Take().ShouldBe("UNSUBACK #2");
        three.Send(new MqttPacket.Publish("a/b", "hi"u8.ToArray(), 0, false));
        one.Take().ShouldBeEmpty();
    }

    [Fact]
    public void A_kept_session_gets_what_it_missed_and_what_it_did_not_acknowledge()
    {
        var (one, two) = (Connected("one", isClean: false), Connected("two"));
        one.Send(new MqttPacket.Subscribe(1, [("t", 1)]));
        two.Send(new MqttPacket.Publish("t", "1"u8.ToArray(), 1, false, false, 1));
        one.Take().ShouldBe("SUBACK #1 code 1, PUBLISH #1 t QoS 1");
        _world.Close(one.Number);
        two.Send(new MqttPacket.Publish("t", "2"u8.ToArray(), 1, false, false, 2));
        two.Send(new MqttPacket.Publish("t", "3"u8.ToArray(), 0, false));
        var again = Client();
        again.Send(Hello("one", isClean: false));
        again.Take().ShouldBe("CONNACK code 0 session present, PUBLISH #1 t QoS 1 again, PUBLISH #2 t QoS 1");
        again.Send(new MqttPacket.Ack(MqttPacketType.Puback, 1));
        again.Send(new MqttPacket.Ack(MqttPacketType.Puback, 2));
        _world.Close(again.Number);
        var clean = Client();
        clean.Send(Hello("one"));
        clean.Take().ShouldBe("CONNACK code 0");
        two.Send(new MqttPacket.Publish("t", "4"u8.ToArray(), 1, false, false, 3));
        clean.Take().ShouldBeEmpty();
    }

    [Fact]
    public void Another_client_with_the_same_id_takes_over()
    {
        var (one, two) = (Connected("me"), Connected("me"));
        _world.Ended.ShouldBe(new Dictionary<int, string> { [one.Number] = "fin" });
        _world.Session.OfType<MqttDropped>().Single().Why.ShouldBe("another client connects as 'me'");
        two.Send(new MqttPacket.Empty(MqttPacketType.Pingreq));
        two.Take().ShouldBe("PINGRESP");
    }

    [Theory]
    [InlineData("fin", true)]
    [InlineData("reset", true)]
    [InlineData("disconnect", false)]
    [InlineData("keepalive", true)]
    [InlineData("dropped", true)]
    [InlineData("violation", true)]
    [InlineData("takeover", true)]
    [InlineData("crash", false)]
    public void A_will_is_published_unless_the_client_said_goodbye(string how, bool isPublished)
    {
        var watcher = Connected("watcher", keepAlive: 0);
        watcher.Send(new MqttPacket.Subscribe(1, [("gone", 1)]));
        watcher.Take();
        var client = Client();
        var will = new MqttPacket.Publish("gone", "me"u8.ToArray(), 1, true);
        client.Send(new MqttPacket.Connect("MQTT", 4, "me", true, 10, will, null, null));
        switch (how)
        {
            case "fin": _world.Close(client.Number); break;
            case "reset": _world.Close(client.Number, true); break;
            case "disconnect": client.Send(new MqttPacket.Empty(MqttPacketType.Disconnect)); break;
            case "keepalive": _world.Run(15.1); break;
            case "dropped": _world.Do(new ServiceInput.Begin(new CloseWithoutFrame())); break;
            case "violation": client.Send(Hello("me")); break;
            case "takeover": Connected("me"); break;
            case "crash": _world.Do(new ServiceInput.Begin(new ForgetConnections())); break;
        }

        _world.Run(0.1);
        _world.Session.OfType<MqttMessage>().Count().ShouldBe(isPublished ? 1 : 0);
        if (how is "dropped" or "crash") return;
        watcher.Take().ShouldBe(isPublished ? "PUBLISH #1 gone QoS 1" : "");
        var late = Connected("late");
        late.Send(new MqttPacket.Subscribe(1, [("#", 0)]));
        late.Take().ShouldBe(isPublished ? "SUBACK #1 code 0, PUBLISH gone QoS 0 retained" : "SUBACK #1 code 0");
    }

    [Fact]
    public void A_client_that_is_heard_of_is_not_dropped_for_its_keep_alive()
    {
        var client = Connected("me", keepAlive: 10);
        for (var i = 0; i < 5; i++)
        {
            _world.Run(14);
            client.Send(new MqttPacket.Empty(MqttPacketType.Pingreq));
        }

        _world.Run(14.9);
        _world.Ended.ShouldBeEmpty();
        _world.Run(0.2);
        _world.Ended[client.Number].ShouldBe("fin");
    }

    [Theory]
    [InlineData("connack", "")]
    [InlineData("puback", "CONNACK code 0")]
    [InlineData("pingresp", "CONNACK code 0, PUBACK #1")]
    public void Packets_are_withheld(string packet, string sent)
    {
        var fault = new WithholdPackets(WithholdPackets.ReadPacket(packet));
        var client = Client();
        _world.Do(new ServiceInput.Begin(fault));
        client.Send(Hello("me"));
        if (packet != "connack") client.Send(new MqttPacket.Publish("t", default, 1, false, false, 1));
        if (packet == "pingresp") client.Send(new MqttPacket.Empty(MqttPacketType.Pingreq));
        client.Take().ShouldBe(sent);
        _world.Session.OfType<ServiceWithheld>().Single().What.ShouldBe(packet.ToUpperInvariant());
    }

    [Fact]
    public void A_refusal_is_a_fault_or_a_description_and_silence_is_too()
    {
        _world.Do(new ServiceInput.Begin(new RefuseConnect(3)));
        var client = Client();
        client.Send(Hello("me"));
        client.Take().ShouldBe("CONNACK code 3");
        _world.Ended[client.Number].ShouldBe("fin");
        var world = new ServiceWorld("mqtt://b.test=refuses 5", "mqtt://b.test:1884=silent");
        var refused = new Peer(world, world.Connect("b.test", 1883));
        refused.Send(Hello("me"));
        refused.Take().ShouldBe("CONNACK code 5");
        var unheard = new Peer(world, world.Connect("b.test", 1884));
        unheard.Send(Hello("me"));
        world.Run(60);
        unheard.Take().ShouldBeEmpty();
        world.Ended.ShouldNotContainKey(unheard.Number);
    }

    [Theory]
    [InlineData("C000", "the first packet is no CONNECT")]
    [InlineData("", "no CONNECT within 15 s")]
    [InlineData("10FFFFFFFF7F", "a length of more than four bytes")]
    [InlineData("10FFFFFF7F", "is more than 1048576")]
    public void A_client_that_breaks_a_rule_is_dropped(string hex, string why)
    {
        var client = Client();
        _world.Send(client.Number, Convert.FromHexString(hex));
        _world.Run(15);
        _world.Session.OfType<MqttDropped>().Single().Why.ShouldContain(why);
        _world.Ended[client.Number].ShouldBe("fin");
    }

    [Fact]
    public void The_rig_publishes_and_retains_by_a_url()
    {
        var client = Connected("me");
        client.Send(new MqttPacket.Subscribe(1, [("a/b c", 2)]));
        client.Take();
        _world.Do(new ServiceInput.SendText("mqtt://a.test/a%2Fb%20c?qos=1", "x"));
        client.Take().ShouldBe("PUBLISH #1 a/b c QoS 1");
        _world.Do(new ServiceInput.SendBinary("mqtt://a.test/kept?retain", new byte[] { 1 }));
        client.Send(new MqttPacket.Subscribe(2, [("kept", 0)]));
        client.Take().ShouldBe("SUBACK #2 code 0, PUBLISH kept QoS 0 retained");
        Refused("mqtt://a.test/a+/+").ShouldContain("is no topic");
        Refused("mqtt://other.test/a").ShouldContain("there is no service");

        string Refused(string url) => Should.Throw<StepException>(
            () => _world.Machine.Handle(new ServiceInput.SendText(url, "x"), _world.Now)).Message;
    }

    [Fact]
    public void A_topic_with_wildcards_stands_for_those_that_clients_subscribed_to_by_name()
    {
        var (one, two) = (Connected("one"), Connected("two"));
        one.Send(new MqttPacket.Subscribe(1, [("dev/1/down", 0), ("dev/+/all", 0)]));
        two.Send(new MqttPacket.Subscribe(1, [("dev/2/down", 0), ("dev/1/down", 0), ("other", 0)]));
        one.Take();
        two.Take();
        _world.Do(new ServiceInput.SendText("mqtt://a.test/dev/+/down", "x"));
        one.Take().ShouldBe("PUBLISH dev/1/down QoS 0");
        two.Take().ShouldBe("PUBLISH dev/1/down QoS 0, PUBLISH dev/2/down QoS 0");
        _world.Session.OfType<MqttMessage>().Select(m => m.Topic).ShouldBe(["dev/1/down", "dev/2/down"]);
        _world.Session.OfType<PushReachedNobody>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("there/+", true)]
    [InlineData("a?retain", false)]
    [InlineData("there", false)]
    public void It_is_told_where_nobody_has_subscribed(string topic, bool isTold)
    {
        var client = Connected("me");
        client.Send(new MqttPacket.Subscribe(1, [("there", 0), ("b/#", 0)]));
        _world.Do(new ServiceInput.SendText("mqtt://a.test/" + topic, "x"));
        _world.Session.OfType<PushReachedNobody>().Count().ShouldBe(isTold ? 1 : 0);
    }

    [Fact]
    public void Messages_that_wait_are_limited()
    {
        var (one, two) = (Connected("one", isClean: false, keepAlive: 0), Connected("two", keepAlive: 0));
        one.Send(new MqttPacket.Subscribe(1, [("t", 1)]));
        _world.Close(one.Number);
        for (var i = 0; i < 1001; i++) two.Send(new MqttPacket.Publish("t", default, 1, false, false, 1));
        _world.Session.OfType<ServiceOverfull>().Single().Limit.ShouldBe("messages for 'one'");
        var again = Client();
        again.Send(Hello("one", isClean: false));
        again.Take().Split(", ").Length.ShouldBe(1 + 20);
    }

    [Fact]
    public void Sessions_of_clients_that_left_are_limited()
    {
        for (var i = 0; i <= 10_000; i++)
        {
            var client = Client();
            client.Send(Hello($"client {i}", isClean: false));
            _world.Close(client.Number);
        }

        _world.Session.OfType<ServiceOverfull>().Single().Limit.ShouldBe("sessions of clients");
        Answer("client 9999").ShouldBe("CONNACK code 0 session present");
        Answer("client 10000").ShouldBe("CONNACK code 0");

        string Answer(string id)
        {
            var client = Client();
            client.Send(Hello(id, isClean: false));
            return client.Take();
        }
    }

    [Fact]
    public void Retained_messages_are_limited()
    {
        var client = Connected("me", keepAlive: 0);
        for (var i = 0; i <= 10_000; i++) client.Send(new MqttPacket.Publish($"t/{i}", "x"u8.ToArray(), 0, true));
        _world.Session.OfType<ServiceOverfull>().Single().Limit.ShouldBe("retained messages");
        client.Send(new MqttPacket.Subscribe(1, [("t/10000", 0)]));
        client.Take().ShouldBe("SUBACK #1 code 0");
        client.Send(new MqttPacket.Subscribe(2, [("t/9999", 0)]));
        client.Take().ShouldBe("SUBACK #2 code 0, PUBLISH t/9999 QoS 0 retained");
    }

    [Fact]
    public void A_table_gives_messages_that_are_retained()
    {
        var world = new ServiceWorld([EndpointText.Parse(ServiceUrl.Parse("mqtts://b.test"), null, new ServiceTable(
            "messages", ["topic", "payload", "qos"], [["cfg", "on", "1"]]))]);
        var client = new Peer(world, world.Connect("b.test", 8883));
        client.Send(Hello("me"));
        client.Send(new MqttPacket.Subscribe(1, [("cfg", 2)]));
        client.Take().ShouldBe("CONNACK code 0, SUBACK #1 code 2, PUBLISH #1 cfg QoS 1 retained");
    }

    private static MqttPacket.Connect Hello(string id, bool isClean = true, int keepAlive = 60) =>
        new("MQTT", 4, id, isClean, keepAlive, null, null, null);

    private Peer Client() => new(_world, _world.Connect("a.test", 1883));

    private Peer Connected(string id, bool isClean = true, int keepAlive = 60)
    {
        var client = Client();
        client.Send(Hello(id, isClean, keepAlive));
        client.Take().ShouldBe("CONNACK code 0");
        return client;
    }

    private sealed class Peer(ServiceWorld world, int number)
    {
        private readonly MqttPacketReader _reader = new(1 << 20);

        public int Number => number;

        public void Send(MqttPacket packet) => world.Send(number, MqttPacketWriter.Encode(packet));

        /// <summary>What came since the last call.</summary>
        public string Take()
        {
            world.Run(0.01);
            _reader.Append(world.Taken(number));
            var packets = new List<string>();
            while (_reader.TryRead(out var packet))
            {
                packets.Add(new MqttOut(default, new Connection(1, "", 0), packet.Type, packet.Fields).Text);
            }


            _reader.Violation.ShouldBeNull();
            return string.Join(", ", packets);
        }
    }
}
