using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service.Http;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Service)]
[Description("HTTP servers: what they answer and what they receive. Tables of routes are steps of the cloud side.")]
public sealed class HttpSteps(BenchDriver driver)
{
    [When("the service answers {int} for {duration}")]
    [Description("To every HTTP request, whatever its route says.")]
    public ValueTask Answers(int status, TimeSpan duration) =>
        driver.Begin(new AnswerStatus(Amount.Status(status)), duration);

    [When("the service cuts its HTTP bodies for {duration}")]
    [Description("Each ends in its middle, and its connection with it.")]
    public ValueTask Cuts(TimeSpan duration) => driver.Begin(new CutBodies(), duration);

    [Then("within {duration} the service receives a {word} to {string}")]
    [Description(
        "An HTTP request of this method and path. The path has its query; one that ends in * stands for all that " +
        "begin so.")]
    public async ValueTask Receives(TimeSpan within, string method, string path) => await driver.Bench.Expect(
        Request(method, path, "", _ => true), within);

    [Then("within {duration} the service receives a {word} to {string} with the body {string}")]
    public async ValueTask ReceivesBody(TimeSpan within, string method, string path, string body) =>
        await driver.Bench.Expect(
            Request(method, path, $" with the body '{body}'", r => r.Bytes.Span.SequenceEqual(Escapes.ToBytes(body))),
            within);

    [Then("within {duration} the service receives a {word} to {string} with a body that contains {string}")]
    [Description("The part of the body is a text with escapes.")]
    public async ValueTask ReceivesBodyPart(TimeSpan within, string method, string path, string part) =>
        await driver.Bench.Expect(
            Request(method, path, $" with '{part}' in its body",
                r => r.Bytes.Span.IndexOf(Escapes.ToBytes(part)) >= 0), within);

    [Then("within {duration} the service receives a {word} to {string} with the header {string}")]
    [Description("A line of the request's head; the case of the header's name does not matter.")]
    public async ValueTask ReceivesHeader(TimeSpan within, string method, string path, string header) =>
        await driver.Bench.Expect(
            Request(method, path, $" with the header '{header}'", r => r.HasHeader(header)), within);

    [Then("the service receives no HTTP request for {duration}")]
    public ValueTask ReceivesNone(TimeSpan during) =>
        driver.Bench.ExpectNot(Match.Event("http.request", "the service to receive an HTTP request"), during);

    [Then("the service receives {int} HTTP request(s) within {duration}")]
    [Description("Counts since the last stimulus. Exactly this many must have come in the time.")]
    public async ValueTask ReceivesCount(int count, TimeSpan within)
    {
        var until = await driver.Bench.Observe(within);
        driver.SinceStimulus("http.request", until).Count().ShouldBeExactly(count, "HTTP requests at the service");
    }

    [Then("within {duration} the service answers with the status {int}")]
    public async ValueTask Answered(TimeSpan within, int status) => await driver.Bench.Expect(
        Match.Event("http.answer", $"the service to answer with {status}",
            e => e is HttpAnswered answer && answer.Status == status), within);

    [Then("within {duration} the service answers with the status {int} and the header {string}")]
    public async ValueTask AnsweredHeader(TimeSpan within, int status, string header) => await driver.Bench.Expect(
        Match.Event("http.answer", $"the service to answer with {status} and the header '{header}'",
            e => e is HttpAnswered answer && answer.Status == status && answer.HasHeader(header)), within);

    private static Matcher Request(string method, string path, string more, Func<HttpRequested, bool> isRight) =>
        Match.Event("http.request", $"the service to receive a {method} to {path}{more}",
            e => e is HttpRequested request && request.Method == method
                && HttpPath.Matches(path, request.Target) && isRight(request));
}
