using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Sms)]
[Description(
    "Text messages. One for the module waits in the network until the module can be reached. Numbers of China are " +
    "the same with and without +86.")]
public sealed class SmsSteps(BenchDriver driver)
{
    [When("a text message from {string} says {string}")]
    [Description("A long text comes in parts, as the network cuts it.")]
    public async ValueTask Says(string from, string text) => await Send(from, text, null);

    [When("a text message from {string} says {string} every {duration}")]
    [Description("Now, and again and again to the scenario's end. \"{n}\" in the text is a number that counts from 1.")]
    public async ValueTask SaysEvery(string from, string text, TimeSpan every) => await driver.Act().Do(
        new Repeat(new SendSms(PhoneNumber.Checked(from), Escapes.ToText(text)), every));

    [When("part {int} of {int} of the text message {int} from {string} says {string}")]
    [Description("One part by itself, so that parts can come in any order, twice or never.")]
    public async ValueTask PartSays(int number, int of, int reference, string from, string text) => await Send(
        from, text, new MessagePart(Amount.Octet(reference), Amount.Octet(number), Amount.Octet(of)));

    [Given("the network refuses text messages with code {int}")]
    [When("the network refuses text messages with code {int}")]
    [Description("From now on.")]
    public ValueTask Refuses(int code) => driver.Begin(new RefuseSms(Amount.Cause(code)));

    [When("the network refuses text messages with code {int} for {duration}")]
    public ValueTask RefusesFor(int code, TimeSpan duration) =>
        driver.Begin(new RefuseSms(Amount.Cause(code)), duration);

    [When("text messages are held for {duration}")]
    [Description("Those for the module come when it is over; its own are not answered.")]
    public ValueTask Held(TimeSpan duration) => driver.Begin(new HoldSms(), duration);

    [When("text messages are lost for {duration}")]
    [Description("In both directions. The network confirms those of the module.")]
    public ValueTask Lost(TimeSpan duration) => driver.Begin(new LoseSms(), duration);

    [Then("within {duration} a text message to {string} says {string}")]
    [Description("The network takes it from the module.")]
    public async ValueTask ThenSays(TimeSpan within, string to, string text) => await driver.Bench.Expect(
        Sent($"a text message to {to} that says '{text}'",
            sms => PhoneNumber.AreSame(sms.Number, to) && sms.Message == Escapes.ToText(text)), within);

    [Then("within {duration} a text message to {string} contains {string}")]
    public async ValueTask ThenContains(TimeSpan within, string to, string text) => await driver.Bench.Expect(
        Sent($"a text message to {to} with '{text}' in it",
            sms => PhoneNumber.AreSame(sms.Number, to)
                && sms.Message.Contains(Escapes.ToText(text), StringComparison.Ordinal)), within);

    [Then("the module sends no text message for {duration}")]
    public ValueTask ThenNone(TimeSpan during) =>
        driver.Bench.ExpectNot(Sent("a text message of the module", _ => true), during);

    private async ValueTask Send(string from, string text, MessagePart? part) =>
        await driver.Act().Do(new SendSms(PhoneNumber.Checked(from), Escapes.ToText(text), part));

    private static Matcher Sent(string what, Func<SmsSubmitted, bool> isRight) =>
        Match.Event(EventKinds.SmsSubmitted, what, e => e is SmsSubmitted sms && isRight(sms));
}
