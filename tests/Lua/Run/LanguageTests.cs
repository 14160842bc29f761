namespace AirHil.Lua.Tests.Run;

/// <summary>Behaviour of the machine; every expectation was checked against lua 5.3.6.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("1 << 63, 1 << 64, -1 >> 1, 1 << -1, 2 >> -1", "-9223372036854775808\t0\t9223372036854775807\t0\t4")]
    [InlineData("-3 % 5, 3 % -5, -3 // 2, 5.5 % -2, 5 % math.huge, -5 % math.huge", "2\t-2\t-2\t-0.5\t5.0\tinf")]
    [InlineData("math.mininteger // -1, math.mininteger % -1, math.maxinteger + 1 == math.mininteger",
        "-9223372036854775808\t0\ttrue")]
    [InlineData("'10' + 1, '0x10' + 0, '3' | 0, -'2'", "11.0\t16.0\t3\t-2.0")]
    [InlineData("1 < 1.5, 2^53 == 2^53 + 1, math.maxinteger + 0.0 == math.maxinteger", "true\ttrue\tfalse")]
    [InlineData("select(-1, 1, 2, 3)", "3")]
    [InlineData("select('#', nil, nil)", "2")]
    [InlineData("tonumber('zz', 36), tonumber('8', 8), tonumber('-ff', 16)", "1295\tnil\t-255")]
    [InlineData("(function(...) local a, b = ... return b, ... end)(1, 2, 3)", "2\t1\t2\t3")]
    public void Expressions_have_the_value_of_the_reference_implementation(string expression, string value) =>
        Script.Value(expression).ShouldBe(value);

    [Theory]
    [InlineData("0x7fffffff + 1, 65536 * 65536, 1 << 31, 1 << 32, -1 >> 31", "-2147483648\t0\t-2147483648\t0\t1")]
    [InlineData("16777216.0 + 1 == 16777216.0, '10' + 1, 10 // 0.3", "true\t11.00000\t33.00000")]
    [InlineData("type(string), string.nothing, #string, getmetatable(string)", "userdata\tnil\t0\tfalse")]
    public void On_the_module_numbers_have_32_bits_and_libraries_are_userdata(string expression, string value) =>
        Script.Value(expression, Script.Module).ShouldBe(value);

    [Fact]
    public void A_library_of_the_module_is_read_only()
    {
        Script.Run("string.x = 1", Script.Module).Error.ShouldBe(
            "main.lua:1: attempt to index a rotable value (global 'string')");
        Script.Value("pcall(function() string() end)", Script.Module).ShouldBe(
            "false\tmain.lua:1: attempt to call a rotable value (global 'string')");
        Script.Value("pcall(next, os)", Script.Module).ShouldBe(
            "false\tbad argument #1 to '?' (table expected, got rotable)");
        Script.Value("tostring(os):match('^%a+')", Script.Module).ShouldBe("rotable");
        Script.Run("local n = 0 for k, v in pairs(coroutine) do n = n + 1 end print(n)", Script.Module).Text
            .ShouldBe("7");
    }

    [Fact]
    public void Metamethods_of_comparison_and_concatenation_follow_the_5_3_rules() =>
        Script.Run("""
            local lt = {__lt = function(a, b) return 1 end}
            local a, b = setmetatable({}, lt), setmetatable({}, lt)
            print(a <= b, a >= b, not (a < b))
            local c = setmetatable({}, {__concat = function(a, b) return "C" end})
            print(c .. 1, 1 .. c, "x" .. "y" .. c .. "z" .. "w", c .. c .. c)
            """).Lines.ShouldBe(["false\tfalse\tfalse", "C\tC\txyC\tC"]);

    [Fact]
    public void Closures_with_the_same_upvalues_are_the_same_function() =>
        Script.Run("""
            local t = {}
            for i = 1, 2 do t[i] = function() end end
            local u = {}
            for i = 1, 2 do u[i] = function() return i end end
            print(t[1] == t[2], u[1] == u[2])
            """).Text.ShouldBe("true\tfalse");

    [Fact]
    public void Coroutines_nest_and_keep_their_state() =>
        Script.Run("""
            local function walk(t) for _, v in ipairs(t) do
                if type(v) == "table" then walk(v) else coroutine.yield(v) end end end
            local out = {}
            for v in coroutine.wrap(function() walk{1, {2, {3}}, 4} end) do out[#out + 1] = v end
            print(table.concat(out, " "))
            local co co = coroutine.create(function() return coroutine.resume(co) end)
            print(coroutine.resume(co))
            print(coroutine.resume(coroutine.create(function() table.sort({3, 2, 1}, coroutine.yield) end)))
            print(pcall(coroutine.wrap(function() error("oops") end)))
            """).Lines.ShouldBe([
                "1 2 3 4", "true\tfalse\tcannot resume non-suspended coroutine",
                "false\tattempt to yield across a C-call boundary", "false\tmain.lua:9: oops",
            ]);

    [Fact]
    public void Tail_calls_need_no_stack() =>
        Script.Run("""
            local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
            print(loop(2000000))
            """).Text.ShouldBe("done");

    [Fact]
    public void Pairs_goes_through_a_table_in_the_order_of_the_module() =>
        Script.Run("for k in pairs({z = 1, a = 2, m = 3, b = 4, y = 5}) do print(k) end", Script.Module)
            .Lines.ShouldBe(["a", "z", "y", "m", "b"]);
}
