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
    "What goes wrong between the module and the service. Without \"for\" a fault lasts to the scenario's end.")]
public sealed class NetworkSteps(BenchDriver driver, RunSettings settings)
{
    [Needs(Capability.Radio)]
    [Given("there is no coverage for {duration}")]
    [When("coverage is lost for {duration}")]
    [Description("No usable cell: the module notices and looks for one.")]
    public ValueTask CoverageLost(TimeSpan duration) => driver.Begin(new DropCoverage(), duration);

    [When("the link becomes a black hole for {duration}")]
    [Description("Nothing passes either way, and nobody is told.")]
    public ValueTask BlackHole(TimeSpan duration) => driver.Begin(new BlackHole(), duration);

    [When("the connection is reset")]
    [Description("Every open TCP connection, at both ends, as by a box in between that lost its state.")]
    public ValueTask ConnectionReset() => driver.Begin(new ResetConnections(), null);

    [Needs(Capability.Dns)]
    [When("DNS fails for {duration}")]
    [Description("Every name is answered by NXDOMAIN.")]
    public ValueTask DnsFails(TimeSpan duration) => driver.Begin(new FailDns(), duration);

    [When("the TLS handshake fails for {duration}")]
    [Description("With an alert.")]
    public ValueTask TlsFails(TimeSpan duration) => driver.Begin(new FailTls(), duration);

    [Given("the TLS handshake hangs for {duration}")]
    [Description("The server takes the connection and says nothing.")]
    public ValueTask TlsHangs(TimeSpan duration) => driver.Begin(new FailTls(Hang: true), duration);

    [When("the link slows to {duration} for {duration}")]
    [Description("A round trip takes the first time, for the second; 2000 bytes a second pass.")]
    public ValueTask SlowLink(TimeSpan roundTrip, TimeSpan duration) =>
        driver.Begin(new SlowLink(roundTrip, 2000), duration);

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [When("the fault {string} begins")]
    [Description(
        "Any phrase of the command line: \"silence dns of host.example for 1m\"; `airhil run --help` lists them.")]
    public ValueTask AnyFault(string phrase) => driver.Do(phrase);

    [Needs(Capability.Radio, Capability.Service, Capability.Dns)]
    [Given("random faults for {duration}, set {int}")]
    [Description("A schedule drawn from the run's seed and the number; the same both times.")]
    public void RandomSchedule(TimeSpan duration, int set) => driver.Bench.Schedule(
        RandomFaults.Generate(SplitMix64.For(settings.Seed, DurationText.Format(TimeSpan.FromSeconds(set))).Next(),
            duration));
}
