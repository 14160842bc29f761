using AirHil.Board.Emulator;
using AirHil.Modem.Acts;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Board.Tests.Emulator;

/// <summary>The pins of an emulated board, seen through the board modem.</summary>
[Trait("Clock", "wall")]
public sealed class EmulatedPinsTests
{
    private const string Script = """
        _G.sys = require("sys")
        gpio.setup(27, 0)
        gpio.setup(24, 0)
        gpio.setup(20, function(level) gpio.set(27, level) end, gpio.PULLUP)
        sys.taskInit(function()
          while true do
            gpio.set(24, 1)
            sys.wait(100)
            gpio.set(24, 0)
            sys.wait(300)
          end
        end)
        log.info("ready")
        sys.run()
        """;

    [Fact]
    public async Task What_the_rig_holds_reaches_the_script_and_what_the_script_drives_is_seen_with_its_times()
    {
        Terminals.SkipWithout();
        await using var bench = new Bench(new BenchOptions { Target = new EmulatedBoardTarget() });
        bench.Firmware(FirmwareSource.FromText(Script));
        await bench.ApplyPower();
        await bench.Expect(Match.LogContains("ready"), TimeSpan.FromSeconds(5));
        await bench.Do(new HoldPin(20, PinHold.Low));
        await bench.RunOn(Ms(200));
        await bench.Do(new HoldPin(20, PinHold.Released));
        await bench.Expect(PinSenses.Becomes(27, high: true), TimeSpan.FromSeconds(1));
        await bench.Do(new HoldPin(20, PinHold.Low, Ms(500)));
        await bench.Expect(PinSenses.Becomes(27, high: false), Ms(300));
        await bench.ExpectAfter(
            PinSenses.Becomes(27, high: true), Ms(500), new Tolerance(Ms(100), 0));

        await bench.Expect(PinSenses.Becomes(24, high: true), TimeSpan.FromSeconds(1));
        await bench.ExpectAfter(
            PinSenses.Becomes(24, high: false), Ms(100), new Tolerance(Ms(2), 0));
        bench.Events.OfType<PinDriven>().Where(p => p.Pin == 20).ShouldAllBe(p => p.Drive == PinDrive.High);
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
