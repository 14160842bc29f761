namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// The work of library functions takes the module's time: in a quarter of its second they read 16 bytes for each of
/// 375,000 instructions at most, so no loop over them keeps the host busy for long.
/// </summary>
public sealed class ChargedWorkTests
{
    private const int Bytes = 20_000;

    [Theory]
    [InlineData("s:toHex()")]
    [InlineData("s:toBase64()")]
    [InlineData("s:urlEncode()")]
    [InlineData("h:fromHex()")]
    [InlineData("s:trim()")]
    [InlineData("s:split(';')")]
    [InlineData("s:upper()")]
    [InlineData("s:find('#', 1, true)")]
    [InlineData("print(s)")]
    [InlineData("load(s)")]
    [InlineData("uart.tx(1, z, 0, 20000)")]
    [InlineData("crypto.md5(s)")]
    [InlineData("crypto.crc32(s)")]
    [InlineData("z:isEqual(0, y, 0, 20000)")]
    [InlineData("z:toStr(0, 20000)")]
    [InlineData("z:query(0, 20000)")]
    [InlineData("z:seek(0) and z:read(20000)")]
    [InlineData("z:seek(0) and z:unpack('A20000')")]
    [InlineData("io.readFile('/f')")]
    [InlineData("string.unpack('s4', '\\32\\78\\0\\0' .. s)")]
    [InlineData("z:copy(0, s)")]
    [InlineData("z:copy(0, y)")]
    [InlineData("z:set(0, 1)")]
    public void A_quarter_of_a_second_has_room_for_so_many_calls_only(string call)
    {
        var bench = new FakeBench($$"""
            local s, h = ('a,b '):rep(5000), ('61'):rep(10000)
            local z, y = zbuff.create(20000), zbuff.create(20000)
            z:seek(20000) y:seek(20000)
            io.writeFile('/f', s)
            local from, calls = mcu.ticks(), 0
            while mcu.ticks() - from < 250 do
              local x = {{call}}
              x = nil
              calls = calls + 1
            end
            log.info('calls', calls)
            """).PowerOn().RunTo(2);
        var said = bench.Line("I/user.calls").Text.Split("\t")[1];
        var calls = int.Parse(said, System.Globalization.CultureInfo.InvariantCulture);
        calls.ShouldBeInRange(1, 375_000 * 16 / Bytes);
    }
}
