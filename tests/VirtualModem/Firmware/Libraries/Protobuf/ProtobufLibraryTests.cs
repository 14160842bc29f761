namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Protobuf;

/// <summary><c>protobuf</c>: what V1112's own code, built for 32 bits, gives for the same calls.</summary>
public sealed class ProtobufLibraryTests
{
    private static string With(string schema) =>
        $"local e, d = protobuf.encode, protobuf.decode local ok, at = protobuf.load(('{schema}'):fromHex()) " +
        "local function hex(t, n) return (e(n or 'All', t):toHex()) end " +
        "local function dec(h, n) return d(n or '.t.All', (h:fromHex())) end " +
        "local function keys(t) local k = {} for n, v in pairs(t) do " +
        "k[#k + 1] = n .. '=' .. tostring(v):gsub('^table.*', 'T') end return table.concat(k, ' ') end " +
        "local function names(t) local k = {} for n in pairs(t) do k[#k + 1] = n end table.sort(k) " +
        "return table.concat(k, ' ') end ";

    [Theory]
    [MemberData(nameof(ProtobufRows.OfProto3), MemberType = typeof(ProtobufRows))]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, With(ProtobufRows.Proto3));

    [Theory]
    [MemberData(nameof(ProtobufRows.OfProto2), MemberType = typeof(ProtobufRows))]
    public void Proto2_has_its_own_defaults(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, With(ProtobufRows.Proto2));

    [Fact]
    public void Nesting_without_end_is_an_error_and_never_ours()
    {
        const string deep = "(function() local t = {} t.m = t return pcall(e, 'T', t) end)()";
        const string schema = "0A1422120A0154120D0A016D18012001280B32022E54";
        LibraryCall.Values($"protobuf.load(('{schema}'):fromHex())").ShouldStartWith("true");
        LibraryCall.ShouldGive(deep, "false,stack overflow (message too many levels)", With(schema));
        LibraryCall.ShouldGive("pcall(d, 'T', ('\\x0a'):rep(3000))", "false,unfinished bytes ...",
            With(schema));
    }

    [Fact]
    public void A_full_heap_fails_a_load_and_is_given_back_what_was_taken()
    {
        const string used = "select(2, rtos.meminfo('sys'))";
        const string fill = "local full, size = {}, 1 << 17 while size >= 8 do local z = zbuff.create(size) "
            + "if z then full[#full + 1] = z else size = size >> 1 end end ";
        const string load = $"protobuf.load(('{ProtobufRows.Proto3}'):fromHex())";
        LibraryCall.ShouldGive(
            $"was == now, tostring(ok), ({load})", "true,false,true",
            $"{fill} local was = {used} local ok = {load} protobuf.clear() local now = {used} "
            + "full = nil collectgarbage() collectgarbage() ");
    }
}
