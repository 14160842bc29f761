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

    /// <summary>
    /// A text that a function builds lies in the heap twice for a moment: in its buffer, which doubles, and as a string
    /// (L:lua/src/lauxlib.c, liolib.c, L:components/miniz/luat_lib_miniz.c).
    /// </summary>
    [Theory]
    [InlineData("io.readFile('/f')", 60_000, true)]
    [InlineData("io.readFile('/f')", 140_000, false)]
    [InlineData("io.open('/f'):read('a')", 140_000, false)]
    [InlineData("io.open('/f'):read(140000)", 140_000, false)]
    [InlineData("io.open('/f'):read(100000)", 100_000, true)]
    public void A_file_is_read_only_where_its_text_fits_twice(string call, int bytes, bool fits)
    {
        var bench = new FakeBench($$"""
            local f = io.open("/f", "wb")
            for i = 1, {{bytes}} // 1000 do f:write(("x"):rep(1000)) end
            f:close()
            print("read", pcall(function() return #{{call}} end))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(20);
        bench.Line("read").Text.ShouldStartWith(fits ? $"read\ttrue\t{bytes}" : "read\tfalse\t", Case.Sensitive);
        if (!fits) bench.Line("read").Text.ShouldContain("not enough memory");
    }

    /// <summary>The same of what is made of another text (L:lua/src/lstrlib_exts.c, luat_lib_crypto.c).</summary>
    [Theory]
    [InlineData("s:toHex()", 30_000, true)]
    [InlineData("s:toHex()", 60_000, false)]
    [InlineData("s:toValue()", 60_000, true)]
    [InlineData("s:toValue()", 90_000, false)]
    [InlineData("s:urlEncode()", 90_000, false)]
    [InlineData("s:toBase64()", 80_000, false)]
    [InlineData("crypto.base64_encode(s)", 80_000, false)]
    [InlineData("s:fromHex()", 90_000, true)]
    [InlineData("s:fromBase64()", 60_000, true)]
    [InlineData("s:toBase32()", 70_000, false)]
    [InlineData("pack.pack('A', s)", 90_000, false)]
    [InlineData("crypto.cipher('AES-128-ECB', 'PKCS7', s, ('k'):rep(16))", 90_000, false)]
    public void A_text_is_made_only_where_it_fits_twice(string call, int bytes, bool fits)
    {
        var bench = new FakeBench($$"""
            local s = ("x"):rep({{bytes}})
            collectgarbage()
            print("made", pcall(function() return #{{call}} end))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(20);
        bench.Line("made").Text.ShouldStartWith(fits ? "made\ttrue\t" : "made\tfalse\t", Case.Sensitive);
        if (!fits) bench.Line("made").Text.ShouldContain("not enough memory");
    }

    /// <summary>
    /// What is read or put together in a buffer of C lies twice in the heap as well (L:luat/modules/luat_lib_spi.c,
    /// luat_lib_otp.c, L:components/fskv/luat_lib_fskv.c): with so much of the heap left.
    /// </summary>
    [Theory]
    [InlineData("spi.recv(0, 5000)", 8_000, false)]
    [InlineData("spi.recv(0, 5000)", 13_000, true)]
    [InlineData("otp.read(1, 0, 4000)", 3_000, false)]
    [InlineData("otp.read(1, 0, 4000)", 6_000, true)]
    [InlineData("fskv.set('k', text)", 3_000, false)]
    [InlineData("fskv.set('k', text)", 6_000, true)]
    public void A_buffer_of_C_takes_its_room(string call, int left, bool fits)
    {
        var bench = new FakeBench($$"""
            spi.setup(0, nil, 0, 0, 8, 2000000, spi.MSB, 1, 1)
            fskv.init()
            local text, chain = ("x"):rep(4000)
            local function works() return {{call}} end
            local function free() local total, used = rtos.meminfo() return total - used end
            while free() > {{left}} do chain = {chain} end
            print("made", pcall(works))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(20);
        bench.Line("made").Text.ShouldStartWith(fits ? "made\ttrue" : "made\tfalse\t", Case.Sensitive);
        if (!fits) bench.Line("made").Text.ShouldContain("not enough memory");
    }

    /// <summary>luat_heap_malloc of a value that the C stack does not hold, and the buffer of a message.</summary>
    [Theory]
    [InlineData("fskv.set('k', ('x'):rep(254)) return fskv.get('k')", false)]
    [InlineData("fskv.set('k', ('x'):rep(255)) return fskv.get('k')", true)]
    [InlineData("fskv.set('k', {('x'):rep(300)}) return fskv.sett('k', 'a', 1)", true)]
    [InlineData("protobuf.encode('T', {s = ('x'):rep(2000)})", true)]
    public void A_long_value_lies_in_the_system_s_heap_while_it_is_read(string body, bool takes)
    {
        var bench = new FakeBench($$"""
            protobuf.load(("0A1422120A0154120D0A017318012001280932022E54"):fromHex())
            fskv.init()
            local _, used, most = rtos.meminfo("sys")
            local fill = zbuff.create(most - used)
            _, used, most = rtos.meminfo("sys")
            local function works() {{body}} end
            works()
            local _, now, peak = rtos.meminfo("sys")
            print("sys", now == used, peak > most)
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        bench.Line("sys").Text.ShouldBe(takes ? "sys\ttrue\ttrue" : "sys\ttrue\tfalse", bench.Dump());
    }

    /// <summary>
    /// Bytes of the system's heap that a loaded type takes (L:components/serialization/protobuf/pb.h): a page of types
    /// and one of fields, tables of 8 entries with 12 bytes, 16 pointers to names, and the names ".T", "s", "proto3".
    /// </summary>
    [Theory]
    [InlineData("protobuf.load(T)", 4096 + 4096 + (3 * 96) + 64 + 16 + 16 + 20)]
    [InlineData("protobuf.load(T) protobuf.load(T)", 8596)]
    [InlineData("protobuf.load(T) protobuf.clear('T')", 8596 - 96 - 96 - 16)]
    [InlineData("protobuf.load(T) protobuf.clear('T', 's')", 8596 - 16)]
    [InlineData("protobuf.load(T) protobuf.load(T) protobuf.clear('T', 's')", 8596)] // the name was counted twice
    [InlineData("protobuf.load(T) protobuf.clear('T') protobuf.load(T)", 8596)]
    [InlineData("protobuf.load(T) protobuf.clear()", 0)]
    [InlineData("protobuf.load('\\10')", 0)]
    [InlineData("protobuf.load('')", 64 + 20)]
    public void What_protobuf_has_loaded_takes_system_heap(string body, int bytes)
    {
        var bench = new FakeBench($$"""
            local T = ("0A1422120A0154120D0A017318012001280932022E54"):fromHex()
            local _, used = rtos.meminfo("sys")
            {{body}}
            local _, now = rtos.meminfo("sys")
            print("sys", now - used)
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(1);
        bench.Line("sys").Text.ShouldBe($"sys\t{bytes}", bench.Dump());
    }

    [Fact]
    public void A_long_value_that_finds_no_room_there_is_not_read()
    {
        var bench = new FakeBench("""
            fskv.init()
            fskv.set("k", ("x"):rep(3000))
            local all = {}
            while #all < 400 do
                local buffer = zbuff.create(1000)
                if not buffer then break end
                all[#all + 1] = buffer
            end
            print("get", #all < 400, select("#", fskv.get("k")), select("#", fskv.sett("k", "a", 1)))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        bench.Line("get").Text.ShouldBe("get\ttrue\t0\t0", bench.Dump());
        bench.Lines.Count(line => line == "W/fskv out of memory when malloc key-value buff").ShouldBe(2);
    }

    [Fact]
    public void A_decompression_takes_the_room_for_the_longest_result()
    {
        var bench = new FakeBench("""
            local small = miniz.compress("abc")
            print("some", miniz.uncompress(small))
            local all = {}
            while select(2, rtos.meminfo()) < 235000 do all[#all + 1] = ("x"):rep(1000) .. #all end
            print("none", pcall(miniz.uncompress, small))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        bench.Lines.ShouldContain("some\tabc");
        bench.Line("none").Text.ShouldBe("none\tfalse\tnot enough memory for buffer allocation", bench.Dump());
    }
}
