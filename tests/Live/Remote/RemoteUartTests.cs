using AirHil.Modem.Acts;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Live.Tests.Remote;

/// <summary>What the rig has on the UARTs and pins of a board that is behind a remote bench.</summary>
[Trait("Clock", "wall")]
public sealed class RemoteUartTests(ServedBench.OfEmulatedBoard bench) : IClassFixture<ServedBench.OfEmulatedBoard>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    /// <summary>Asks on both of its UARTs, and lights a lamp while a button is pressed.</summary>
    private const string Script = """
        _G.sys = require("sys")
        local lamp = gpio.setup(27, 0)
        gpio.setup(20, function(level) lamp(1 - level) end, gpio.PULLUP)
        for _, port in ipairs{1, uart.VUART_0} do
          uart.setup(port, 115200)
          uart.on(port, "receive", function(id, length) log.info("got", id, uart.read(id, length)) end)
        end
        sys.timerLoopStart(function()
          uart.write(1, "AT\n")
          uart.write(uart.VUART_0, "who\n")
        end, 300)
        sys.run()
        """;

    [Fact]
    public async Task Peers_and_answers_stand_on_UARTs_beside_each_other_and_pins_go_both_ways()
    {
        bench.Target.Uarts.ShouldBe([1, 32]);
        bench.Target.Pins.ShouldBeNull();
        await using var run = new Bench(new BenchOptions { Target = bench.Target });
        run.AddPeer(
            new PeerScript("meter.lua", "function on_data(data) if data:find('who') then send('meter') end end", []),
            new PeerPlace.Uart(32));
        run.AddPeer(
            new PeerScript("silent.lua", "function on_data(data) print('heard ' .. #data) end", []),
            new PeerPlace.Uart(1));
        run.Firmware(FirmwareSource.FromText(Script));
        await run.Do(new AnswerUart(1, "AT", "OK"));
        await run.ApplyPower();
        await run.Expect(Match.LogContains("got\t32\tmeter"), Soon);
        await run.Expect(Match.LogContains("got\t1\tOK"), Soon);
        await run.Expect(Match.Event(EventKinds.ScriptLog, "the peer", e => e is ScriptLogged), Soon);
        await run.Do(new HoldPin(20, PinHold.Low, TimeSpan.FromMilliseconds(300)));
        await run.Expect(PinSenses.Becomes(27, high: true), Soon);
        await run.Expect(PinSenses.Becomes(27, high: false), Soon);
    }
}
