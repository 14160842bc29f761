using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
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
    public void GivenPeer(string script, int port) => Connect(script, Uart(port));

    [ScriptArgument("peers")]
    [Given("a peer {string} on UART {int} with:")]
    [When("a peer {string} is connected to UART {int} with:")]
    [Description("A table with the columns `parameter` and `value`; the script finds them in `parameters`.")]
    public void GivenPeerWith(string script, int port, DataTable parameters) =>
        Connect(script, Uart(port), PeerParameters.Of(parameters));

    [When("the peer on UART {int} is disconnected")]
    [Description("As by its plug: what the module sends reaches nobody, and nothing comes.")]
    public void Disconnected(int port) =>
        driver.Bench.AddPeer(new PeerScript("nobody", "function on_data() end", []), Uart(port));

    [Needs(Capability.Buses)]
    [ScriptArgument("peers")]
    [Given("a peer {string} on {spot}")]
    [When("a peer {string} is connected to {spot}")]
    [Description("On a bus: `I2C 0 at 0x44` or `SPI 0 with CS 8`; a bus of pins is `I2C 5/4` or `SPI 11/9/10`.")]
    public void GivenDevice(string script, PeerPlace spot) => Connect(script, spot);

    [Needs(Capability.Buses)]
    [ScriptArgument("peers")]
    [Given("a peer {string} on {spot} with:")]
    [When("a peer {string} is connected to {spot} with:")]
    public void GivenDeviceWith(string script, PeerPlace spot, DataTable parameters) =>
        Connect(script, spot, PeerParameters.Of(parameters));

    [Needs(Capability.Pins)]
    [ScriptArgument("peers")]
    [Given("a peer {string} on pin {pin}")]
    [When("a peer {string} is connected to pin {pin}")]
    [Description("The script hears of every pin, and may hold any; the number is in its table `place`.")]
    public void GivenOnPin(string script, PinNumber pin) => Connect(script, Pin(pin));

    [Needs(Capability.Pins)]
    [ScriptArgument("peers")]
    [Given("a peer {string} on pin {pin} with:")]
    [When("a peer {string} is connected to pin {pin} with:")]
    public void GivenOnPinWith(string script, PinNumber pin, DataTable parameters) =>
        Connect(script, Pin(pin), PeerParameters.Of(parameters));

    [Then("within {duration} the peer logs {string}")]
    [Description("A line that contains this text, of any peer.")]
    public async ValueTask Logs(TimeSpan within, string text) => await driver.Bench.Expect(
        Match.Event(EventKinds.ScriptLog, $"a peer to log '{text}'", e => Has(e, text)), within);

    [Then("the peer does not log {string} for {duration}")]
    public ValueTask DoesNotLog(string text, TimeSpan during) => driver.Bench.ExpectNot(
        Match.Event(EventKinds.ScriptLog, $"a peer to log '{text}'", e => Has(e, text)), during);

    private static bool Has(SessionEvent e, string text) =>
        e is ScriptLogged logged && logged.Line.Contains(Escapes.ToText(text), StringComparison.Ordinal);

    private void Connect(string script, PeerPlace place, params KeyValuePair<string, string>[] parameters) =>
        driver.Bench.AddPeer(
            PeerScript.Read(ScriptFolder.Find(script, feature.FeatureInfo.FolderPath, "peers"), script, parameters),
            place);

    private PeerPlace.Pin Pin(PinNumber pin) => new(driver.Reached(pin));

    private PeerPlace.Uart Uart(int port) => new(
        port is >= 0 and <= EventKinds.LastPort
            ? driver.Wired(port)
            : throw new FormatException($"a UART is 0 to {EventKinds.LastPort}, not {port}"));
}
