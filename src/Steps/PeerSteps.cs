using System.ComponentModel;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description(
    "Peers: what is connected to the module, each played by a script in Lua. The script is a path, as the module's " +
    "is, or a name in fixtures/peers. docs/peers.md says what it can call.")]
public sealed class PeerSteps(BenchDriver driver, FeatureContext feature)
{
    [ScriptArgument("peers")]
    [Given("a peer {string} on UART {int}")]
    [When("a peer {string} is connected to UART {int}")]
    [Description("What the module sends there reaches the script, and what the script sends reaches the module.")]
    public void GivenPeer(string script, int port) => Connect(script, port);

    [ScriptArgument("peers")]
    [Given("a peer {string} on UART {int} with:")]
    [When("a peer {string} is connected to UART {int} with:")]
    [Description("A table with the columns `parameter` and `value`; the script finds them in `parameters`.")]
    public void GivenPeerWith(string script, int port, DataTable parameters) =>
        Connect(script, port, PeerParameters.Of(parameters));

    [Then("within {duration} the peer logs {string}")]
    [Description("A line that contains this text, of any peer.")]
    public async ValueTask Logs(TimeSpan within, string text) => await driver.Bench.Expect(
        Match.Event(EventKinds.ScriptLog, $"a peer to log '{text}'", e => Has(e, text)), within);

    [Then("the peer does not log {string} for {duration}")]
    public ValueTask DoesNotLog(string text, TimeSpan during) => driver.Bench.ExpectNot(
        Match.Event(EventKinds.ScriptLog, $"a peer to log '{text}'", e => Has(e, text)), during);

    private static bool Has(SessionEvent e, string text) =>
        e is ScriptLogged logged && logged.Line.Contains(Escapes.ToText(text), StringComparison.Ordinal);

    private void Connect(string script, int port, params KeyValuePair<string, string>[] parameters) =>
        driver.Bench.AddPeer(
            PeerScript.Read(ScriptFolder.Find(script, feature.FeatureInfo.FolderPath, "peers"), script, parameters),
            new PeerPlace.Uart(port is >= 0 and <= EventKinds.LastPort
                ? port
                : throw new FormatException($"a UART is 0 to {EventKinds.LastPort}, not {port}")));
}
