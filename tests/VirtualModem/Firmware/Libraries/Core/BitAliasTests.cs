namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

public sealed class BitAliasTests
{
    [Theory]
    [InlineData("bit.bit(4), bit.bit(31)", "i:16 , i:-2147483648")]
    [InlineData("bit.set(1, 4, 5), bit.clear(0xFF, 0, 7)", "i:49 , i:126")]
    [InlineData("bit.isset(5, 2), bit.isset(5, 1), bit.isclear(5, 1)", "true , false , true")]
    [InlineData("bit.band(12, 10), bit.rshift(-1, 28)", "i:8 , i:15")]
    [InlineData("bit.bit(32), bit.bit(-1), bit.bit(256), bit.set(1, 40), bit.clear(255, 32)",
        "i:0 , i:0 , i:1 , i:1 , i:255")]
    [InlineData("bit.isset(-1, 32), bit.isclear(-1, 33), bit.isset(1, 256)", "false , true , true")]
    [InlineData("pcall(bit.bit, 1.5)", "false , \"bad argument #1 to '?' (number has no integer representation)\"")]
    [InlineData("bit.bor(), bit.bxor(), bit.band(), bit.btest(), bit.bnot(0)", "i:0 , i:0 , i:-1 , true , i:-1")]
    [InlineData("bit.arshift(-16, 2), bit.arshift(16, 40), bit.arshift(-16, 40), bit.arshift(1, -4)",
        "i:-4 , i:0 , i:-1 , i:16")]
    [InlineData("bit.lshift(1, 32), bit.lshift(1, 31), bit.lshift(-1, -28), bit.rshift(1, -4)",
        "i:0 , i:-2147483648 , i:15 , i:16")]
    [InlineData("bit.lrotate(-2147483647, 1), bit.rrotate(1, 1), bit.rrotate(1, 33)",
        "i:3 , i:-2147483648 , i:-2147483648")]
    [InlineData("bit.extract(0xABCD, 4, 8), bit.extract(0xABCD, 0, 32), bit.replace(0, -1, 4, 4)",
        "i:188 , i:43981 , i:240")]
    [InlineData("pcall(bit.extract, 1, -1)", "false , \"bad argument #2 to '?' (field cannot be negative)\"")]
    [InlineData("pcall(bit.extract, 1, 0, 0)", "false , \"bad argument #3 to '?' (width must be positive)\"")]
    [InlineData("pcall(bit.replace, 1, 1, 30, 3)", "false , \"trying to access non-existent bits\"")]
    public void Single_bits_and_the_standard_functions_are_in_one_library(string expressions, string result) =>
        new ScriptBench().Eval(expressions).ShouldBe(result);
}
