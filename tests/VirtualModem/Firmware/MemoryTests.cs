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

    /// <summary>
    /// What a function of C makes lies on Lua's stack until it ends, so a collection in its midst leaves it alone.
    /// </summary>
    [Theory]
    [InlineData("json.decode(text)")]
    [InlineData("text:split(',')")]
    [InlineData("crypto.cipher_list()")]
    public void A_collection_in_the_midst_of_a_function_leaves_alone_what_it_has_made(string call)
    {
        var bench = new FakeBench($$"""
            local t = {}
            for i = 1, 150 do t['k' .. i] = {i, i * 1.5, 's'} end
            local text = json.encode(t)
            t = nil
            collectgarbage() collectgarbage()
            local before = collectgarbage('count')
            local held = {}
            for i = 1, 400 do
              local ok, result = pcall(function() return {{call}} end)
              if ok then held[#held + 1] = result else held = {} end
              if #held > i % 20 then held = {} end
            end
            held = nil
            collectgarbage() collectgarbage()
            log.info('kept', collectgarbage('count') - before < 1)
            """).PowerOn().RunTo(12);
        bench.Lines.ShouldContain("I/user.kept\ttrue", bench.Dump());
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
