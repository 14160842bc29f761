using System.ComponentModel;
using System.Text;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.Mqtt;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Service)]
[Description(
    "MQTT brokers: what they refuse, withhold and publish, and what they receive. A topic may have the wildcards + " +
    "and #, as where a script makes it of its module's IMEI: \"dev/+/up\".")]
public sealed class MqttSteps(BenchDriver driver)
{
    private ServiceUrl? _url;

    [BehaviorArgument(Does = "broker")]
    [Given("a broker at {string}")]
    [Description("An MQTT 3.1.1 broker, such as mqtt://broker.test or mqtts://broker.test. Everybody may connect.")]
    public void GivenBroker(ServiceUrl url)
    {
        _url = url;
        driver.Bench.AddService(EndpointText.Parse(url, "broker"));
    }

    [BehaviorArgument(Does = "broker")]
    [Given("a broker at {string} with the user {string} and the password {string}")]
    [Description("It refuses others with code 4. For several users there is the table of users.")]
    public void GivenBrokerOf(ServiceUrl url, string user, string password)
    {
        _url = url;
        driver.AddService(url, new ServiceTable("users", ["user", "password"], [[user, password]]));
    }

    [Given("the broker refuses with code {int}")]
    [When("the broker refuses with code {int}")]
    [Description("Every CONNECT from now on: 1 version, 2 client id, 3 unavailable, 4 password, 5 not allowed.")]
    public ValueTask Refuses(int code) => driver.Begin(new RefuseConnect(Amount.ReturnCode(code)));

    [When("the broker refuses with code {int} for {duration}")]
    public ValueTask RefusesFor(int code, TimeSpan duration) =>
        driver.Begin(new RefuseConnect(Amount.ReturnCode(code)), duration);

    [Given("the broker sends no {word}")]
    [When("the broker sends no {word}")]
    [Description("From now on it withholds packets of that type, such as CONNACK, PUBACK or PINGRESP.")]
    public ValueTask Withholds(WithholdPackets fault) => driver.Begin(fault);

    [When("the broker sends no {word} for {duration}")]
    public ValueTask WithholdsFor(WithholdPackets fault, TimeSpan duration) => driver.Begin(fault, duration);

    [When("the broker stays silent for {duration}")]
    [Description("It takes packets and sends none. TCP still acknowledges.")]
    public ValueTask StaysSilent(TimeSpan duration) => driver.Begin(new FallSilent(), duration);

    [When("the broker drops the client(s)")]
    [Description("It ends every connection by FIN.")]
    public ValueTask Drops() => driver.Begin(new CloseWithoutFrame());

    [When("the broker publishes {string} to {string}")]
    [Description(
        "To all that have subscribed to the topic, with QoS 0. With wildcards to each topic that a client has " +
        "subscribed to by its name.")]
    public ValueTask Publishes(string text, string topic) => Publish(text, topic, 0, "");

    [When("the broker publishes {string} to {string} every {duration}")]
    [Description("Now, and again and again to the scenario's end. \"{n}\" in the text is a number that counts from 1.")]
    public ValueTask PublishesEvery(string text, string topic, TimeSpan every) =>
        PublishEvery(text, topic, 0, every);

    [When("the broker publishes {string} to {string} with QoS {int} every {duration}")]
    public ValueTask PublishesWithEvery(string text, string topic, int quality, TimeSpan every) =>
        PublishEvery(text, topic, quality, every);

    [When("the broker publishes {string} to {string} with QoS {int}")]
    public ValueTask PublishesWith(string text, string topic, int quality) => Publish(text, topic, quality, "");

    [Given("the broker publishes {string} to {string} with QoS {int} and retains it")]
    [When("the broker publishes {string} to {string} with QoS {int} and retains it")]
    public ValueTask Retains(string text, string topic, int quality) => Publish(text, topic, quality, "&retain");

    [Then("within {duration} the broker receives {string} on {string}")]
    [Description("The message of a PUBLISH, as a text with escapes, and its topic.")]
    public async ValueTask Receives(TimeSpan within, string text, string topic) => await driver.Bench.Expect(
        Packet(MqttPacketType.Publish, $" of '{text}' on '{topic}'",
            p => MqttTopic.Matches(topic, p.Fields.Name) && p.Bytes.Span.SequenceEqual(Escapes.ToBytes(text))), within);

    [Then("within {duration} the broker receives {string} on {string} with QoS {int}")]
    public async ValueTask ReceivesWith(TimeSpan within, string text, string topic, int quality) =>
        await driver.Bench.Expect(
            Packet(MqttPacketType.Publish, $" of '{text}' on '{topic}' with QoS {quality}",
                p => MqttTopic.Matches(topic, p.Fields.Name) && p.Fields.Quality == quality
                    && p.Bytes.Span.SequenceEqual(Escapes.ToBytes(text))), within);

    [Then("within {duration} the broker receives a message on {string} that contains {string}")]
    public async ValueTask ReceivesPart(TimeSpan within, string topic, string text) => await driver.Bench.Expect(
        Packet(MqttPacketType.Publish, $" on '{topic}' with '{text}' in it",
            p => MqttTopic.Matches(topic, p.Fields.Name) && Encoding.UTF8.GetString(p.Bytes.Span).Contains(
                Escapes.ToText(text), StringComparison.Ordinal)), within);

    [Then("within {duration} the broker receives a {word}")]
    [Description("A packet by its name: CONNECT, PUBLISH, PUBACK, SUBSCRIBE, PINGREQ, DISCONNECT and others.")]
    public async ValueTask ReceivesPacket(TimeSpan within, MqttPacketType packet) =>
        await driver.Bench.Expect(Packet(packet, "", _ => true), within);

    [Then("after {duration} {tolerance} the broker receives a {word}")]
    public async ValueTask ReceivesAfter(TimeSpan after, Tolerance tolerance, MqttPacketType packet) =>
        await driver.Bench.ExpectAfter(Packet(packet, "", _ => true), after, tolerance);

    [Then("within {duration} the broker receives a CONNECT of {string}")]
    [Description("By the client's id.")]
    public async ValueTask ReceivesConnect(TimeSpan within, string client) => await driver.Bench.Expect(
        Packet(MqttPacketType.Connect, $" of '{client}'", p => p.Fields.Name == client), within);

    [Then("within {duration} the broker receives a SUBSCRIBE of {string} with QoS {int}")]
    public async ValueTask ReceivesSubscribe(TimeSpan within, string filter, int quality) =>
        await driver.Bench.Expect(
            Packet(MqttPacketType.Subscribe, $" of '{filter}' with QoS {quality}",
                p => p.Fields.Name.Split(", ").Any(one => one.EndsWith($" {quality}", StringComparison.Ordinal)
                    && MqttTopic.Matches(filter, one[..one.LastIndexOf(' ')]))), within);

    [Then("the broker receives no {word} for {duration}")]
    public ValueTask ReceivesNone(MqttPacketType packet, TimeSpan during) =>
        driver.Bench.ExpectNot(Packet(packet, "", _ => true), during);

    [Then("the broker receives {int} {word} packet(s) within {duration}")]
    [Description("Counts since the last stimulus. Exactly this many must have come in the time.")]
    public async ValueTask ReceivesCount(int count, MqttPacketType packet, TimeSpan within)
    {
        var until = await driver.Bench.Observe(within);
        driver.SinceStimulus(EventKinds.MqttIn(packet), until).Count()
            .ShouldBeExactly(count, $"{Name(packet)} packets at the broker");
    }

    [Then("within {duration} the broker sends a {word}")]
    public async ValueTask Sends(TimeSpan within, MqttPacketType packet) => await driver.Bench.Expect(
        Match.Event(EventKinds.MqttOut(packet), $"the broker to send a {Name(packet)}", _ => true), within);

    [Then("within {duration} the broker sends a CONNACK with code {int}")]
    public async ValueTask SendsConnack(TimeSpan within, int code) => await driver.Bench.Expect(
        Match.Event(EventKinds.MqttOut(MqttPacketType.Connack), $"the broker to send a CONNACK with code {code}",
            e => e is MqttOut packet && packet.Fields.Code == code), within);

    [Then("within {duration} the broker drops the client")]
    [Description("By itself: a rule was broken, the keep-alive is over, or another client has the same id.")]
    public async ValueTask HasDropped(TimeSpan within) =>
        await driver.Bench.Expect(Match.Event("mqtt.dropped", "the broker to drop the client", _ => true), within);

    [Then("within {duration} the will {string} is published to {string}")]
    [Description("A client has gone without a DISCONNECT.")]
    public async ValueTask PublishesWill(TimeSpan within, string text, string topic) => await driver.Bench.Expect(
        Match.Event("mqtt.message", $"the will '{text}' on '{topic}'",
            e => e is MqttMessage message && MqttTopic.Matches(topic, message.Topic)
                && message.Bytes.Span.SequenceEqual(Escapes.ToBytes(text))), within);

    private ValueTask Publish(string text, string topic, int quality, string more) =>
        driver.Act().Do(Message(text, topic, quality, more));

    private ValueTask PublishEvery(string text, string topic, int quality, TimeSpan every) =>
        driver.Act().Do(new Repeat(Message(text, topic, quality, ""), every));

    private PushMessage Message(string text, string topic, int quality, string more)
    {
        var url = _url ?? throw new StepException("say first where the broker is: Given a broker at …");
        var target = $"{url}/{Uri.EscapeDataString(topic)}?qos={Amount.Quality(quality)}{more}";
        return new PushMessage(target, false, Escapes.ToBytes(text));
    }

    private static string Name(MqttPacketType type) => type.ToString().ToUpperInvariant();

    private static Matcher Packet(MqttPacketType type, string more, Func<MqttIn, bool> isRight) => Match.Event(
        EventKinds.MqttIn(type), $"the broker to receive a {Name(type)}{more}",
        e => e is MqttIn packet && isRight(packet));
}
