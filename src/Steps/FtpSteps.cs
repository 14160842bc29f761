using System.ComponentModel;
using AirHil.Modem;
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
[Description(
    "FTP servers: who may log in, what they hold and what they receive. Transfers are passive, at the ports 19000 to " +
    "19003. Tables of users, files and replies are steps of the cloud side.")]
public sealed class FtpSteps(BenchDriver driver)
{
    [BehaviorArgument(Does = "server")]
    [Given("an FTP server at {string}")]
    [Description("Such as ftp://files.test. It is empty, and everybody may log in.")]
    public void GivenServer(ServiceUrl url) => driver.Bench.AddService(EndpointText.Parse(url, "server"));

    [BehaviorArgument(Does = "server")]
    [Given("an FTP server at {string} with the user {string} and the password {string}")]
    [Description("It refuses others.")]
    public void GivenServerOf(ServiceUrl url, string user, string password) =>
        driver.AddService(url, new ServiceTable("users", ["user", "password"], [[user, password]]));

    [When("the FTP server drops the client(s)")]
    [Description("It ends every connection by FIN.")]
    public ValueTask Drops() => driver.Begin(new CloseWithoutFrame());

    [When("the FTP server stays silent for {duration}")]
    [Description("It takes commands and answers none. TCP still acknowledges.")]
    public ValueTask StaysSilent(TimeSpan duration) => driver.Begin(new FallSilent(), duration);

    [When("the FTP server cuts its transfers for {duration}")]
    [Description("Files and lists end in their middle, by RST.")]
    public ValueTask Cuts(TimeSpan duration) => driver.Begin(new CutBodies(), duration);

    [Then("within {duration} the FTP server receives the command {string}")]
    [Description("A command such as `STOR`, or its whole line such as `STOR a.txt`.")]
    public async ValueTask Receives(TimeSpan within, string command) =>
        await driver.Bench.Expect(Command(command), within);

    [Then("the FTP server receives no command {string} for {duration}")]
    public ValueTask ReceivesNone(string command, TimeSpan during) =>
        driver.Bench.ExpectNot(Command(command), during);

    [Then("within {duration} the FTP server replies {string}")]
    [Description("How the reply begins, such as `226`.")]
    public async ValueTask Replies(TimeSpan within, string start) => await driver.Bench.Expect(
        Match.Event("ftp.reply", $"the FTP server to reply '{start}'",
            e => e is FtpReplied reply && reply.Line.StartsWith(start, StringComparison.Ordinal)), within);

    [Then("within {duration} the FTP server stores {string} with the content {string}")]
    [Description("A whole file that a client has sent, by its path from the root. The content is a text with escapes.")]
    public async ValueTask Stores(TimeSpan within, string path, string content) => await driver.Bench.Expect(
        Match.Event("ftp.stored", $"the FTP server to store {path} with '{content}'",
            e => e is FtpStored file && file.Path == path
                && file.Bytes.Span.SequenceEqual(Escapes.ToBytes(content))), within);

    private static Matcher Command(string command) => Match.Event(
        "ftp.command", $"the FTP server to receive {command}",
        e => e is FtpCommanded own && (own.Line == command || own.Verb == command));
}
