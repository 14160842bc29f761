using System.Text;

using AirHil.Lua.Tests.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Syntax;

public sealed class LiteralTests
{
    [Theory]
    [InlineData("'a\\n\\t\\\\\\'\\\"'", "a\n\t\\'\"")]
    [InlineData("\"\\65\\066\\x43\\10\"", "ABC\n")]
    [InlineData("'\\0007'", "\0" + "7")]
    [InlineData("'a\\z  \r\n   b'", "ab")]
    [InlineData("'a\\\nb\\\r\nc'", "a\nb\nc")]
    [InlineData("'\\u{48}\\u{20AC}\\u{10FFFF}\\u{D800}'", "H\xe2\x82\xac\xf4\x8f\xbf\xbf\xed\xa0\x80")]
    [InlineData("[[\r\na\rb\n\rc]]", "a\nb\nc")]
    [InlineData("[==[]]]=]]==]", "]]]=]")]
    [InlineData("'\xff\x80'", "\xff\x80")]
    [InlineData("--[[x]] 'after' --[==[ ]]\n ]==] --\n", "after")]
    public void A_string_literal_gives_its_bytes(string source, string bytes)
    {
        var constant = Chunk.Compile("return " + source).Constants.ShouldHaveSingleItem().AsString;
        Encoding.Latin1.GetString(constant!.Span).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("3", 3.0, true, true)]
    [InlineData("3.0", 3.0, false, false)]
    [InlineData(".5", 0.5, false, false)]
    [InlineData("3e2", 300.0, false, false)]
    [InlineData("0x10", 16.0, true, true)]
    [InlineData("0xA.8p1", 21.0, false, false)]
    [InlineData("2147483647", 2147483647.0, true, true)]
    [InlineData("2147483648", 2147483648.0, true, false)]
    [InlineData("9223372036854775808", 9223372036854775808.0, false, false)]
    public void A_numeral_is_an_integer_where_the_model_has_it(
        string source, double value, bool isInteger64, bool isInteger32)
    {
        Check(Chunk.Bits64, isInteger64);
        Check(Chunk.Bits32, isInteger32);

        void Check(NumberModel model, bool isInteger)
        {
            var constant = Chunk.Compile("return " + source, model).Constants.ShouldHaveSingleItem();
            constant.IsInteger.ShouldBe(isInteger);
            constant.AsNumber.ShouldBe(value);
        }
    }

    [Fact]
    public void Hexadecimal_integers_wrap_to_the_model()
    {
        Chunk.Compile("return 0xFFFFFFFF", Chunk.Bits32).Constants[0].AsInteger.ShouldBe(-1);
        Chunk.Compile("return 0xFFFFFFFF").Constants[0].AsInteger.ShouldBe(0xFFFFFFFF);
        Chunk.Compile("return 0xFFFFFFFFFFFFFFFF").Constants[0].AsInteger.ShouldBe(-1);
    }

    [Fact]
    public void A_32_bit_float_numeral_is_rounded_to_single_precision() =>
        Chunk.Compile("return 0.1", Chunk.Bits32).Constants[0].AsFloat.ShouldBe(0.1f);
}
