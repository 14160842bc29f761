using System.Globalization;
using System.Text;

using AirHil.Lua.Values;

using CsCheck;

namespace AirHil.Lua.Tests.Values;

public sealed class NumberTextTests
{
    private static readonly NumberModel Module32 = new(32, NumberStyle.Module);
    private static readonly NumberModel Module64 = new(64, NumberStyle.Module);
    private static readonly NumberModel Plain32 = new(32, NumberStyle.Standard);
    private static readonly NumberModel Plain64 = new(64, NumberStyle.Standard);

    /// <summary>
    /// Numeral, its text on a 32-bit module, its text on a 64-bit one: as the vendor's simulator prints them.
    /// </summary>
    public static readonly TheoryData<string, string, string> ModuleTexts = new()
    {
        { "1e15", "10.000000e+14", "10.0000000000000e+14" },
        { "1e14", "1.000000e+14", "10.0000000000000e+13" },
        { "1e16", "1.000000e+16", "10.0000000000000e+15" },
        { "1e100", "inf", "10.0000000000000e+99" },
        { "123456789.0", "1.234568e+08", "1.2345678900000e+08" },
        { "12345678.0", "1.234568e+07", "1.2345678000000e+07" },
        { "1234567.0", "1.234567e+06", "1.2345670000000e+06" },
        { "123456.0", "123456.0", "123456.00000000" },
        { "0.1", "0.1000000", "0.10000000000000" },
        { "3.0", "3.000000", "3.0000000000000" },
        { "0.0", "0.000000e-308", "0.0000000000000e-308" },
        { "-0.0", "0.000000e-308", "0.0000000000000e-308" },
        { "10.0", "10.00000", "10.000000000000" },
        { "99.9", "99.90000", "99.900000000000" },
        { "999999.0", "999999.0", "999999.00000000" },
        { "9999999.0", "9.999999e+06", "9.9999990000000e+06" },
        { "-1.5", "-1.500000", "-1.5000000000000" },
        { "1234.5678", "1234.568", "1234.5678000000" },
        { "0.001", "0.001000000", "0.0010000000000000" },
        { "0.0001", "1.000000e-04", "0.00010000000000000" },
        { "0.00012345", "0.0001234500", "0.00012345000000000" },
        { "36.6", "36.60000", "36.600000000000" },
        { "-25.125", "-25.12500", "-25.125000000000" },
        { "1e6", "10.000000e+05", "10.0000000000000e+05" },
        { "1e7", "1.000000e+07", "1.0000000000000e+07" },
        { "1e-5", "1.000000e-05", "0.9999999860000e-05" },
        { "1e-10", "1.000000e-10", "0.9999999990000e-10" },
        { "1.5e300", "inf", "1.5000000000000e+300" },
        { "3.14159265358979", "3.141593", "3.1415926540000" },
        { "100.25", "100.2500", "100.25000000000" },
        { "25.6", "25.60000", "25.600000000000" },
        { "2147483648", "2.147484e+09", "2147483648" },
        { "9007199254740992.0", "9.007199e+15", "9.0071992550000e+15" },
        { "123456789012", "1.234568e+11", "123456789012" },
        { "12345678901234567890", "1.234568e+19", "1.2345678900000e+19" },
        { "1e3", "1000.0000", "1000.00000000000" },
        { "1024.0", "1024.000", "1024.0000000000" },
        { "9999999999.0", "10.000000e+09", "9.9999999990000e+09" },
        { "1e10", "10.000000e+09", "10.0000000000000e+09" },
        { "16777217.0", "1.677722e+07", "1.6777217000000e+07" },
        { "99999.5", "99999.50", "99999.500000000" },
        { "0x1p4", "16.00000", "16.000000000000" },
        { "1e400", "inf", "inf" },
        { "-1e400", "-inf", "-inf" },
        { "2147483647", "2147483647", "2147483647" },
        { "-2147483648", "-2147483648", "-2147483648" },
    };

    /// <summary>Numeral and its text in plain Lua 5.3 with 64-bit numbers.</summary>
    public static readonly TheoryData<string, string> PlainTexts = new()
    {
        { "1e15", "1e+15" }, { "1e14", "1e+14" }, { "123456789012345.0", "1.2345678901234e+14" },
        { "3.0", "3.0" }, { "-0.0", "-0.0" }, { "0.1", "0.1" }, { "1e100", "1e+100" }, { "0.0001", "0.0001" },
        { "0.00001", "1e-05" }, { "123456.789", "123456.789" }, { "3.14159265358979", "3.1415926535898" },
        { "2.5e-320", "2.4999721679567e-320" }, { "1e400", "inf" }, { "-1e400", "-inf" },
        { "9007199254740993", "9007199254740993" },
        { "9223372036854775807", "9223372036854775807" }, { "9223372036854775808", "9.2233720368548e+18" },
        { "-9223372036854775808", "-9223372036854775808" }, { "0xffffffffffffffff", "-1" },
        { "0x1ffffffffffffffff", "-1" },
        { "0x.8", "0.5" }, { "0xA.8p1", "21.0" }, { "0x1p-1074", "4.9406564584125e-324" }, { "0x1p1024", "inf" },
        { "0x1.fffffffffffff8p0", "2.0" }, { "0x0.0000000000000000000000000000000000000001p160", "1.0" },
        { "100000000000000", "100000000000000" },
        { "99999999999999.0", "99999999999999.0" }, { "999999999999999.0", "1e+15" },
        { " \t10\n", "10" }, { "+5", "5" }, { "5.", "5.0" }, { ".5", "0.5" }, { "1E2", "100.0" }, { "00012", "12" },
    };

    [Theory]
    [MemberData(nameof(ModuleTexts))]
    public void A_number_prints_as_the_small_printf_of_the_module_prints_it(string numeral, string text32,
        string text64)
    {
        Read(numeral, Module32).ShouldBe(text32);
        Read(numeral, Module64).ShouldBe(text64);
    }

    [Theory]
    [MemberData(nameof(PlainTexts))]
    public void A_number_prints_as_in_plain_Lua(string numeral, string text) => Read(numeral, Plain64).ShouldBe(text);

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("16777217.0", "1.677722e+07")]
    [InlineData("3.0", "3.0")]
    [InlineData("2147483648", "2.147484e+09")]
    [InlineData("0xffffffff", "-1")]
    [InlineData("1e39", "inf")]
    [InlineData("0x1.000001p0", "1.0")]
    [InlineData("0x1.0000011p0", "1.0")]
    [InlineData("0x1.000003p0", "1.0")]
    public void Thirty_two_bit_numbers_print_with_seven_digits(string numeral, string text) =>
        Read(numeral, Plain32).ShouldBe(text);

    [Fact]
    public void Hexadecimal_floats_are_rounded_once_half_to_even()
    {
        Parse("0x1.000001p0", Plain32).AsFloat.ShouldBe(1.0);
        Parse("0x1.0000011p0", Plain32).AsFloat.ShouldBe(1.0 + Math.Pow(2, -23));
        Parse("0x1.000003p0", Plain32).AsFloat.ShouldBe(1.0 + Math.Pow(2, -22));
        Parse("0x1p-149", Plain32).AsFloat.ShouldBe(float.Epsilon);
        Parse("0x1p-150", Plain32).AsFloat.ShouldBe(0);
        Parse("0x1.8p-150", Plain32).AsFloat.ShouldBe(float.Epsilon);
        Parse("0x1.fffffep127", Plain32).AsFloat.ShouldBe(float.MaxValue);
        Parse("0x1.ffffffp127", Plain32).AsFloat.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_decimal_is_rounded_to_float32_without_a_stop_at_double()
    {
        // Just above the middle between two float32: through a double it would fall on the middle and go to even.
        Parse("1.00000005960464477540", Plain32).AsFloat.ShouldBe(1.0 + Math.Pow(2, -23));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("10a")]
    [InlineData("0x")]
    [InlineData("0xg")]
    [InlineData("0x.")]
    [InlineData("0x1p")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData(".")]
    [InlineData(".e1")]
    [InlineData("1 2")]
    [InlineData("- 1")]
    [InlineData("inf")]
    [InlineData("nan")]
    [InlineData("infinity")]
    [InlineData("3,14")]
    [InlineData("1_000")]
    [InlineData("1.2.3")]
    [InlineData("0x1.2.3")]
    [InlineData("1\0")]
    public void What_is_no_numeral_is_refused(string text) =>
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), Plain64, out _).ShouldBeFalse();

    [Fact]
    public void Not_a_number_keeps_its_sign_in_plain_Lua_and_loses_it_on_the_module()
    {
        var negative = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8000000000000));
        NumberText.Format(LuaValue.Float(negative), Plain64).ShouldBe("-nan");
        NumberText.Format(LuaValue.Float(-negative), Plain64).ShouldBe("nan");
        NumberText.Format(LuaValue.Float(negative), Module32).ShouldBe("nan");
    }

    [Fact]
    public void Seventeen_digits_give_any_double_back() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        var text = NumberPrintf.FormatFloat(new NumberFormat('g', Precision: 17), value);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) &&
            Parse(text +
                (text.Contains('.', StringComparison.Ordinal) || text.Contains('e', StringComparison.Ordinal)
                    ? ""
                    : ".0"), Plain64).AsFloat.Equals(value);
    });

    [Fact]
    public void A_hexadecimal_float_gives_any_double_back() => Gen.Double.Where(double.IsFinite).Sample(value =>
        Parse(NumberPrintf.FormatFloat(new NumberFormat('a'), value), Plain64).AsFloat.Equals(value));

    [Fact]
    public void Integers_print_as_dotnet_prints_them() => Gen.Long.Sample(value =>
        NumberPrintf.FormatInteger(new NumberFormat('d'), value, 64) == value.ToString(CultureInfo.InvariantCulture) &&
        ModulePrintf.FormatInteger(new NumberFormat('x'), value, 64)
            == value.ToString("x", CultureInfo.InvariantCulture) &&
        Parse(value.ToString(CultureInfo.InvariantCulture), Plain64).RawEquals(LuaValue.Integer(value)));

    private static string Read(string numeral, NumberModel model) => NumberText.Format(Parse(numeral, model), model);

    private static LuaValue Parse(string numeral, NumberModel model)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(numeral), model, out var number).ShouldBeTrue(numeral);
        return number;
    }
}
