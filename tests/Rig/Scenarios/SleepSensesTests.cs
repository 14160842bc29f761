using AirHil.Modem.Acts;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class SleepSensesTests
{
    private const string Sleeper = "mobile.flymode(0, true) pm.request(pm.LIGHT)";

    [Fact]
    public async Task What_is_behind_a_power_cut_is_no_sleep()
    {
        await using var bench = await Asleep(Sleeper);
        await bench.RunFor(Seconds(10));
        await bench.CutPower();
        await bench.RunFor(Seconds(10));
        SleepSenses.Share(bench, Seconds(0), Seconds(10)).ShouldBe(0.96, 0.01);
        SleepSenses.Share(bench, Seconds(5), Seconds(10)).ShouldBe(1);
        SleepSenses.Share(bench, Seconds(10), Seconds(20)).ShouldBe(0);
        SleepSenses.Share(bench, Seconds(0), Seconds(20)).ShouldBe(0.48, 0.01);
    }

    [Fact]
    public async Task The_time_in_which_it_is_awake_is_no_sleep()
    {
        await using var bench = await Asleep(
            Sleeper + " sys.timerLoopStart(function() " +
            "local t = mcu.ticks() while mcu.ticks() - t < 500 do end end, 1000)");
        await bench.RunFor(Seconds(20));
        SleepSenses.Share(bench, Seconds(5), Seconds(20)).ShouldBe(0.39, 0.03);
    }

    private static async Task<Bench> Asleep(string script)
    {
        var bench = new Bench(new BenchOptions());
        bench.Firmware(FirmwareSource.FromText($"sys = require('sys') {script} sys.run()"));
        await bench.Do(new PlugUsb(false));
        await bench.ApplyPower();
        return bench;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
