namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

public sealed class BitAliasTests
{
    [Theory]
    [InlineData("bit.bit(4), bit.bit(31)", "i:16 , i:-2147483648")]
    [InlineData("bit.set(1, 4, 5), bit.clear(0xFF, 0, 7)", "i:49 , i:126")]
    [InlineData("bit.isset(5, 2), bit.isset(5, 1), bit.isclear(5, 1)", "true , false , true")]
    [InlineData("bit.band(12, 10), bit.rshift(-1, 28)", "i:8 , i:15")]
    public void Single_bits_and_the_standard_functions_are_in_one_library(string expressions, string result) =>
        new ScriptBench().Eval(expressions).ShouldBe(result);
}
