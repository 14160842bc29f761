using System.Globalization;
using System.Text;
using AirHil.Modem.Units;
using CsCheck;

namespace AirHil.Modem.Tests.Units;

public sealed class EscapesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "706C61696E")]
    [InlineData(@"\r\n\t\0\\\""\'", "0D0A09005C2227")]
    [InlineData(@"\x00\xff\xAf", "00FFAF")]
    [InlineData("中", "E4B8AD")]
    [InlineData("😀", "F09F9880")]
    [InlineData(@"\\n", "5C6E")]
    [InlineData(@"\x414", "4134")]
    public void A_text_becomes_bytes(string text, string hex) =>
        Convert.ToHexString(Escapes.ToBytes(text)).ShouldBe(hex);

    [Theory]
    [InlineData(@"\q")]
    [InlineData(@"\")]
    [InlineData(@"\x")]
    [InlineData(@"\x4")]
    [InlineData(@"\xG0")]
    [InlineData(@"\x 1")]
    [InlineData(@"\X41")]
    public void An_escape_that_is_not_known_is_shown(string text) =>
        Should.Throw<FormatException>(() => Escapes.ToBytes("before" + text)).Message.ShouldContain("before" + text);

    [Fact]
    public void Any_bytes_can_be_written_in_hexadecimal_escapes() => Gen.Byte.Array[0, 40].Sample(bytes =>
        Escapes.ToBytes(string.Concat(bytes.Select(b => string.Create(CultureInfo.InvariantCulture, $"\\x{b:x2}"))))
            .SequenceEqual(bytes));

    [Fact]
    public void A_text_without_backslashes_is_its_utf8() => Gen.String.Sample(text =>
        text.Contains('\\', StringComparison.Ordinal)
        || text.Any(char.IsSurrogate)
        || Escapes.ToBytes(text).SequenceEqual(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Line_ends_leave_other_backslashes_alone() => Escapes.LineEnds(@"a\r\n\t\x41").ShouldBe("a\r\n\\t\\x41");

    [Fact]
    public void Hexadecimal_may_hold_spaces() => Escapes.FromHex("A5 5a 00").ShouldBe([0xA5, 0x5A, 0]);

    [Theory]
    [InlineData("A")]
    [InlineData("xy")]
    public void What_is_not_hexadecimal_is_refused(string text) =>
        Should.Throw<FormatException>(() => Escapes.FromHex(text)).Message
            .ShouldBe($"'{text}' is not bytes in hexadecimal, two digits each");
}
