using System.ComponentModel;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using Reqnroll;
using Regex = System.Text.RegularExpressions.Regex;

namespace AirHil.Steps;

[Binding]
[Description(
    "The log port. Each step looks only at lines after the event that the previous step found; \"after\" counts from " +
    "there.")]
public sealed class LogSteps(BenchDriver driver)
{
    [Then("within {duration} the log shows {string}")]
    [Description("A record that contains this text.")]
    public async ValueTask ThenShows(TimeSpan within, string text) =>
        await driver.Bench.Expect(Match.LogContains(text), within);

    [Then("within {duration} the log shows exactly {string}")]
    [Description("A record that is exactly this text; \\r and \\n are escapes.")]
    public async ValueTask ThenShowsExactly(TimeSpan within, string text) =>
        await driver.Bench.Expect(Match.LogExactly(Escapes.LineEnds(text)), within);

    [Then("within {duration} the log shows a line that matches {string}")]
    [Description("A .NET regular expression over the whole record, without looks around and back references.")]
    public async ValueTask ThenMatches(TimeSpan within, Regex pattern) =>
        await driver.Bench.Expect(Match.LogMatches(pattern.ToString()), within);

    [Then("after {duration} {tolerance} the log shows {string}")]
    [Description("Counted from the last act or the last event that a step found.")]
    public async ValueTask ThenShowsAfter(TimeSpan after, Tolerance tolerance, string text) =>
        await driver.Bench.ExpectAfter(Match.LogContains(text), after, tolerance);

    [Then("after {duration} {tolerance} since {string} the log shows {string}")]
    [Description("Counted from the last log line with the first text.")]
    public async ValueTask ThenShowsSince(TimeSpan after, Tolerance tolerance, string since, string text) =>
        await driver.ExpectAfterSince(Match.LogContains(text), after, tolerance, since);

    [Then("within {duration} the log shows these lines in order:")]
    [Description("A table with one column; other lines may come between. All of them within the time.")]
    public async ValueTask ThenShowsInOrder(TimeSpan within, DataTable lines)
    {
        var deadline = driver.Bench.Now + within;
        foreach (var row in lines.Rows)
        {
            await driver.Bench.Expect(Match.LogContains(row[0]), deadline - driver.Bench.Now);
        }
    }

    [Then("the log does not show {string} for {duration}")]
    [Description("From now on.")]
    public ValueTask ThenDoesNotShow(string text, TimeSpan during) =>
        driver.Bench.ExpectNot(Match.LogContains(text), during);

    [Then("the log shows nothing for {duration}")]
    public ValueTask ThenNothing(TimeSpan during) => driver.Bench.ExpectNot(Match.AnyLog(), during);
}
