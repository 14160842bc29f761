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
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Service)]
[Description("The cloud side: your own services, their faults, and what they receive.")]
public sealed class ServiceSteps(BenchDriver driver)
{
    [Given("a service at {string} that echoes")]
    [Description("It sends every message back unchanged.")]
    public void GivenEcho(ServiceUrl url) => driver.Bench.AddService(new Endpoint(url, new EchoFrames()));

    [Given("a service at {string} that echoes messages of at most {int} bytes")]
    [Description("It closes with code 1009 when a longer message comes. By default the limit is 1 MiB.")]
    public void GivenLimitedEcho(ServiceUrl url, int bytes) =>
        driver.Bench.AddService(new Endpoint(url, new EchoFrames()) { MessageLimit = bytes });

    [Given("a service at {string} that stays silent")]
    [Description("It receives everything and sends nothing, except pongs.")]
    public void GivenSilent(ServiceUrl url) => driver.Bench.AddService(new Endpoint(url, new Silent()));

    [Given("a service at {string} that answers {string} to {string}")]
    public void GivenAnswer(ServiceUrl url, string answer, string asked) => driver.Bench.AddService(
        new Endpoint(url, new Answers([new AnswerRule(Escapes.ToText(asked), Escapes.ToText(answer))])));

    [Given("a service at {string} that answers:")]
    [Description("A table with the columns `to` and `with`: the exact text of a message, and the text of its answer.")]
    public void GivenAnswers(ServiceUrl url, DataTable rules) => driver.Bench.AddService(new Endpoint(
        url,
        new Answers([.. rules.Rows.Select(r => new AnswerRule(Escapes.ToText(r["to"]), Escapes.ToText(r["with"])))])));

    [BehaviorArgument]
    [Given("a service at {string} that does {string}")]
    [Description("As `--service` of the command line has it, such as `503 | 503 | 200 hello` for http://.")]
    public void GivenBehavior(ServiceUrl url, string behavior) =>
        driver.Bench.AddService(EndpointText.Parse(url, behavior));

    [Given("the service {string} with the {word}:")]
    [Description(
        "A table of any protocol: `routes` for http://, `users` and `messages` for mqtt://, `users`, `files` and " +
        "`replies` for ftp://, `answers` for ws://, tcp:// and udp://.")]
    public void GivenTable(ServiceUrl url, string noun, DataTable table) => driver.AddService(url, new ServiceTable(
        noun, [.. table.Header], [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Values])]));

    [Needs(Capability.Network)]
    [Given("the service is down for {duration}")]
    [When("the service goes down for {duration}")]
    [Description("Every service: connections are reset and new ones refused.")]
    public ValueTask Down(TimeSpan duration) => driver.Begin(new RefuseConnections(), duration);

    [When("the service refuses the upgrade with {int} for {duration}")]
    public ValueTask Refuses(int status, TimeSpan duration) =>
        driver.Begin(new RefuseUpgrade(Amount.Status(status)), duration);

    [Given("the service never answers the upgrade for {duration}")]
    public ValueTask Stalls(TimeSpan duration) => driver.Begin(new StallUpgrade(), duration);

    [When("the service closes with code {int}")]
    [Description("With a close frame of this code.")]
    public ValueTask ClosesWithCode(int code) => driver.Begin(new CloseWithFrame(Amount.CloseCode(code)));

    [When("the service closes without a close frame")]
    [Description("It sends only TCP's FIN.")]
    public ValueTask ClosesWithoutFrame() => driver.Begin(new CloseWithoutFrame());

    [When("the service host forgets its connections")]
    [Description("It crashes and restarts. The connections are half-open; it answers what arrives with RST.")]
    public ValueTask Forgets() => driver.Begin(new ForgetConnections());

    [When("the service falls silent")]
    [Description("It reads nothing and answers nothing, not even a ping. TCP still acknowledges.")]
    public ValueTask FallsSilent() => driver.Begin(new FallSilent());

    [When("the service glues the text {string} to its 101 for {duration}")]
    [Description("A first frame is in the same segment as the answer to the upgrade.")]
    public ValueTask Glues(string text, TimeSpan duration) => driver.Begin(new GlueFrameTo101(text), duration);

    [When("the service sends the text {string}")]
    [Description("To every open connection.")]
    public async ValueTask SendsText(string text) => await driver.Act().ServicePush(null, Escapes.ToText(text));

    [When("the service sends the text {string} every {duration}")]
    [Description("Now, and again and again to the scenario's end. \"{n}\" in the text is a number that counts from 1.")]
    public ValueTask SendsTextEvery(string text, TimeSpan every) =>
        driver.Act().Do(new Repeat(new PushMessage(null, true, Escapes.ToBytes(text)), every));

    [When("the service sends a text of {int} bytes")]
    [Description("To every open connection, in one frame.")]
    public async ValueTask SendsTextOf(int bytes) =>
        await driver.Act().ServicePush(null, new string('x', Amount.Bytes(bytes)));

    [When("the service sends the bytes {string}")]
    [Description("Hexadecimal, as a binary frame, to every open connection.")]
    public async ValueTask SendsBytes(byte[] bytes) =>
        await driver.Act().ServicePush(null, (ReadOnlyMemory<byte>)bytes);

    [When("the service sends the text {string} in 2 fragments")]
    public async ValueTask SendsFragments(string text)
    {
        // It ends by itself, so that an answer may come at once and still be behind the last act.
        await driver.Begin(new Fragment(), TimeSpan.FromMilliseconds(1));
        await driver.Bench.ServicePush(null, Escapes.ToText(text));
    }

    [When("the service sends half a frame")]
    [Description("It sends nothing more on that connection.")]
    public ValueTask SendsHalf() => driver.Begin(new HalfFrame());

    [When("the service pings with {string}")]
    public async ValueTask Pings(string text) => await driver.Act().ServicePing(null, Escapes.ToBytes(text));

    [Then("within {duration} the service sees this upgrade request:")]
    [Description("The whole request as a doc string; its lines end with CR LF.")]
    public async ValueTask SeesUpgrade(TimeSpan within, string request)
    {
        var wanted = request.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n\r\n";
        await driver.Bench.Expect(Service("ws.upgrade", $"an upgrade request that reads\n{request}\n", wanted), within);
    }

    [Then("within {duration} the service sees the header {string}")]
    [Description("A line of the upgrade request, exactly.")]
    public async ValueTask SeesHeader(TimeSpan within, string header) => await driver.Bench.Expect(
        Match.Event("ws.upgrade", $"an upgrade request with the line '{header}'",
            e => Text(e).Split("\r\n").Contains(header)), within);

    [Then("within {duration} the service at {string} has a connection")]
    public async ValueTask HasConnection(TimeSpan within, string url) => await driver.Bench.Expect(
        Match.Where($"a connection to {url}",
            s => s.Event is UpgradeAccepted open && open.Url.Contains(url, StringComparison.Ordinal)), within);

    [Then("within {duration} the service receives the text {string}")]
    public async ValueTask ReceivesText(TimeSpan within, string text) =>
        await driver.Bench.Expect(Service("ws.text.in", $"the service to receive '{text}'", Escapes.ToText(text)),
            within);

    [Then("within {duration} the service receives the bytes {string}")]
    [Description("Hexadecimal, as one binary message.")]
    public async ValueTask ReceivesBytes(TimeSpan within, byte[] bytes) => await driver.Bench.Expect(
        Match.Event("ws.binary.in", $"the service to receive {Convert.ToHexString(bytes)}",
            e => e.Bytes.Span.SequenceEqual(bytes)), within);

    [Then("within {duration} the service receives a text")]
    public async ValueTask ReceivesAnyText(TimeSpan within) =>
        await driver.Bench.Expect(Match.Event("ws.text.in", "the service to receive a text"), within);

    [Then("after {duration} {tolerance} the service receives a ping")]
    public async ValueTask ReceivesPing(TimeSpan after, Tolerance tolerance) =>
        await driver.Bench.ExpectAfter(Match.Event("ws.ping.in", "the service to receive a ping"), after, tolerance);

    [Then("within {duration} the service receives an empty pong")]
    public async ValueTask ReceivesPong(TimeSpan within) => await driver.Bench.Expect(
        Match.Event("ws.pong.in", "the service to receive an empty pong", e => e.Bytes.IsEmpty), within);

    [Then("the service receives no close frame for {duration}")]
    public ValueTask ReceivesNoClose(TimeSpan during) =>
        driver.Bench.ExpectNot(Match.Event("ws.close.in", "the service to receive a close frame"), during);

    [Then("the service receives {int} request(s) within {duration}")]
    [Description("Counts text messages since the last stimulus. Exactly this many must have come in the time.")]
    public async ValueTask ReceivesRequests(int count, TimeSpan within)
    {
        var until = await driver.Bench.Observe(within);
        driver.SinceStimulus("ws.text.in", until).Count().ShouldBeExactly(count, "requests at the service");
    }

    [Then("within {duration} the service sends the text {string}")]
    public async ValueTask ServiceSends(TimeSpan within, string text) =>
        await driver.Bench.Expect(Service("ws.text.out", $"the service to send '{text}'", Escapes.ToText(text)),
            within);

    [Then("the service sends nothing for {duration}")]
    [Description("No text and no binary frame.")]
    public ValueTask ServiceSendsNothing(TimeSpan during) => driver.Bench.ExpectNot(
        Match.Where("the service to send anything",
            s => s.Event is FrameOut { Frame: FrameKind.Text or FrameKind.Binary }), during);

    [Then("within {duration} {string} receives a datagram that starts with {string}")]
    [Description("The place is a host, or such as udp://host:7000. The start is a text with escapes.")]
    public async ValueTask ReceivesDatagram(TimeSpan within, string place, string start)
    {
        var (isThere, bytes) = (DatagramPlace.Parse(place), Escapes.ToBytes(start));
        await driver.Bench.Expect(Match.Event("udp.in", $"{place} to receive a datagram that starts with '{start}'",
            e => isThere.Takes(e) && e.Bytes.Span.StartsWith(bytes)), within);
    }

    [Then("{string} receives nothing for {duration}")]
    [Description("No datagram. The place is a host, or such as udp://host:7000.")]
    public ValueTask ReceivesNoDatagram(string place, TimeSpan during) => driver.Bench.ExpectNot(
        Match.Event("udp.in", $"{place} to receive a datagram", DatagramPlace.Parse(place).Takes), during);

    private static Matcher Service(string kind, string description, string text) =>
        Match.Event(kind, description, e => string.Equals(Text(e), text, StringComparison.Ordinal));

    private static string Text(SessionEvent e) => Encoding.UTF8.GetString(e.Bytes.Span);
}
