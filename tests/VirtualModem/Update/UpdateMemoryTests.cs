using System.Globalization;
using AirHil.Tests;

namespace AirHil.VirtualModem.Tests.Update;

/// <summary>What an update takes of the host.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class UpdateMemoryTests
{
    /// <summary>The head names 2 GB; in a quarter of a second 6 MB of work are done at most.</summary>
    [Theory]
    [InlineData(int.MaxValue, 0, 622_592)]
    [InlineData(0, int.MaxValue, 524_288)]
    public void A_part_without_an_end_takes_time_but_no_memory_of_the_host(int script, int core, int room)
    {
        var bench = new FakeBench($$"""
            {{UpdatePackage.Lua}}
            local rest = ("m"):rep(20) .. string.pack("<i4", 1) .. ("s"):rep(20) ..
                string.pack("<i4i4", {{script}}, {{core}}) .. ("d"):rep(16) .. ("c"):rep(16)
            fota.init()
            fota.run(string.pack("<i4i4", -353268714, ~crypto.crc32(rest)) .. rest)
            local s, calls = ("x"):rep(20000), 0
            while mcu.ticks() < 3000 do
                fota.run(s)
                calls = calls + 1
            end
            print("calls", calls)
            """).PowerOn().RunTo(0.3);
        var before = GC.GetTotalMemory(true);
        bench.RunTo(4);
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(4_000_000);
        int.Parse(bench.Line("calls").Text[6..], CultureInfo.InvariantCulture)
            .ShouldBeInRange(300, 2800 * 1500 / 1250);
        bench.Notices.ShouldHaveSingleItem().ShouldContain($" {room} up to the file system");
        GC.KeepAlive(bench);
    }
}
