using System.ComponentModel;
using System.Text;
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
[Description(
    "The serial lines. Texts are UTF-8 with the escapes \\r \\n \\t \\0 \\\\ and \\xHH; no line end is added.")]
public sealed class UartSteps(BenchDriver driver)
{
    [When("{string} arrives at UART {int}")]
    [Description("One packet without gaps. An empty text sends nothing.")]
    public ValueTask Arrives(string text, int port) => Send(port, UartStimulus.Of(Escapes.ToBytes(text)));

    [When("{string} arrives at UART {int} {duration} later")]
    [Description("Counted from now. An empty text sends nothing and takes no time.")]
    public async ValueTask ArrivesLater(string text, int port, TimeSpan later)
    {
        if (text.Length == 0) return;
        await driver.Bench.RunOn(later);
        await Send(port, UartStimulus.Of(Escapes.ToBytes(text)));
    }

    [When("{string} arrives at UART {int} split after {int} bytes with {duration} between")]
    public ValueTask ArrivesSplit(string text, int port, int at, TimeSpan gap) =>
        Send(port, UartStimulus.Split(Escapes.ToBytes(text), at, gap));

    [When("{string} arrives at UART {int} every {duration}")]
    [Description("Now, and again and again to the scenario's end. \"{n}\" in the text is a number that counts from 1.")]
    public ValueTask ArrivesEvery(string text, int port, TimeSpan every) =>
        driver.Act().Do(Repeat.Uart(driver.Wired(port), Escapes.ToText(text), every));

    [Given("a device on UART {int} that answers {string} to {string}")]
    [Description("At once, to each line of the module that is exactly this; write it without its line end.")]
    public ValueTask Device(int port, string answer, string asked) =>
        driver.Act().Do(new AnswerUart(driver.Wired(port), Escapes.ToText(asked), Escapes.ToText(answer)));

    [When("the bytes {string} arrive at UART {int}")]
    [Description("Hexadecimal: \"A5 5A\".")]
    public ValueTask BytesArrive(byte[] bytes, int port) => Send(port, UartStimulus.Of(bytes));

    [When("{int} packet(s) of {int} bytes arrive at UART {int} with gaps of {duration}")]
    [Description("Random bytes, from the scenario's seed.")]
    public ValueTask PacketsArrive(int count, int bytes, int port, TimeSpan gap) =>
        Send(port, UartStimulus.Burst(Amount.Packets(count), driver.Payloads.Bytes(Amount.Bytes(bytes)), gap));

    [When("{int} random bytes arrive at UART {int}")]
    public ValueTask RandomBytesArrive(int count, int port) =>
        Send(port, UartStimulus.Of(driver.Payloads.Bytes(Amount.Bytes(count))));

    [Needs(Capability.LineErrors)]
    [When("{int} bytes of line noise arrive at UART {int}")]
    [Description("Random bytes with frame and parity errors among them.")]
    public ValueTask NoiseArrives(int count, int port) =>
        Send(port, UartStimulus.Of(driver.Payloads.Bytes(Amount.Bytes(count)), lineErrors: true));

    [Then("within {duration} UART {int} sends {string}")]
    [Description("In one piece or in several pieces.")]
    public async ValueTask Sends(TimeSpan within, int port, string text) =>
        await driver.Bench.Expect(Match.UartBytes(driver.Wired(port), Escapes.ToBytes(text)), within);

    [Then("UART {int} has sent {string}")]
    [Description("Since the last stimulus. The step does not wait.")]
    public async ValueTask HasSent(int port, string text)
    {
        var until = await driver.Bench.Observe(TimeSpan.Zero);
        CountSent(port, text, until).ShouldBeAtLeast(1, $"UART {port} to have sent '{text}'");
    }

    [Then("within {duration} UART {int} has sent {int} time(s) {string}")]
    [Description("Counts since the last stimulus. It must be exactly this often when the time is over.")]
    public async ValueTask HasSentTimes(TimeSpan within, int port, int times, string text)
    {
        var until = await driver.Bench.Observe(within);
        CountSent(port, text, until).ShouldBeExactly(times, $"times '{text}' from UART {port}");
    }

    private int CountSent(int port, string text, TimeSpan until)
    {
        var sent = string.Concat(
            driver.SinceStimulus(EventKinds.UartOut(driver.Wired(port)), until)
                .Select(e => Encoding.Latin1.GetString(e.Bytes.Span)));
        return sent.Split(Encoding.Latin1.GetString(Escapes.ToBytes(text))).Length - 1;
    }

    private async ValueTask Send(int port, UartStimulus stimulus)
    {
        if (stimulus.Packets[0].Bytes.Length > 0) await driver.Act().WriteUart(driver.Wired(port), stimulus);
    }
}
