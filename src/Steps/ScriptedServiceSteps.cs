using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Service)]
[Description(
    "Services that a script in Lua plays: your own cloud, in tcp://, udp://, ws://, http:// and mqtt://. The script " +
    "is a path, as the module's is, or a name in fixtures/peers. docs/peers.md says what it can call.")]
public sealed class ScriptedServiceSteps(BenchDriver driver, FeatureContext feature)
{
    [Given("a service at {string} that runs {string}")]
    [When("the service at {string} runs {string}")]
    public void GivenScript(ServiceUrl url, string script) => Run(url, script);

    [Given("a service at {string} that runs {string} with:")]
    [When("the service at {string} runs {string} with:")]
    [Description("A table with the columns `parameter` and `value`; the script finds them in `parameters`.")]
    public void GivenScriptWith(ServiceUrl url, string script, DataTable parameters) =>
        Run(url, script, PeerParameters.Of(parameters));

    [Then("within {duration} the service logs {string}")]
    [Description("A line that contains this text, of any script that plays a service.")]
    public async ValueTask Logs(TimeSpan within, string text) => await driver.Bench.Expect(
        Match.Event(EventKinds.ScriptLog, $"a service to log '{text}'",
            e => e is ScriptLogged logged && logged.Line.Contains(Escapes.ToText(text), StringComparison.Ordinal)),
        within);

    [Then("within {duration} the service receives {string} on TCP")]
    [Description("In one piece that contains this.")]
    public async ValueTask Receives(TimeSpan within, string text) => await driver.Bench.Expect(
        Match.Event("tcp.in", $"the service to receive '{text}'",
            e => e.Bytes.Span.IndexOf(Escapes.ToBytes(text)) >= 0), within);

    private void Run(ServiceUrl url, string script, params KeyValuePair<string, string>[] parameters) =>
        driver.Bench.AddService(new Endpoint(url, new ScriptedService(PeerScript.Read(
            ScriptFolder.Find(script, feature.FeatureInfo.FolderPath, "peers"), script, parameters))));
}
