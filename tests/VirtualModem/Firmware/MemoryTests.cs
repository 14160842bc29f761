namespace AirHil.VirtualModem.Tests.Firmware;

public class MemoryTests
{
    [Fact]
    public void The_heap_has_the_modules_size_and_starts_near_the_modules_figure()
    {
        var bench = new FakeBench("log.info('mem', rtos.meminfo()) while true do rtos.receive(-1) end").PowerOn()
            .RunTo(1);
        var figures = bench.Line("I/user.mem").Text.Split('\t').Skip(1)
            .Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        figures[0].ShouldBe(262_136);
        figures[1].ShouldBeInRange(14_200, 17_000);
    }

    [Fact]
    public void A_script_that_takes_too_much_ends_with_not_enough_memory()
    {
        var bench = new FakeBench("local t = {} while true do t[#t + 1] = string.rep('x', 1000) .. #t end").PowerOn()
            .RunTo(5);
        bench.Lines.ShouldContain(line => line.StartsWith("E/main not enough memory", StringComparison.Ordinal),
            bench.Dump());
        bench.Lines.ShouldContain(
            line => line.StartsWith("E/mem memory allocation failed total 262136", StringComparison.Ordinal));
    }
}
