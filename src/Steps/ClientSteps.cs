using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Clients)]
[Description(
    "A client that connects to a module which listens (socket.listen). It is the last one that connected which sends " +
    "and receives. A real operator's network lets nobody in, so these steps are for the simulated network only.")]
public sealed class ClientSteps(BenchDriver driver)
{
    [When("a client connects to port {int} of the module")]
    public async ValueTask Connects(int port) => await driver.Act().Do(new ConnectClient(Amount.Port(port)));

    [When("the client sends {string}")]
    [Description("The text in UTF-8. What it sends before it is connected waits.")]
    public async ValueTask Sends(string text) =>
        await driver.Act().Do(new SendFromClient(Escapes.ToBytes(text)));

    [When("the client closes its connection")]
    public async ValueTask Closes() => await driver.Act().Do(new CloseClient(IsReset: false));

    [When("the client resets its connection")]
    public async ValueTask Resets() => await driver.Act().Do(new CloseClient(IsReset: true));

    [Then("within {duration} the client is connected")]
    public async ValueTask ThenConnected(TimeSpan within) => await Sees(ClientSight.Connected, within);

    [Then("within {duration} the client is refused")]
    [Description("The module does not listen at the port.")]
    public async ValueTask ThenRefused(TimeSpan within) => await Sees(ClientSight.Refused, within);

    [Then("within {duration} the client receives {string}")]
    [Description("This text, alone in a segment.")]
    public async ValueTask ThenReceives(TimeSpan within, string text)
    {
        var bytes = Escapes.ToBytes(text);
        await driver.Bench.Expect(Match.Event(
            EventKinds.ClientSaw(ClientSight.Received), $"'{text}' at the client",
            e => e.Bytes.Span.SequenceEqual(bytes)), within);
    }

    [Then("within {duration} the module closes the client's connection")]
    [Description("By FIN.")]
    public async ValueTask ThenClosed(TimeSpan within) => await Sees(ClientSight.Closed, within);

    [Then("within {duration} the client's connection is lost")]
    [Description("By RST, or because the module does not answer.")]
    public async ValueTask ThenLost(TimeSpan within) => await Sees(ClientSight.Lost, within);

    private async ValueTask Sees(ClientSight sight, TimeSpan within) => await driver.Bench.Expect(
        Match.Event(EventKinds.ClientSaw(sight), $"a client that is {sight.ToString().ToLowerInvariant()}", _ => true),
        within);
}
