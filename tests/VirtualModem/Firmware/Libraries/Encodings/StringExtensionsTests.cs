using System.Text;

using CsCheck;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Encodings;

public sealed class StringExtensionsTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("('\\1\\255'):toHex()", "\"01FF\" , i:4")]
    [InlineData("('ab'):toHex('-')", "\"61-62-\" , i:4")]
    [InlineData("('61 6-2 6'):fromHex()", "\"a\"")]
    [InlineData("('a,,b'):split(',')", "{\"a\",\"b\"}")]
    [InlineData("(',a,'):split(',', true)", "{\"\",\"a\",\"\"}")]
    [InlineData("('a,b'):split('')", "{\"a\",\"b\"}")]
    [InlineData("(''):split(',', true)", "{}")]
    [InlineData("('1f'):toValue()", "\"\u0001\u000f\" , i:2")]
    [InlineData("('a b*~'):urlEncode()", "\"a+b*%7E\"")]
    [InlineData("('a b*~'):urlEncode(1)", "\"a%20b%2A%7E\"")]
    [InlineData("('a b/'):urlEncode(-1, 1, '/')", "\"a%20b/\"")]
    [InlineData("('aGk='):fromBase64()", "\"hi\"")]
    [InlineData("('aG\\r\\nk= '):fromBase64()", "\"hi\"")]
    [InlineData("('a Gk='):fromBase64()", "\"\"")]
    [InlineData("('aGk'):fromBase64()", "\"\"")]
    [InlineData("('hi'):toBase32()", "\"NBUQ\"")]
    [InlineData("('nbuq'):fromBase32()", "\"hi\"")]
    [InlineData("(' \\t a \\r\\n'):trim()", "\"a\"")]
    [InlineData("(' a '):trim(false)", "\" a\"")]
    [InlineData("(' a '):trim(nil, false)", "\"a \"")]
    [InlineData("('  '):trim(), (''):trim(1), ('  '):trim(false, false)", "\"\" , \"\" , \"  \"")]
    [InlineData("string.toHex(12, 3), string.toHex('', '-')", "\"313323\" , \"\" , i:0")]
    [InlineData("('a'):fromHex(), ('6'):fromHex(), ('6g1'):fromHex(), ('0x61'):fromHex()",
        "\"\" , \"\" , \"\" , \"a\"")]
    [InlineData("('abxxcdxx'):split('xx'), ('abxxcdxx'):split('xx', true), ('xx'):split('xx')",
        "{\"ab\",\"cd\"} , {\"ab\",\"cd\",\"\"} , {}")]
    [InlineData("('a,b'):split(',', 1)", "{\"a\",\"b\"}")]
    [InlineData("(''):toValue(), ('G:'):toValue()", "\"\" , \"\u0000\u0003\" , i:2")]
    [InlineData("('a b'):urlEncode(5), ('a b'):urlEncode(-1, 0, ' '), ('a b'):urlEncode(-1, 0, '')",
        "\"a+b\" , \"a b\" , \"a+b\"")]
    [InlineData("(''):toBase64(), (''):fromBase64(), ('YQ=='):fromBase64(), ('Y==='):fromBase64()",
        "\"\" , \"\" , \"a\" , \"\"")]
    [InlineData("(''):toBase32(), (''):fromBase32(), ('NB UQ-\\0!'):fromBase32(), ('01'):fromBase32()",
        "\"\" , \"\" , \"hi\" , \"r\"")]
    [InlineData("('12'):startsWith(1), ('a'):startsWith(''), ('a'):endsWith('')", "true , true , true")]
    [InlineData("pcall(string.startsWith, 'a')",
        "false , \"bad argument #2 to '?' (string expected, got no value)\"")]
    [InlineData("pcall(string.urlEncode, 'a', nil)",
        "false , \"bad argument #2 to '?' (number expected, got nil)\"")]
    [InlineData("pcall(string.toHex, 'a', {})", "false , \"bad argument #2 to '?' (string expected, got table)\"")]
    public void They_give_what_the_firmware_gives(string expression, string result) =>
        _bench.Eval(expression).ShouldBe(result);

    [Theory]
    [InlineData("('abc'):startsWith('ab'), ('abc'):startsWith('b')")]
    [InlineData("('abc'):endsWith('bc'), ('abc'):endsWith('abcd')")]
    public void A_part_is_found_at_its_end_only(string expression) =>
        _bench.Eval(expression).ShouldBe("True , False", StringCompareShould.IgnoreCase);

    [Fact]
    public void Split_must_be_told_its_delimiter_on_V1112() =>
        _bench.Run("('a b'):split()")
            .ShouldBe("main.lua:1: bad argument #1 to 'split' (string expected, got no value)");

    [Fact]
    public void A_wrong_base32_digit_asks_for_too_much_memory() =>
        _bench.Run("('!'):fromBase32()").ShouldBe("memory allocation error: block too big");

    [Fact]
    public void String_has_no_dump_but_every_other_standard_function() =>
        _bench.Eval("string.dump, type(string.format), type(('x').rep)").ShouldBe("nil , \"function\" , \"function\"");

    [Theory]
    [InlineData("text:toHex():fromHex()")]
    [InlineData("text:toBase64():fromBase64()")]
    [InlineData("text:toBase32():fromBase32()")]
    public void Any_bytes_come_back(string expression) =>
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            _bench.Set("text", bytes);
            _bench.Eval(expression).ShouldBe($"\"{Encoding.Latin1.GetString(bytes)}\"");
        }, threads: 1);
}
