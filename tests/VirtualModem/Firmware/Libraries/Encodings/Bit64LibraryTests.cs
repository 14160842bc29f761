namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Encodings;

/// <summary><c>bit64</c>, argument by argument (L:luat/modules/luat_lib_bit64.c).</summary>
public sealed class Bit64LibraryTests
{
    private const string Before = "local b = bit64 local function hex(s) return (s:toHex()) end ";

    [Theory]
    [InlineData("hex(b.to64(258)), hex(b.to64(-1)), hex(b.to64())",
        "020100000000000000,FFFFFFFF0000000000,000000000000000000")]
    [InlineData("hex(b.to64(1.5)), hex(b.to64('2')), hex(b.to64('x')), hex(b.to64({}))",
        "000000000000F83F01,000000000000004001,000000000000000000,000000000000000000")]
    [InlineData("b.to32(b.to64(7)), b.to32(b.to64(-7)), b.to32(b.to64(0.1)), math.type(b.to32(b.to64(3.0)))",
        "7,-7,0.1000000,float")]
    [InlineData("b.to32('\\1\\2\\3\\4\\5\\6\\7\\8'), b.to32('\\1\\0\\0\\0\\0\\0\\0\\0\\0\\9')", "67305985,1")]
    [InlineData("pcall(b.to32)", "false,bad argument #1 to '?' (string expected, got no value)")]
    [InlineData("b.show(b.to64(-1)), b.show(b.to64(-1), 16), b.show(b.minus(b.to64(0), 1))",
        "4294967295,0xffffffff,-1")]
    [InlineData("b.show(b.minus(b.to64(0), 1), 10, true), b.show(b.minus(b.to64(0), 1), 16)",
        "18446744073709551615,0xffffffffffffffff")]
    [InlineData("b.show(b.to64(1.5)), b.show(b.to64(1.5), 16), b.show(b.to64(1e10)), b.show(b.to64(7), 272)",
        "1.500000,0x3ff8000000000000,10.000000e+09,0x7")]
    [InlineData("select('#', b.show('12345678')), b.show('12345678'), b.show(b.to64(10), 8)", "1,nil,10")]
    [InlineData("b.show(b.plus(b.to64(2147483647), 1)), b.show(b.plus(b.to64(5), -8)), b.show(b.plus(b.to64(5), 0.5))",
        "2147483648,-3,5.500000")]
    [InlineData("b.show(b.plus(b.to64(5), '3')), b.show(b.plus(b.to64(1), '123456789'))", "8.000000,123456793.000000")]
    [InlineData("b.show(b.plus(b.to64(1.5), b.to64(2))), b.show(b.plus(b.to64(1.5), 2, nil, true))", "3.500000,3")]
    [InlineData("hex(b.plus('12345678', 1)), hex(b.plus(b.to64(1), 'x')), hex(b.plus('', {}))",
        "000000000000000000,000000000000000000,000000000000000000")]
    [InlineData("pcall(b.plus, b.to64(1))", "false,bad argument #2 to '?' (string expected, got no value)")]
    [InlineData("b.show(b.multi(b.to64(123456789), b.to64(987654321)))", "121932631112635269")]
    [InlineData("b.show(b.pide(b.to64(100), 7)), b.show(b.pide(b.minus(b.to64(0), 100), 7))", "14,-14")]
    [InlineData("b.show(b.pide(b.minus(b.to64(0), 100), 7, true)), b.show(b.pide(b.to64(1.0), 0))",
        "2635249153387078788,inf")]
    [InlineData("b.show(b.pide(b.strtoll('-9223372036854775808'), -1))", "-9223372036854775808")]
    [InlineData("pcall(b.pide, b.to64(1), 0)",
        "false,bit64.pide: an integer is divided by zero; what a module gives is not defined")]
    [InlineData("b.show(b.minus(b.to64(0.0), 1e30, false, true)), b.show(b.plus(b.to64(1e19), 0, nil, true), 10, true)",
        "1,9999999980506447872")]
    [InlineData("b.show(b.shift(b.to64(1), 40, true)), b.show(b.shift(b.minus(b.to64(0), 1), 60)), b.shift('x', 1)",
        "1099511627776,15,x")]
    [InlineData("b.show(b.shift(b.to64(3), 0)), b.show(b.shift(b.to64(3), 1.0)), b.show(b.shift(b.to64(3), 64, true))",
        "3,3,0")]
    [InlineData("b.show(b.shift(b.to64(2), 1, 1)), hex(b.shift(b.to64(1.5), 8))", "1,0000000000F83F0001")]
    [InlineData("b.show(b.strtoll('864040064024194')), b.show(b.strtoll(' \\t-12x', 10)), b.show(b.strtoll('x'))",
        "864040064024194,-12,0")]
    [InlineData("b.show(b.strtoll('0x1F', 16)), b.show(b.strtoll('ff', 16)), b.show(b.strtoll('077', 8)), " +
        "b.show(b.strtoll('0x10', 0))", "31,255,63,16")]
    [InlineData("b.show(b.strtoll('9223372036854775808')), b.show(b.strtoll('-99999999999999999999'))",
        "9223372036854775807,-9223372036854775808")]
    [InlineData("b.show(b.strtoll('0x', 16)), b.show(b.strtoll('08', 0)), b.show(b.strtoll('zz', 36)), " +
        "b.show(b.strtoll('10', -5))", "0,0,1295,0")]
    [InlineData("select('#', b.strtoll('')), b.show(b.strtoll('010', 0)), pcall(b.strtoll, nil)",
        "0,8,false,bad argument #1 to '?' (string expected, got nil)")]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, Before);

    [Fact]
    public void A_tick_of_64_bits_can_be_shown() =>
        LibraryCall.ShouldGive("tonumber(bit64.show(mcu.tick64(true))) > 0", "true");

    [Fact]
    public void A_text_that_is_too_short_for_a_number_is_noticed() =>
        LibraryCall.Run("bit64.to32('1234567')").Notices.ShouldHaveSingleItem().ShouldContain("a text of 7");
}
