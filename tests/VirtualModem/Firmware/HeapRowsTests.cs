using System.Globalization;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>When the Lua heap is full.</summary>
public sealed class HeapRowsTests
{
    private static int[] Figures(string script)
    {
        var bench = new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(20);
        var line = bench.Lines.First(line => line.StartsWith("end\t", StringComparison.Ordinal));
        line.ShouldContain("not enough memory");
        return [.. line.Split('\t')[2..].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static string Rounds(string body) =>
        $"pcall(function() while true do n = n + 1 {body} end end)";

    private static int RoundsOf(string body) =>
        Figures($"local t, n = {{}}, 0 local _, m = {Rounds(body)} t = nil print('end', m, n)")[0];

    private static int LengthOf(string piece) => Figures(
        $"local s, n = '', 0 local _, m = {Rounds($"s = s .. {piece}")} local l = #s s = nil print('end', m, l)")[0];

    [Theory]
    [MemberData(nameof(HeapRows.Kept), MemberType = typeof(HeapRows))]
    public void What_is_kept_fills_the_heap_after_as_many_rounds_as_on_v1112(
        string body, int expected, double percent) => ShouldBeWithin(percent, RoundsOf(body), expected);

    [Theory]
    [MemberData(nameof(HeapRows.Growing), MemberType = typeof(HeapRows))]
    public void A_string_that_grows_ends_the_memory_at_a_third_of_it_as_on_v1112(
        string piece, int expected, double percent) => ShouldBeWithin(percent, LengthOf(piece), expected);

    [Theory]
    [MemberData(nameof(HeapRows.KeptBetween), MemberType = typeof(HeapRows))]
    public void What_depends_on_the_heap_s_layout_ends_between_v1112_s_figures(string body, int least, int most) =>
        RoundsOf(body).ShouldBeInRange(least, most);

    [Theory]
    [MemberData(nameof(HeapRows.GrowingBetween), MemberType = typeof(HeapRows))]
    public void A_growing_string_that_does_too_ends_between_v1112_s_lengths(string piece, int least, int most) =>
        LengthOf(piece).ShouldBeInRange(least, most);

    private static void ShouldBeWithin(double percent, int figure, int expected) =>
        (100.0 * figure / expected).ShouldBeInRange(100 - percent, 100 + percent, $"{figure} for {expected}");

    [Fact]
    public void Every_other_block_given_back_leaves_room_in_pieces_only()
    {
        var figures = Figures("""
            local t, n = {}, 0
            local _, m = pcall(function() while true do n = n + 1 t[n] = ("z"):rep(500) .. n end end)
            for i = 1, n, 2 do t[i] = nil end
            collectgarbage()
            local total, used = rtos.meminfo()
            local k = 1000
            while pcall(string.rep, "x", k) do k = k + 200 end
            print("end", m, total - used, k)
            """);
        figures[0].ShouldBeInRange(110_000, 125_000); // V1112: 120,432 bytes are free
        figures[1].ShouldBeInRange(1_600, 2_600);     // V1112: and 2,200 are refused
    }

    [Fact]
    public void A_buffer_is_refused_without_a_collection_and_with_a_position()
    {
        var bench = new FakeBench("""
            print(pcall(function() local s = ("x"):rep(262000) return s end))
            local ok, trace = xpcall(function() return table.concat({("x"):rep(60000)}, "", 1, 1) end, debug.traceback)
            print(ok)
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(2);
        bench.Lines.ShouldContain("false\tmain.lua:1: not enough memory for buffer allocation");
        bench.Lines.ShouldContain("true");
    }

    [Fact]
    public void The_used_bytes_never_exceed_the_total_and_count_tells_what_was_asked_for()
    {
        var bench = new FakeBench("""
            local worst, t = 0, {}
            pcall(function()
                while true do
                    t[#t + 1] = {#t}
                    local total, used, most = rtos.meminfo()
                    if used > total or most > total or used > most then worst = worst + 1 end
                end
            end)
            t = nil
            print("worst", worst)
            collectgarbage()
            local _, used = rtos.meminfo()
            print("less", collectgarbage("count") * 1024 < used)
            print("pause", collectgarbage("setpause", 90))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(20);
        bench.Lines.ShouldContain("worst\t0");
        bench.Lines.ShouldContain("less\ttrue");
        bench.Lines.ShouldContain("pause\t90");
    }
}
