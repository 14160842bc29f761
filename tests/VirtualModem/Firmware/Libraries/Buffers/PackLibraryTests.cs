using System.Text;

using CsCheck;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buffers;

public sealed class PackLibraryTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("'>h', 0x1234", "1234")]
    [InlineData("'<h', 0x1234", "3412")]
    [InlineData("'=I', 1", "01000000")]
    [InlineData("'>l', -2", "FFFFFFFE")]
    [InlineData("'>f', 1.5", "3FC00000")]
    [InlineData("'>d', 1.5", "3FF8000000000000")]
    [InlineData("'>n', 1.5", "3FC00000")]
    [InlineData("'b2', 255, 256", "FF00")]
    [InlineData("'z', 'ab'", "616200")]
    [InlineData("'>P', 'ab'", "00026162")]
    [InlineData("'<a', 'ab'", "020000006162")]
    [InlineData("'A2', 'a', 'b'", "6162")]
    public void Values_are_packed(string arguments, string hex) =>
        _bench.Eval($"(pack.pack({arguments}):toHex())").ShouldBe($"\"{hex}\"");

    [Theory]
    [InlineData("'\\1\\2', 'b'", "f:2.000000 , i:1")]
    [InlineData("'\\255\\255', 'bc'", "f:3.000000 , i:255 , i:-1")]
    [InlineData("'\\255\\254', '>h'", "f:3.000000 , i:-2")]
    [InlineData("'\\1', '>h'", "f:1.000000")]
    [InlineData("'abcdef', 'A3'", "f:4.000000 , \"abc\"")]
    [InlineData("'ab\\0c', 'zA'", "f:5.000000 , \"ab\" , \"c\"")]
    [InlineData("'\\2abc', 'p'", "f:4.000000 , \"ab\"")]
    [InlineData("'\\9abc', 'p'", "f:1.000000")]
    [InlineData("'\\1\\2\\3', 'b', 3", "f:4.000000 , i:3")]
    [InlineData("'\\1\\2\\3', 'b', 2.9", "f:3.000000 , i:2")]
    [InlineData("'\\1\\2\\3', 'b', 0.5", "f:2.000000 , i:1")]
    [InlineData("'\\200\\0\\0\\0', 'a'", "f:1.000000")]
    [InlineData("'abc', 'A0b'", "f:2.000000 , \"\" , i:97")]
    [InlineData("'\\1\\2', '>0h'", "f:3.000000 , i:513")]
    [InlineData("'\\1\\2', '> h'", "f:3.000000 , i:258")]
    public void Unpacking_gives_the_next_position_as_a_float_first(string arguments, string result) =>
        _bench.Eval($"pack.unpack({arguments})").ShouldBe(result);

    [Fact]
    public void A_long_has_four_bytes_in_the_64_bit_engine_too() =>
        new ScriptBench(64).Eval("#pack.pack('l', 1), #pack.pack('n', 1), #pack.pack('a', '')")
            .ShouldBe("i:4 , i:8 , i:4");

    [Theory]
    [InlineData("pack.pack('y', 1)", "main.lua:1: bad argument #1 to 'pack' (bad code `y')")]
    [InlineData("pack.pack('\\255')", "main.lua:1: bad argument #1 to 'pack' (bad code `\u00ff')")]
    [InlineData("pack.unpack('', '\\255')", "main.lua:1: bad argument #1 to 'unpack' (bad code `\u00ff')")]
    [InlineData("pack.pack('zf', ('y'):rep(300))",
        "main.lua:1: bad argument #3 to 'pack' (number expected, got LUABOX)")]
    [InlineData("pack.pack('zz', ('y'):rep(256))",
        "main.lua:1: bad argument #3 to 'pack' (string expected, got LUABOX)")]
    [InlineData("pack.pack('zz', ('y'):rep(255))",
        "main.lua:1: bad argument #3 to 'pack' (string expected, got no value)")]
    [InlineData("pack.pack('b')", "main.lua:1: bad argument #2 to 'pack' (number expected, got no value)")]
    [InlineData("pack.pack('b', 1.5)", "main.lua:1: bad argument #2 to 'pack' (number has no integer representation)")]
    [InlineData("pack.unpack('\\255\\255\\255\\255', 'a')", "memory allocation error: block too big")]
    [InlineData("pack.unpack('x', 'b', {})", "main.lua:1: bad argument #3 to 'unpack' (number expected, got table)")]
    [InlineData("pack.unpack('x')", "main.lua:1: bad argument #2 to 'unpack' (string expected, got no value)")]
    [InlineData("pack.pack('A', {})", "main.lua:1: bad argument #2 to 'pack' (string expected, got table)")]
    public void Misuse_is_an_error(string call, string message) => _bench.Run(call).ShouldBe(message);

    [Fact]
    public void Any_integers_come_back_in_either_byte_order() =>
        Gen.Select(Gen.Int, Gen.Short, Gen.Byte, Gen.Bool).Sample((i, h, b, big) =>
            _bench.Eval(
                $"pack.unpack(pack.pack('{(big ? '>' : '<')}ihb', 0x{i:x8}, {h}, {b}), '{(big ? '>' : '<')}ihb')")
                .ShouldBe($"f:8.000000 , i:{i} , i:{h} , i:{b}"), threads: 1);

    [Fact]
    public void Any_strings_come_back() =>
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            _bench.Set("text", bytes);
            _bench.Eval("select(2, pack.unpack(pack.pack('>Ppa', text, text, text), '>Ppa'))")
                .ShouldBe(string.Join(" , ", Enumerable.Repeat($"\"{Encoding.Latin1.GetString(bytes)}\"", 3)));
        }, threads: 1);
}
