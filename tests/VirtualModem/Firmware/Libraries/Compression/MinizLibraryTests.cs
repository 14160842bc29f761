namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Compression;

/// <summary><c>miniz</c>: what V1112's own code, built for 32 bits, gives for the same calls.</summary>
public sealed class MinizLibraryTests
{
    private const string Before =
        "local c, u = miniz.compress, miniz.uncompress local function hex(s) return (s:toHex()) end " +
        "local t = {} for i = 1, 1400 do t[i] = '{\"id\":' .. i * 7919 % 1000 .. ',\"t\":' .. i % 37 .. '}' end " +
        "t = table.concat(t) local function sum(s) return #s .. ':' .. crypto.md5(s) end ";

    [Theory]
    [InlineData("hex(c('')), hex(c('', 0))", "7801030000000001,0300")]
    [InlineData("hex(c('a')), hex(c('hello hello hello hello'))",
        "7801010100FEFF6100620062,7801011700E8FF68656C6C6F2068656C6C6F2068656C6C6F2068656C6C6F680308B1")]
    [InlineData("hex(c('hello hello hello hello', 0x1000 | 128))", "789CCB48CDC9C957C8402701680308B1")]
    [InlineData("hex(c('hello', 0x80000)), hex(c(('x'):rep(300), 0x10000))",
        "010500FAFF68656C6C6F,EDC081000000008020EDF15718E06095")]
    [InlineData("sum(c(t))", "11050:F001A32D668347E48C5DB02F0D1F1ACE")]
    [InlineData("sum(c(t, 1))", "4860:9FB6A3F55265BB9FF115CF0622A63D27")]
    [InlineData("sum(c(t, 6))", "4612:7FFB381B58F86893E61A793AC7920161")]
    [InlineData("sum(c(t, 128))", "3637:C0A012CDAB2309FFA7CAFD8FA4810D3B")]
    [InlineData("sum(c(t, 0xfff))", "3718:BBC62EDB977CC91CF3C98502C3D1C7EA")]
    [InlineData("sum(c(t, 0x4000 | 32))", "4637:E9D75E662D4037119450D6FEE4E83706")]
    [InlineData("sum(c(t, 0x20000 | 128))", "3667:2F58EA4989FAD0A04540129049CF78A6")]
    [InlineData("sum(c(t, 0x40000 | 128))", "5754:2E09C22466AC649F395B6F4F93F87BCC")]
    [InlineData("sum(c(t, 0x80000))", "23276:C399F222221F66F500A8D889A9A74F1B")]
    [InlineData("sum(c(t, 0x10000))", "11044:7E0D4F1DB636778832CFC90F589FD4E9")]
    [InlineData("u(c('abc')), u(c('abc', 0), 0), u(c(t, 128), 0) == t, u(c(t)) == t", "abc,abc,true,true")]
    [InlineData("select('#', u('')), select('#', u('\\x78\\x01\\x03')), select('#', u(c('abc'), 0))", "0,0,0")]
    [InlineData("select('#', u(c('abc'):sub(1, -2))), u(c('abc') .. 'more'), select('#', u(c('abc'):sub(1, -2) " +
        ".. '\\0'))",
        "0,abc,0")]
    [InlineData("select('#', c(('x'):rep(32769))), #c(('x'):rep(32768)), select('#', u(('x'):rep(32769)))", "0,4126,0")]
    [InlineData("#u(c(('x'):rep(31948))), select('#', u(c(('x'):rep(31949))))", "31948,0")]
    [InlineData("pcall(c, 'x', 'y')", "false,bad argument #2 to '?' (number expected, got string)")]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, Before);

    [Theory]
    [InlineData("miniz.compress(('x'):rep(32769))", "E/miniz only 32k data is allow")]
    [InlineData("miniz.uncompress('x')", "W/miniz decompress fail")]
    public void A_refusal_has_its_log_line(string call, string line) => LibraryCall.Run(call).Lines.ShouldContain(line);

    [Fact]
    public void The_compressor_needs_its_memory_for_a_moment() => LibraryCall.Run(
        "local b = {} for i = 1, 10 do b[i] = zbuff.create(10000) end print('none', select('#', " +
        "miniz.compress('x'))) " +
        "b = nil collectgarbage() print('some', #miniz.compress('x'))").Lines.ShouldContain("some\t12");
}
