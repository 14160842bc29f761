using AirHil.Lua.Tests.Run;

namespace AirHil.Lua.Tests.Differential;

/// <summary>The programs that taught most, with what PUC-Rio 5.3.6 prints: each was a difference once.</summary>
public sealed class LessonTests
{
    /// <summary>Bits, program, printed text.</summary>
    public static TheoryData<int, string, string> Rows => new()
    {
        { 64, "print(pcall(next, {1, 2}, 1.0))", "false\tinvalid key to 'next'" },
        { 32, "print(pcall(next, {1, 2}, 2.0))", "false\tinvalid key to 'next'" },
        { 64, "print(type(tostring(setmetatable({}, {__tostring = function() return 1 end}))))", "string" },
        { 32, "print(math.fmod(math.maxinteger, 1e3), math.fmod(math.maxinteger, -1.5))", "648.0\t0.5" },
        { 32, "print(string.format('%f %A', 223681223, 1 ~ math.maxinteger))", "223681216.000000 0X1P+31" },
        {
            64, "print(pcall(table.concat, {}, '', math.mininteger, 3))",
            "false\tinvalid value (nil) at index 0 in table for 'concat'"
        },
        {
            32, "print(pcall(string.unpack, 's4', ('\\255'):rep(20)))",
            "false\tmemory allocation error: block too big"
        },
        {
            64, "print(pcall(string.unpack, 's8', ('\\255'):rep(20)))",
            "false\tmemory allocation error: block too big"
        },
        {
            64, "local t = {} local _, m = pcall(function() return t['\\255\\128'] + 1 end) print(#m, m:byte(-4, -1))",
            "69\t255\t128\t39\t41"
        },
        { 64, "local t = {} print(pcall(function() return t['x\\0y'] + 1 end))",
            "false\tmain.lua:1: attempt to perform arithmetic on a nil value (field 'x')" },
        { 64, "print((debug.traceback('x\\0y'):match('^.-\\n')))", "x\n" },
        { 64, "print(pcall(coroutine.status, 1))", "false\tbad argument #1 to 'coroutine.status' (thread expected)" },
        { 64, "print(pcall(tonumber, 1, 'two'))",
            "false\tbad argument #2 to 'tonumber' (number expected, got string)" },
        {
            32, "print(pcall(table.insert, setmetatable({}, {__len = function() return -2 end}), 2, 2))",
            "false\tbad argument #2 to 'table.insert' (position out of bounds)"
        },
        { 64, "print(99999999999999 * 1e100, 9.99999999999995, 99999999999999.5)",
            "9.9999999999999e+113\t10.0\t1e+14" },
        {
            32,
            "local n = 0 for i = math.maxinteger - 1, math.maxinteger do n = n + 1 print(i) if n > 2 then break end " +
            "end",
            "2147483646\n2147483647\n-2147483648"
        },
        { 32, "print(pcall(string.packsize, '!i7'))",
            "false\tbad argument #1 to 'string.packsize' (format asks for alignment not power of 2)" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_program_prints_what_the_reference_prints(int bits, string program, string expected) =>
        Script.Run(program, Script.Standard64 with { Bits = bits }).Text.ShouldBe(expected);

    [Fact]
    public void A_lexical_error_anywhere_in_a_source_is_a_syntax_error()
    {
        for (var tokens = 250; tokens < 520; tokens++)
        {
            var source = string.Concat(Enumerable.Repeat(";", tokens)) + "x('";
            var state = LuaEngine.Create(Script.Standard64);
            Should.Throw<AirHil.Lua.Syntax.LuaSyntaxException>(() => Script.Compile(state, source))
                .Message.ShouldBe("main.lua:1: unfinished string near <eof>");
        }
    }
}
