using AirHil.Lua.Run;
using AirHil.Lua.Values;

using CsCheck;

namespace AirHil.Lua.Tests.Library;

public sealed class LibraryTests
{
    [Theory]
    [MemberData(nameof(PlainLibraryRows.String), MemberType = typeof(PlainLibraryRows))]
    [MemberData(nameof(PlainLibraryRows.Table), MemberType = typeof(PlainLibraryRows))]
    [MemberData(nameof(PlainLibraryRows.Math), MemberType = typeof(PlainLibraryRows))]
    [MemberData(nameof(PlainLibraryRows.Utf8), MemberType = typeof(PlainLibraryRows))]
    [MemberData(nameof(PlainLibraryRows.Bit32), MemberType = typeof(PlainLibraryRows))]
    [MemberData(nameof(PlainLibraryRows.Os), MemberType = typeof(PlainLibraryRows))]
    public void A_plain_engine_answers_as_PUC_Rio_5_3_6(string expression, string results) =>
        LibraryScript.Evaluate(LibraryScript.Plain, expression).ShouldBe(results);

    [Theory]
    [MemberData(nameof(ModuleLibraryRows.Numbers), MemberType = typeof(ModuleLibraryRows))]
    [MemberData(nameof(ModuleLibraryRows.Strings), MemberType = typeof(ModuleLibraryRows))]
    public void A_module_answers_as_the_simulator_of_its_vendor(string expression, string with32, string with64)
    {
        LibraryScript.Show(new LuaOptions { Bits = 32 }, expression).ShouldBe(with32);
        LibraryScript.Show(new LuaOptions { Bits = 64 }, expression).ShouldBe(with64);
    }

    [Theory]
    [InlineData("('a?'):rep(199)", "true")]
    [InlineData("('a?'):rep(200)", "false")]
    [InlineData("('a-'):rep(199)", "true")]
    [InlineData("('a-'):rep(200)", "false")]
    [InlineData("('b*'):rep(300)", "true")]
    public void A_pattern_is_too_complex_where_PUC_Rio_would_recurse_200_times(string pattern, string succeeds) =>
        LibraryScript.Run(LibraryScript.Plain, $"return tostring((pcall(string.find, ('a'):rep(400), {pattern})))")
            .ShouldBe(succeeds);

    [Fact]
    public void A_catastrophic_pattern_is_interrupted_and_goes_on()
    {
        const string chunk = "return tostring(string.find(('a'):rep(60), ('a*'):rep(4) .. 'b'))";
        LibraryScript.Run(LibraryScript.Plain, chunk, budget: 2_000).ShouldBe("nil");
        var state = LuaEngine.Create(LibraryScript.Plain);
        state.Start(state.Load(AirHil.Lua.Compile.LuaCompiler.Compile(
            System.Text.Encoding.ASCII.GetBytes(chunk), LuaString.FromText("=p"), state.Numbers)));
        state.Run(2_000).ShouldBe(RunStatus.Preempted);
    }

    [Fact]
    public void Sort_asks_its_order_function_the_questions_that_PUC_Rio_asks()
    {
        // The hashes over all pairs compared, and their number, are those of Lua 5.3.6.
        const string chunk = """
            local seed = 42
            local out = {}
            for _, n in ipairs { 3, 10, 99, 101, 500 } do
                local t, hash, count = {}, 0, 0
                for i = 1, n do seed = (seed * 1103515245 + 12345) % 2147483648 t[i] = seed % 1000 end
                table.sort(t, function(a, b)
                    count = count + 1 hash = (hash * 31 + a * 7 + b) % 1000000007 return a < b
                end)
                for i = 2, n do assert(t[i - 1] <= t[i]) end
                out[#out + 1] = count .. ':' .. hash
            end
            return table.concat(out, ' ')
            """;
        LibraryScript.Run(LibraryScript.Plain, chunk)
            .ShouldBe("3:5155038 28:672495863 667:815611554 650:401971927 4591:142628977");
    }

    [Fact]
    public void Sort_reads_and_writes_in_the_order_of_PUC_Rio()
    {
        // As Lua 5.3.6 prints it: "r" reads an element, "w" writes it.
        const string chunk = """
            local elements, seen = {4, 3, 2, 1}, {}
            table.sort(setmetatable({}, {
                __len = function() return 4 end,
                __index = function(_, k) seen[#seen + 1] = 'r' .. k return elements[k] end,
                __newindex = function(_, k, v) seen[#seen + 1] = 'w' .. k elements[k] = v end,
            }))
            return table.concat(seen, ' ') .. ': ' .. table.concat(elements, ' ')
            """;
        LibraryScript.Run(LibraryScript.Plain, chunk)
            .ShouldBe("r1 r4 w1 w4 r2 r1 r4 r2 r3 w2 w3 r2 r3 r2 w3 w3 r1 r2: 1 2 3 4");
    }

    [Fact]
    public void Memory_is_refused_before_a_large_string_is_built() =>
        LibraryScript.Run(new LuaOptions(), "return select(2, pcall(string.rep, 'x', 300000))")
            .ShouldBe("not enough memory for buffer allocation");

    [Fact]
    public void The_module_shows_dates_in_UTC_plus_8_and_reads_tables_as_UTC()
    {
        void At(LuaState state) => state.UtcNowSeconds = () => 1728739793;
        LibraryScript.Run(new LuaOptions(), "return os.date()", prepare: At).ShouldBe("Sat Oct 12 21:29:53 2024");
        LibraryScript.Run(new LuaOptions(), "return os.date('!%H')", prepare: At).ShouldBe("13");
        LibraryScript.Run(new LuaOptions(), "return os.time()", prepare: At).ShouldBe("1728739793");
        LibraryScript.Run(new LuaOptions(), "return os.time{year=2024,mon=10,day=12,hour=13,min=29,sec=53}")
            .ShouldBe("1728739793");
        LibraryScript.Run(new LuaOptions(), "return select(2, pcall(os.date, '%F'))")
            .ShouldBe("bad argument #1 to '?' (invalid conversion specifier '%F')");
    }

    [Fact]
    public void Random_numbers_come_from_the_host_and_only_a_plain_engine_is_reseeded()
    {
        void Highest(LuaState state) => state.RandomSource = () => ulong.MaxValue;
        const string reseeded = "math.randomseed(1) return math.random(1, 6) .. ' ' .. tostring(math.random() < 1)";
        LibraryScript.Run(new LuaOptions(), reseeded, prepare: Highest).ShouldBe("6 true");
        const string twice =
            "math.randomseed(7) local a = math.random(1, 1e9) math.randomseed(7) return tostring(a == " +
            "math.random(1, 1e9))";
        LibraryScript.Run(LibraryScript.Plain, twice).ShouldBe("true");
    }

    [Fact]
    public void Packed_integers_come_back() =>
        Gen.Select(Gen.Long, Gen.Int[1, 16], Gen.Bool).Sample((value, size, big) =>
    {
        var bits = Math.Min(64, size * 8);
        var kept = value << (64 - bits) >> (64 - bits);
        var format = (big ? ">" : "<") + "i" + size;
        return LibraryScript.Run(LibraryScript.Plain,
            $"return string.unpack('{format}', string.pack('{format}', math.tointeger('{kept}')))")
            == kept.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }, iter: 200);

    [Fact]
    public void A_calendar_day_comes_back() => Gen.Long[-4_000_000_000, 40_000_000_000].Sample(seconds =>
        LibraryScript.Run(LibraryScript.Plain, $"return os.time(os.date('*t', {seconds}))")
            == seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) &&
        LibraryScript.Run(LibraryScript.Plain, $"return os.date('%Y-%m-%d %H:%M:%S %j', {seconds})")
            == DateTime.UnixEpoch.AddSeconds(seconds)
                .ToString("yyyy-MM-dd HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture)
                + DateTime.UnixEpoch.AddSeconds(seconds).DayOfYear
                    .ToString("D3", System.Globalization.CultureInfo.InvariantCulture),
        iter: 200);
}
