using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Units;
using AirHil.Rig.Properties;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description(
    "What a whole run must keep, from its beginning to the scenario's end. Such a step judges what has happened so " +
    "far, and the end of the scenario judges the rest, so it may come first or last. Clauses that wait for something " +
    "(keeps, again, reaches) are judged only while no fault acts and after the settling time behind the last fault. " +
    "A place is the service, UART 1, the log, topic NAME or phone NUMBER, or the service's log or the peer's log: " +
    "what a script logs that plays one. Where the target cannot see a place, the scenario is skipped. On a UART and " +
    "on plain TCP, a text is a line without its line end. A pattern is a text with fields such as " +
    "\"R,{no},{*}\", or JSON with names as values such as " +
    "'{\"no\": no, \"kind\": \"report\"}'; a single word is the member of that name.")]
public sealed class PropertySteps(BenchDriver driver)
{
    [Given("a settling time of {duration}")]
    [Description("How long after the start and after the last fault nothing is waited for. Without this, 150 s.")]
    public void GivenSettling(TimeSpan time) => driver.Bench.Settling = time;

    [Given("faults: {}")]
    [Description("Limits the kinds of faults that `airhil hunt` draws, as \"faults: coverage, power cut, reset\".")]
    public void GivenFaults(string kinds) =>
        driver.Bench.FaultKinds = kinds.Split(',', StringSplitOptions.TrimEntries);

    [Given("the module never restarts by itself")]
    [Then("the module never restarts by itself")]
    [Description("Only by its supply and its reset line: no VM exit, no watchdog, no reboot by the script.")]
    public void NeverRestarts() => driver.Bench.Require(new NeverRestarts());

    [Needs(Capability.Service)]
    [Given("the module is connected again within {duration}")]
    [Then("the module is connected again within {duration}")]
    [Description("After each loss, and after each fault and its settling time. The service must have accepted it.")]
    public void ConnectedAgain(TimeSpan within) => driver.Bench.Require(new ConnectedAgain(within));

    [Needs(Capability.Service)]
    [Given("the module is subscribed to {string} again within {duration}")]
    [Then("the module is subscribed to {string} again within {duration}")]
    [Description(
        "Behind each connection that a broker accepts. A subscription ends with its connection, unless the broker " +
        "keeps the session.")]
    public void SubscribedAgain(string filter, TimeSpan within) =>
        driver.Bench.Require(new SubscribedAgain(Escapes.ToText(filter), within));

    [Given("{place} keeps receiving/sending/showing a text at least every {duration}")]
    [Then("{place} keeps receiving/sending/showing a text at least every {duration}")]
    public void KeepsComing(Place place, TimeSpan every) =>
        driver.Bench.Require(new KeepsComing(place, null, every));

    [Given("{place} keeps receiving/sending/showing {string} at least every {duration}")]
    [Then("{place} keeps receiving/sending/showing {string} at least every {duration}")]
    [Description("A text that fits the pattern.")]
    public void KeepsComing(Place place, string pattern, TimeSpan every) =>
        driver.Bench.Require(new KeepsComing(place, Pattern(pattern), every));

    [Given("every {string} on/at {place} reaches {place} as {string} within {duration}")]
    [Then("every {string} on/at {place} reaches {place} as {string} within {duration}")]
    [Description(
        "Every text towards the module comes out again, with equal values in fields of the same name. What the " +
        "module held when its supply was cut or its reset line pulled is not waited for. An HTTP request has arrived " +
        "when it is answered with a status below 400.")]
    public void EveryTextArrives(string asked, Place from, Place to, string answer, TimeSpan within) =>
        driver.Bench.Require(new EveryTextArrives(Pattern(asked), from, to, Pattern(answer), within));

    [Given("every {string} on/at {place} reaches {place} as {string} exactly once within {duration}")]
    [Then("every {string} on/at {place} reaches {place} as {string} exactly once within {duration}")]
    [Description("The same, and no text with these values comes out more often than one came.")]
    public void EveryTextArrivesOnce(string asked, Place from, Place to, string answer, TimeSpan within) =>
        driver.Bench.Require(new EveryTextArrives(Pattern(asked), from, to, Pattern(answer), within, Once: true));

    [Given("no text on/at {place} repeats {string}")]
    [Then("no text on/at {place} repeats {string}")]
    [Description("A word or a pattern with one field: each value comes at most once.")]
    public void NeverRepeats(Place place, string field) =>
        driver.Bench.Require(new NeverRepeats(place, Pattern(field)));

    [Given("no text on/at {place} repeats {string} more than {int} time(s)")]
    [Then("no text on/at {place} repeats {string} more than {int} time(s)")]
    [Description("Each value comes at most so often.")]
    public void NeverRepeatsMore(Place place, string field, int most) =>
        driver.Bench.Require(new NeverRepeats(place, Pattern(field), Amount.Times(most)));

    [Given("texts on/at {place} with the same {string} have the same content")]
    [Then("texts on/at {place} with the same {string} have the same content")]
    public void SameContent(Place place, string field) =>
        driver.Bench.Require(new AlwaysSameContent(place, Pattern(field)));

    [Given("{string} on/at {place} never goes back")]
    [Then("{string} on/at {place} never goes back")]
    [Description(
        "The number in this field is never less than the one before it on its connection or, of its first text, on " +
        "the connection before.")]
    public void NeverGoesBack(string field, Place place) =>
        driver.Bench.Require(new NeverGoesBack(place, Pattern(field)));

    [Given("{place} never receives/sends/shows more than {int} text(s) in {duration}")]
    [Then("{place} never receives/sends/shows more than {int} text(s) in {duration}")]
    public void NeverMoreTexts(Place place, int most, TimeSpan time) =>
        driver.Bench.Require(new NeverMoreThan(Amount.Packets(most), place, time));

    [Given("{place} never receives/sends/shows more than {int} text(s) in {duration} of a settled run")]
    [Then("{place} never receives/sends/shows more than {int} text(s) in {duration} of a settled run")]
    [Description("Texts count only when the settling time is over: not those that waited for a connection.")]
    public void NeverMoreSettledTexts(Place place, int most, TimeSpan time) =>
        driver.Bench.Require(new NeverMoreThan(Amount.Packets(most), place, time, Settled: true));

    [Needs(Capability.Network)]
    [Given("the module never tries to connect more than {int} time(s) in {duration}")]
    [Then("the module never tries to connect more than {int} time(s) in {duration}")]
    public void NeverMoreAttempts(int most, TimeSpan time) =>
        driver.Bench.Require(new NeverMoreThan(Amount.Packets(most), null, time));

    [Needs(Capability.Network)]
    [Given("the module never has more than {int} connection(s)")]
    [Then("the module never has more than {int} connection(s)")]
    [Description("At one time, as the module itself knows them.")]
    public void FewConnections(int most) => driver.Bench.Require(new FewConnections(Amount.Packets(most)));

    [Needs(Capability.Service)]
    [Given("every connection begins with {string}")]
    [Then("every connection begins with {string}")]
    [Description("The first text of each connection fits the pattern.")]
    public void ConnectionsBegin(string pattern) => driver.Bench.Require(new ConnectionsBegin(Pattern(pattern)));

    [Given("for every {string} on/at {place} holds {string}")]
    [Then("for every {string} on/at {place} holds {string}")]
    [Description(
        "A Lua expression. The fields are variables, time is the run's time in seconds, and last has the fields and " +
        "the time of the text before on its connection or, of its first, on the connection before, nil behind the " +
        "very first: \"last == nil or no == last.no + 1\".")]
    public void Holds(string pattern, Place place, string expression) =>
        driver.Bench.Require(new Holds(Pattern(pattern), place, expression));

    private static string Pattern(string text) => Escapes.ToText(text).TrimEnd('\r', '\n');
}
