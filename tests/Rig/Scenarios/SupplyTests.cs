using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Scenarios;

/// <summary>Whether a sunken supply stops the module, and what it rises to again, are the target's.</summary>
public sealed class SupplyTests
{
    [Theory]
    [InlineData(3.0, 0)]
    [InlineData(3.5, 1)]
    public async Task A_supply_below_the_targets_least_is_none(double least, int cuts)
    {
        await using var bench = Bench(new ModemParameters { LeastSupplyVolts = least });
        await bench.ApplyPower();
        await bench.Do(new SinkSupply(3.3, TimeSpan.FromSeconds(1)));
        await bench.RunFor(TimeSpan.FromSeconds(3));
        bench.Events.OfType<PowerCut>().Count().ShouldBe(cuts);
    }

    [Fact]
    public async Task It_rises_to_what_the_targets_supply_usually_is()
    {
        await using var bench = Bench(new ModemParameters { SupplyVolts = 4.15 });
        await bench.ApplyPower();
        await bench.Do(new SinkSupply(3.3, TimeSpan.FromSeconds(1)));
        await bench.RunFor(TimeSpan.FromSeconds(3));
        bench.Events.OfType<AnalogSet>().Select(set => set.Value).ShouldBe([3.3, 4.15]);
    }

    private static Bench Bench(ModemParameters parameters)
    {
        var bench = new Bench(new BenchOptions { Target = new VirtualTarget { Parameters = parameters } });
        bench.Firmware(FirmwareSource.FromText("sys = require('sys') sys.run()"));
        return bench;
    }
}
