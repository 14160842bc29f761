using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Tests.Storage;

public class FlashFileSystemTests
{
    [Fact]
    public void A_full_flash_refuses_and_keeps_the_old_file()
    {
        var flash = new FlashFileSystem(capacity: 300);
        flash.Write("a", new byte[100]).ShouldBeTrue();
        flash.Write("a", new byte[300]).ShouldBeFalse();
        flash.Read("a")!.Length.ShouldBe(100);
        flash.Remove("a").ShouldBeTrue();
        flash.Used.ShouldBe(0);
    }

    [Fact]
    public void A_directory_lists_its_own_children_only_and_goes_only_when_empty()
    {
        var flash = new FlashFileSystem(10_000);
        flash.MakeDirectory("d").ShouldBeTrue();
        flash.Write("d/one", [1]).ShouldBeTrue();
        flash.Write("two", [1, 2]).ShouldBeTrue();
        flash.List("").ShouldBe([("d", -1), ("two", 2)]);
        flash.List("d").ShouldBe([("one", 1)]);
        flash.RemoveDirectory("d").ShouldBeFalse();
        flash.Remove("d/one");
        flash.RemoveDirectory("d").ShouldBeTrue();
    }

    [Fact]
    public void A_file_reaches_the_flash_when_it_is_closed()
    {
        var bench = new FakeBench(
            """
            local f = io.open("/a.txt", "w")
            f:write("one\n", 2, "\n")
            log.info("open", io.fileSize("/a.txt"))
            f:close()
            log.info("closed", io.fileSize("/a.txt"), io.exists("/a.txt"))
            for line in io.lines("/a.txt") do log.info("line", line) end
            f = io.open("/a.txt", "a+") f:write("three") f:seek("set", 0) log.info("all", #f:read("*a")) f:close()
            log.info("gone", os.remove("/a.txt"), io.readFile("/a.txt"))
            log.info("none", io.open("/b.txt"))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(1);
        bench.UserLines.ShouldBe(
        [
            "I/user.open\t0", "I/user.closed\t6\ttrue", "I/user.line\tone", "I/user.line\t2", "I/user.all\t11",
            "I/user.gone\ttrue", "I/user.none\tnil\t/b.txt: 2\t2",
        ]);
    }
}
