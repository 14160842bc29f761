using AirHil.VirtualModem.Tests.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Update;

/// <summary>What an update takes and leaves (S:project/luatos/src/luat_fota_ec618.c).</summary>
public sealed class UpdateWriterTests
{
    [Theory]
    [InlineData("fota.finish()")]
    [InlineData("fota.run(package('new', ''))")]
    public void Its_memory_comes_back(string end)
    {
        var bench = LibraryCall.Run(
            $"{UpdatePackage.Lua} local function used() return select(2, rtos.meminfo('sys')) end " +
            "local before = used() fota.init() fota.init() print('took', used() - before > 17000) " +
            $"{end} print('left', used() - before)");
        bench.Lines.ShouldContain("took\ttrue", bench.Dump());
        bench.Lines.ShouldContain("left\t0", bench.Dump());
    }

    [Fact]
    public void A_piece_that_is_larger_than_the_buffer_takes_a_larger_block_until_the_end()
    {
        var bench = LibraryCall.Run(
            $"{UpdatePackage.Lua} local function used() return select(2, rtos.meminfo('sys')) end " +
            "local whole = package(('new'):rep(10000), '') local before = used() fota.init() local small = used() " +
            "fota.run(whole:sub(1, 25000)) print('grown', used() - small) " +
            "print('run', fota.run(whole:sub(25001))) print('left', used() - before)");
        bench.Lines.ShouldContain($"grown\t{25000 - (4 * 4096)}", bench.Dump());
        bench.Lines.ShouldContain("left\t0", bench.Dump());
    }

    [Fact]
    public void A_piece_for_which_there_is_no_room_is_noticed()
    {
        var bench = LibraryCall.Run(
            "fota.init() local b = zbuff.create(120000) b:seek(120000) fota.run(b) print('done')");
        bench.Lines.ShouldContain("done", bench.Dump());
        bench.Notices.ShouldHaveSingleItem().ShouldContain("no room for 120000 bytes of an update");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("fota.finish(false)", 1)]
    [InlineData("fota.init()", 0)]
    public void The_next_start_says_that_the_module_would_be_another(string behind, int times)
    {
        var bench = new FakeBench(UpdatePackage.Lua + $$"""
            if not io.exists("/second") then
                io.writeFile("/second", "x")
                fota.init()
                fota.run(package("new", ""))
                {{behind}}
                rtos.reboot()
            end
            print("again")
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(8);
        bench.Lines.ShouldContain("again", bench.Dump());
        bench.Notices.Count(text => text.StartsWith("an update is in flash", StringComparison.Ordinal)).ShouldBe(times);
    }
}
