using System.Globalization;
using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Compile;

public sealed class LuaCompilerTests
{
    [Theory]
    [InlineData("@main.lua", "main.lua")]
    [InlineData("=[C]", "[C]")]
    [InlineData("return 1", "[string \"return 1\"]")]
    [InlineData("a\nb", "[string \"a...\"]")]
    [InlineData("", "[string \"\"]")]
    public void A_chunk_name_is_shortened_for_messages(string name, string expected) =>
        LuaCompiler.ShortSource(LuaString.FromText(name)).ShouldBe(expected);

    [Theory]
    [InlineData('=', 59, 59, "")]
    [InlineData('=', 60, 59, "")]
    [InlineData('@', 59, 59, "")]
    [InlineData('@', 60, 56, "...")]
    public void A_long_chunk_name_is_cut_to_59_bytes(char kind, int length, int kept, string ellipsis) =>
        LuaCompiler.ShortSource(LuaString.FromText(kind + new string('n', length)))
            .ShouldBe(ellipsis + new string('n', kept));

    [Fact]
    public void A_long_source_text_is_cut_to_45_bytes_with_dots_after() =>
        LuaCompiler.ShortSource(LuaString.FromText(new string('s', 45)))
            .ShouldBe($"[string \"{new string('s', 45)}...\"]");

    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("7 // 2 * 2.0", "6")]
    [InlineData("-7 // 2", "-4")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 % -3.0", "-2")]
    [InlineData("2 ^ 10", "1024")]
    [InlineData("1 << 63 >> 63", "1")]
    [InlineData("1 >> -3", "8")]
    [InlineData("~5.0", "-6")]
    [InlineData("- 0x8000000000000000", "-9223372036854775808")]
    public void Arithmetic_on_numerals_is_folded(string expression, string value)
    {
        var function = Chunk.Compile("return " + expression);
        Instruction.Op(function.Code[0]).ShouldBe(OpCode.LoadK);
        function.Constants.ShouldHaveSingleItem().ToString().ShouldBe(value);
    }

    [Theory]
    [InlineData("1 // 0")]
    [InlineData("1 % 0")]
    [InlineData("1 / 0")]
    [InlineData("0 * -1.0")]
    [InlineData("3.5 & 1")]
    [InlineData("1 - 1.0")]
    [InlineData("1e999 - 1e999")]
    public void Folding_leaves_errors_and_zero_and_nan_floats_to_run_time(string expression) =>
        Instruction.Op(Chunk.Compile("return " + expression).Code[0]).ShouldNotBe(OpCode.LoadK);

    [Fact]
    public void Minus_zero_is_computed_at_run_time() =>
        Listing.Of(Chunk.Compile("return -0.0")).ShouldBe("1:LoadK 0 0; 1:Unm 0 0; 1:Return 0 2; 1:Return 0 1");

    [Theory]
    [InlineData("2147483647 + 1", true, -2147483648.0)]
    [InlineData("2147483648", false, 2147483648.0)]
    [InlineData("0xFFFFFFFF", true, -1.0)]
    [InlineData("1 << 31", true, -2147483648.0)]
    [InlineData("-1 >> 28", true, 15.0)]
    [InlineData("16777216.0 + 1", false, 16777216.0)]
    [InlineData("1 << 32", true, 0.0)]
    public void The_32_bit_module_wraps_and_rounds_while_it_folds(string expression, bool isInteger, double value)
    {
        var constant = Chunk.Compile("return " + expression, Chunk.Bits32).Constants.ShouldHaveSingleItem();
        constant.IsInteger.ShouldBe(isInteger);
        constant.AsNumber.ShouldBe(value);
    }

    [Fact]
    public void An_integer_and_the_equal_float_are_two_constants()
    {
        var constants = Chunk.Compile("x = {1, 1.0, 1, 1.0, '1'}").Constants;
        constants.Count(c => c.IsInteger).ShouldBe(1);
        constants.Count(c => c.IsFloat).ShouldBe(1);
        constants.Length.ShouldBe(4);
    }

    [Fact]
    public void Constants_beyond_18_bits_are_loaded_with_an_extra_argument()
    {
        var source = new StringBuilder("x = {");
        for (var i = 0; i <= Instruction.MaxBx + 10; i++) source.Append(CultureInfo.InvariantCulture, $"{i}.5,");
        var code = Chunk.Compile(source.Append('}').ToString()).Code;
        var load = Array.FindIndex(code, i => Instruction.Op(i) == OpCode.LoadKx);
        Instruction.Op(code[load + 1]).ShouldBe(OpCode.ExtraArg);
        Instruction.Ax(code[load + 1]).ShouldBe(Instruction.MaxBx + 1);
    }

    [Fact]
    public void Batches_of_table_items_beyond_9_bits_are_stored_with_an_extra_argument()
    {
        var code = Chunk.Compile("x = {" + string.Concat(Enumerable.Repeat("a,", 50 * 512)) + "}").Code;
        var stores = Enumerable.Range(0, code.Length).Where(i => Instruction.Op(code[i]) == OpCode.SetList).ToList();
        stores.Count.ShouldBe(512);
        Instruction.C(code[stores[^2]]).ShouldBe(511);
        Instruction.C(code[stores[^1]]).ShouldBe(0);
        Instruction.Ax(code[stores[^1] + 1]).ShouldBe(512);
    }

    [Theory]
    [InlineData(" + a", 100_000)]
    [InlineData(" and a", 40_000)]
    [InlineData(" == a", 100_000)]
    [InlineData(".a", 100_000)]
    [InlineData("(a)", 100_000)]
    public void A_chain_of_operators_of_any_length_compiles(string link, int count) =>
        Chunk.Compile("x = a" + string.Concat(Enumerable.Repeat(link, count))).Code.Length.ShouldBeGreaterThan(count);

    [Fact]
    public void An_elseif_chain_of_any_length_compiles() =>
        Chunk.Compile("if a then x() " + string.Concat(Enumerable.Repeat("elseif a then x() ", 20_000)) + "end")
            .Code.Length.ShouldBeGreaterThan(100_000);

    [Theory]
    [InlineData("x = ", "(", "1", ")")]
    [InlineData("x = ", "{", "", "}")]
    [InlineData("x = ", "- ", "1", "")]
    [InlineData("x = ", "a .. ", "a", "")]
    [InlineData("x = ", "a ^ ", "a", "")]
    [InlineData("", "do ", "", "end ")]
    [InlineData("", "if a then ", "", "end ")]
    [InlineData("", "function f() ", "", "end ")]
    [InlineData("x = ", "function() return ", "1 ", "end ")]
    [InlineData("x = ", "f(", "1", ")")]
    public void Nesting_is_limited_to_200_levels(string before, string open, string middle, string close)
    {
        string Nested(int depth) => before + string.Concat(Enumerable.Repeat(open, depth)) + middle +
            string.Concat(Enumerable.Repeat(close, depth));

        Chunk.Compile(Nested(98)).Code.ShouldNotBeEmpty();
        Chunk.ErrorOf(Nested(100_000)).ShouldStartWith("main.lua:1: too many C levels (limit is 200) in ");
    }
}
