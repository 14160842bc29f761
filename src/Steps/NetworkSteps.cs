using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Units;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Network)]
[Description(
    "Faults between the module and the service. Without \"for\" a fault lasts to the end of the scenario.")]
public sealed class NetworkSteps(BenchDriver driver, RunSettings settings)
{
    [Needs(Capability.Radio)]
    [Given("there is no coverage for {duration}")]
    [When("coverage is lost for {duration}")]
    [Description("There is no usable cell. The module notices it and looks for one.")]
    public ValueTask CoverageLost(TimeSpan duration) => driver.Begin(new DropCoverage(), duration);

    [When("the link becomes a black hole for {duration}")]
    [Description("No packet arrives in either direction, and no side gets an error.")]
    public ValueTask BlackHole(TimeSpan duration) => driver.Begin(new BlackHole(), duration);

    [When("the link is interrupted for {duration} every {duration}")]
    [Description("As by a black hole, again and again to the end of the scenario: at the edge of a cell.")]
    public ValueTask LinkInterrupted(TimeSpan gap, TimeSpan every) =>
        driver.Begin(new InterruptLink(Amount.Gap(gap, every), every), null);

    [When("the connection is reset")]
    [Description("Every open TCP connection is reset at both ends, as by a router that lost its state.")]
    public ValueTask ConnectionReset() => driver.Begin(new ResetConnections(), null);

    [Needs(Capability.Dns)]
    [When("DNS fails for {duration}")]
    [Description("Every name is answered by NXDOMAIN.")]
    public ValueTask DnsFails(TimeSpan duration) => driver.Begin(new FailDns(), duration);

    [When("the TLS handshake fails for {duration}")]
    [Description("With an alert.")]
    public ValueTask TlsFails(TimeSpan duration) => driver.Begin(new FailTls(), duration);

    [Given("the TLS handshake hangs for {duration}")]
    [Description("The server accepts the TCP connection and sends nothing.")]
    public ValueTask TlsHangs(TimeSpan duration) => driver.Begin(new FailTls(Hang: true), duration);

    [When("the link slows to {duration} for {duration}")]
    [Description("For the second duration, a round trip takes the first duration and 2000 bytes pass per second.")]
    public ValueTask SlowLink(TimeSpan roundTrip, TimeSpan duration) =>
        driver.Begin(new SlowLink(roundTrip, 2000), duration);

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [ActArgument]
    [When("the fault {string} begins")]
    [Description(
        "Any phrase of the command line: \"silence dns of host.example for 1m\"; `airhil run --help` lists them.")]
    public ValueTask AnyFault(string phrase) => driver.Do(phrase);

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [ActArgument]
    [Given("at {duration}: {string}")]
    [Description("At this time of the run, any phrase of the command line is done, such as \"drop coverage for 30s\".")]
    public void At(TimeSpan time, string phrase) =>
        driver.Bench.Schedule(new ScheduledAct(time, driver.Reached(ActPhrase.Parse(phrase, settings.Seed))));

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [ActArgument]
    [Given("{duration} after the next {string} behind {duration}: {string}")]
    [Description(
        "The same, a time after the first event of a kind from a time of the run on: 10 ms after the next " +
        "\"ws.text.in\" behind 20 s. Sessions show the kinds.")]
    public void Behind(TimeSpan delay, string kind, TimeSpan from, string phrase) => driver.Bench.Schedule(
        new ScheduledAct(from, driver.Reached(ActPhrase.Parse(phrase, settings.Seed)), new Anchor(kind, delay)));

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [Given("random faults for {duration}, set {int}")]
    [Description("A schedule that follows from the run's seed and the number. The same seed gives the same faults.")]
    public void RandomSchedule(TimeSpan duration, int set) => driver.Bench.Schedule(
        RandomFaults.Generate(SplitMix64.For(settings.Seed, DurationText.Format(TimeSpan.FromSeconds(set))).Next(),
            duration));
}
