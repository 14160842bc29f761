using System.Text;

using CsCheck;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buffers;

public sealed class ZbuffLibraryTests
{
    private readonly ScriptBench _bench = new();

    public ZbuffLibraryTests() =>
        _bench.Run("b = zbuff.create(16) function st(z) return z:len() .. ' ' .. z:used() end");

    [Theory]
    [InlineData("zbuff.create(4, 0x31):toStr()", "\"1111\"")]
    [InlineData("zbuff.create(4, -1):toStr()", "\"ÿÿÿÿ\"")]
    [InlineData("st(zbuff.create(8, 'abc'))", "\"8 3\"")]
    [InlineData("zbuff.create(2, 'abc'):toStr()", "\"ab\"")]
    [InlineData("zbuff.create({8, 8, 16}):len()", "i:128")]
    [InlineData("zbuff.create({8, 8, 5})", "(no value)")]
    [InlineData("zbuff.create(0)", "(no value)")]
    [InlineData("zbuff.create(300000)", "nil , \"memory not enough\"")]
    [InlineData("zbuff.create(4, 0, zbuff.HEAP_PSRAM):len(), zbuff.create(4, '1', 'x'):used()", "i:4 , i:1")]
    [InlineData("zbuff.create({8, 8, 257}):len(), zbuff.create({3, 3, 1}):len()", "i:8 , i:2")]
    [InlineData("pcall(zbuff.create, {8, 8})", "false , \"bad argument #-3 to '?' (number expected, got nil)\"")]
    [InlineData("pcall(zbuff.create, {1.5, 8, 8})",
        "false , \"bad argument #-1 to '?' (number has no integer representation)\"")]
    [InlineData("pcall(zbuff.create)", "false , \"bad argument #1 to '?' (number expected, got no value)\"")]
    public void A_buffer_is_created(string expression, string result) => _bench.Eval(expression).ShouldBe(result);

    [Fact]
    public void Its_memory_comes_from_the_system_heap_and_goes_back()
    {
        var before = _bench.Host.SystemHeap.Used;
        _bench.Eval("(function() c = zbuff.create(1000) end)()");
        _bench.Host.SystemHeap.Used.ShouldBeGreaterThanOrEqualTo(before + 1000);
        _bench.Eval("c:free(), c:free()");
        _bench.Host.SystemHeap.Used.ShouldBe(before);
    }

    [Fact]
    public void Cursor_and_valid_data_are_one() =>
        _bench.Eval("b:write('hello'), st(b), b:seek(0), st(b), b:read(3), st(b), b:del(), st(b)")
            .ShouldBe("i:5 , \"16 5\" , i:0 , \"16 0\" , \"hel\" , \"16 3\" , nil , \"16 0\"");

    [Theory]
    [InlineData("b:write(('x'):rep(20)), st(b)", "i:16 , \"16 16\"")]
    [InlineData("b:write(65, 256, -1), (b:toStr(0, 3):toHex())", "i:3 , \"4100FF\"")]
    [InlineData("b:write(1.5), st(b)", "i:8 , \"16 8\"")]
    [InlineData("b:seek(100), b:seek(-5), b:seek(-3, zbuff.SEEK_END), b:seek(1, zbuff.SEEK_CUR)",
        "i:16 , i:0 , i:13 , i:14")]
    [InlineData("#b, b:len(), b[0], b[-1], b[16]", "i:16 , i:16 , i:0 , nil , nil")]
    [InlineData("b:toStr(14), b:toStr(100), #b:toStr(0, -1)", "\"\0\0\" , \"\" , i:16")]
    [InlineData("b.nosuch, b.toBase64, tostring(b):sub(1, 8)", "nil , nil , \"ZBUFF*: \"")]
    [InlineData("b:seek(0) and b:read(-1):len()", "i:16")]
    public void Access_is_clipped_to_the_buffer(string expressions, string result) =>
        _bench.Eval(expressions).ShouldBe(result);

    [Theory]
    [InlineData(
        "b:writeU8(200), b:writeI8(-1), b:writeU16(0x1234), b:writeI32(-2), b:writeF32(1.5), (b:toStr(0, 12):toHex())",
        "i:1 , i:1 , i:2 , i:4 , i:4 , \"C8FF3412FEFFFFFF0000C03F\"")]
    [InlineData("b:writeI64(-1), b:seek(0), b:readI64(), b:readU8()", "i:8 , i:0 , i:-1 , i:0")]
    [InlineData("b:seek(15), b:writeU16(1), b:readU16() == nil", "i:15 , i:0 , True")]
    [InlineData("b:pack('>IHA', 1, 2, 'abc'), b:seek(0), b:unpack('>IHA3')", "i:9 , i:0 , i:9 , i:1 , i:2 , \"abc\"")]
    [InlineData("b:seek(14), b:pack('>I', 1), st(b)", "i:14 , i:2 , \"16 16\"")]
    [InlineData("b:writeI16(-2), b:writeU32(-1), b:writeI8(200), b:seek(0), b:readI16(), b:readU32(), b:readI8()",
        "i:2 , i:4 , i:1 , i:0 , i:-2 , i:-1 , i:-56")]
    [InlineData("b:writeU64(-2), (b:toStr(0, 8):toHex()), b:seek(0), b:readU64(), b:seek(0), b:readI32(), b:readU8()",
        "i:8 , \"FEFFFFFFFFFFFFFF\" , i:0 , i:-2 , i:0 , i:-2 , i:255")]
    [InlineData("b:writeF64(0.1), (b:toStr(0, 8):toHex()), b:seek(0), b:readF64() == 0.1",
        "i:8 , \"000000A09999B93F\" , i:0 , true")]
    [InlineData("b:writeF32('0.5'), b:writeU8('7'), b:seek(0), b:readF32() == 0.5, b:readU8(), b:readU16()",
        "i:4 , i:1 , i:0 , true , i:7 , i:0")]
    [InlineData("b:seek(13), b:writeU32({}), b:writeF32(), b:readI32() == nil, b:readU32() == nil, b:readF64() == nil",
        "i:13 , i:0 , i:0 , true , true , true")]
    [InlineData("pcall(b.writeU8, b, 1.5)",
        "false , \"bad argument #2 to '?' (number has no integer representation)\"")]
    [InlineData("pcall(b.writeF64, b, 'x')", "false , \"bad argument #2 to '?' (number expected, got string)\"")]
    [InlineData("pcall(b.readI8)", "false , \"bad argument #1 to '?' (ZBUFF* expected, got no value)\"")]
    [InlineData("b:write('hello'), b:reSize(4), st(b), b:reSize('x'), b:reSize('5'), b:reSize(), st(b)",
        "i:5 , nil , \"4 4\" , nil , nil , nil , \"4 4\"")]
    [InlineData("b:reSize(20), st(b)", "nil , \"20 0\"")]
    public void Numbers_are_written_and_read_at_the_cursor(string expressions, string result) =>
        _bench.Eval(expressions).ShouldBe(result, StringCompareShould.IgnoreCase);

    [Theory]
    [InlineData("q:query()", "\"\u0001\u0002\u0003\u0004ÿþýü\"")]
    [InlineData("q:query(0, 4, true), q:query(0, 4, false), q:query(4, 2, true, true), q:query(4, 1, true)",
        "i:16909060 , i:67305985 , i:-2 , i:255")]
    [InlineData("q:query(0, 3, true)", "nil")]
    [InlineData("q:query(-2), q:query(8), q:query(-9)", "\"ýü\" , nil , nil")]
    [InlineData("#q:query(0, -1), #q:query(0, 100), q:query(2, 0), q:query(9, 1)", "i:8 , i:8 , nil , nil")]
    [InlineData("pcall(q.query, q, 2, -1)", "false , \"memory allocation error: block too big\"")]
    [InlineData("pcall(q.query, q, 0, 'x')", "false , \"bad argument #3 to '?' (number expected, got string)\"")]
    public void Query_gives_a_part_of_the_valid_data(string expressions, string result)
    {
        _bench.Run(@"q = zbuff.create(8, '\1\2\3\4\255\254\253\252')");
        _bench.Eval(expressions).ShouldBe(result);
    }

    [Theory]
    [InlineData("c:copy(nil, 'abc'), c:copy(nil, 'def'), st(c), c:query()", "i:3 , i:3 , \"8 6\" , \"abcdef\"")]
    [InlineData("c:copy(4, 'ghijkl'), st(c)", "i:6 , \"18 10\"")]
    [InlineData("c:copy(-1, 'x'), st(c)", "i:0 , \"8 0\"")]
    [InlineData("c:copy(0, zbuff.create(4, 'xyz')), c:query()", "i:3 , \"xyz\"")]
    [InlineData("c:copy(0, zbuff.create(4, 'wxyz'), 1, 2), c:query()", "i:2 , \"xy\"")]
    [InlineData("c:copy(0, true)", "i:0")]
    [InlineData("pcall(c.copy, c, 0, json.null)",
        "false , \"bad argument #3 to '?' (ZBUFF* expected, got light userdata)\"")]
    [InlineData("c:get('__name'), pcall(c.get, c, 'write')",
        "\"ZBUFF*\" , false , \"bad argument #2 to '?' (number expected, got string)\"")]
    [InlineData("pcall(c.get, c)", "false , \"bad argument #2 to '?' (number expected, got table)\"")]
    public void Copy_grows_the_buffer(string expressions, string result)
    {
        _bench.Run("c = zbuff.create(8)");
        _bench.Eval(expressions).ShouldBe(result);
    }

    [Fact]
    public void A_write_just_past_the_end_is_reported()
    {
        _bench.Run("b[16] = 1");
        _bench.Host.Notices.ShouldHaveSingleItem().ShouldContain("past its end");
        _bench.Run("b[17] = 1 b[-1] = 1");
        _bench.Host.Notices.Count.ShouldBe(1);
    }

    /// <summary>The room is counted unsigned (L:luat/modules/luat_lib_zbuff.c, zread and zwrite).</summary>
    [Fact]
    public void Behind_the_end_there_is_room_for_every_number()
    {
        _bench.Run("c = zbuff.create(5) c:seek(5) c:copy(nil, 7)");
        _bench.Eval("c:writeU8(1), c:writeF32(1), c:readI16(), c:readF64(), c:used()")
            .ShouldBe("i:1 , i:4 , i:0 , f:0.000000e-308 , i:21");
        _bench.Run("for i = 1, 1000 do c:readU8() end");
        _bench.Host.Notices.Count.ShouldBe(2);
        _bench.Host.Notices[^1].ShouldContain("is at 6, past its end");
        _bench.Run("c = zbuff.create(8) c:seek(6)");
        _bench.Eval("c:writeU32(1), c:readU32(), c:used()").ShouldBe("i:0 , nil , i:6");
    }

    /// <summary>What lies there is not the buffer's: it reads 0, and what is written is lost.</summary>
    [Theory]
    [InlineData("c:read(2), c:used()", "\"\0\0\" , i:16")]
    [InlineData("c:read(-1), c:used()", "\"\" , i:14")]
    [InlineData("c:read(0x7fffffff), c:used()", "nil , i:14")]
    [InlineData("c:write(1, 2), c:used()", "i:0 , i:14")]
    [InlineData("pcall(c.write, c, 'ab')",
        "false , \"zbuff:write of a text behind the end (V1112 crashes here)\"")]
    [InlineData("c:pack('HA', 1, 'xyz'), c:used()", "i:5 , i:19")]
    [InlineData("c:unpack('HA2')", "i:4 , i:0 , \"\0\0\"")]
    [InlineData("pcall(c.unpack, c, 'A2000000000')", "false , \"not enough memory\"")]
    [InlineData("c:query()", "\"\0\0\0\0\0\u0007\0\0\0\0\0\0\0\0\"")]
    [InlineData("c:query(12, 2, true), c:query(4, 2, true)", "i:0 , i:7")]
    [InlineData("c:del(8, 1), c:used()", "nil , i:13")]
    [InlineData("c:del(8), c:used()", "nil , i:8")]
    [InlineData("c:isEqual(0, c, 0, 20), c:toStr()", "true , \"\0\0\0\0\0\"")]
    [InlineData("c:copy(nil, 'ab'), c:len()", "i:2 , i:21")]
    public void A_cursor_far_behind_the_end_ends_no_run(string expressions, string result)
    {
        _bench.Run("c = zbuff.create(5) c:seek(5) c:copy(nil, 7) c:writeF64(1)");
        _bench.Eval(expressions).ShouldBe(result);
    }

    [Theory]
    [InlineData("spi.recv(0, 2, c), c:used()", "2,16")]
    [InlineData("pcall(spi.recv, 0, 2000000000, c)",
        "false,spi.recv behind the end of a zbuff (V1112 crashes here)")]
    [InlineData("uart.read(1, 5, c), c:used()", "0,14")]
    [InlineData("uart.read(1, -1, c), c:used()", "0,14")]
    [InlineData("(i2c.transfer(0, 0x50, 'a', c, 2)), c:used()", "false,7")]
    public void A_bus_that_reads_to_behind_the_end_ends_no_run(string expressions, string result) =>
        LibraryCall.Values(
            expressions, "c = zbuff.create(5) c:seek(5) c:copy(nil, 7) c:writeF64(1) spi.setup(0) i2c.setup(0) " +
            "uart.setup(1, 115200) ").ShouldBe(result);

    [Fact]
    public void A_transfer_to_behind_the_end_is_noticed() => LibraryCall.Run(
        "local c = zbuff.create(5) c:seek(5) c:copy(nil, 7) c:writeF64(1) i2c.setup(0) " +
        "i2c.transfer(0, 0x50, 'a', c, 2) print('done')").Notices
        .ShouldContain(text => text.StartsWith("The cursor of a zbuff of 5 bytes is at ", StringComparison.Ordinal));

    [Fact]
    public void A_string_function_names_the_type() =>
        _bench.Run("local n = string.len(b)")
            .ShouldBe("main.lua:1: bad argument #1 to 'len' (string expected, got ZBUFF*)");

    [Fact]
    public void Any_sequence_of_operations_acts_as_on_an_array()
    {
        var operation = Gen.OneOf(
            Gen.Select(Gen.Byte[97, 122].Array[0, 12],
                t => (Kind: "write", Text: Encoding.ASCII.GetString(t), A: 0, B: 0)),
            Gen.Select(Gen.Byte[97, 122].Array[0, 12],
                t => (Kind: "copy", Text: Encoding.ASCII.GetString(t), A: 0, B: 0)),
            Gen.Select(Gen.Int[0, 24], n => (Kind: "seek", Text: "", A: n, B: 0)),
            Gen.Select(Gen.Int[0, 12], n => (Kind: "read", Text: "", A: n, B: 0)),
            Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], (a, n) => (Kind: "del", Text: "", A: a, B: n)),
            Gen.Select(Gen.Int[1, 32], n => (Kind: "resize", Text: "", A: n, B: 0)));
        operation.Array[1, 20].Sample(operations =>
        {
            _bench.Run("z = zbuff.create(16)");
            var model = new byte[16];
            var used = 0;
            foreach (var (kind, text, a, b) in operations)
            {
                var bytes = Encoding.ASCII.GetBytes(text);
                switch (kind)
                {
                    case "write":
                        var count = Math.Min(bytes.Length, model.Length - used);
                        bytes.AsSpan(0, count).CopyTo(model.AsSpan(used));
                        used += count;
                        _bench.Eval($"z:write('{text}')").ShouldBe($"i:{count}");
                        break;
                    case "copy":
                        if (used + bytes.Length > model.Length)
                        {
                            Array.Resize(ref model, model.Length + used + bytes.Length);
                        }

                        bytes.CopyTo(model, used);
                        used += bytes.Length;
                        _bench.Eval($"z:copy(nil, '{text}')").ShouldBe($"i:{bytes.Length}");
                        break;
                    case "seek":
                        used = Math.Min(a, model.Length);
                        _bench.Eval($"z:seek({a})").ShouldBe($"i:{used}");
                        break;
                    case "read":
                        var read = Math.Min(a, model.Length - used);
                        _bench.Eval($"z:read({a})").ShouldBe($"\"{Encoding.Latin1.GetString(model, used, read)}\"");
                        used += read;
                        break;
                    case "del":
                        var gone = a < used ? Math.Min(b, used - a) : 0;
                        if (gone > 0 && a + gone < used)
                        {
                            // As many bytes as remain in all are moved, so some from behind the valid ones.
                            var moved = model.Skip(a + gone).Concat(new byte[used]).Take(used - gone).ToArray();
                            moved.AsSpan(0, Math.Min(moved.Length, model.Length - a)).CopyTo(model.AsSpan(a));
                        }

                        used -= gone;
                        _bench.Eval($"z:del({a}, {b})").ShouldBe("(no value)");
                        break;
                    default:
                        Array.Resize(ref model, a);
                        used = Math.Min(used, a);
                        _bench.Eval($"z:resize({a})").ShouldBe("(no value)");
                        break;
                }

                _bench.Eval("z:len(), z:used(), z:toStr()")
                    .ShouldBe($"i:{model.Length} , i:{used} , \"{Encoding.Latin1.GetString(model)}\"");
            }
        }, iter: 60, threads: 1);
    }

    [Theory]
    [InlineData("b:resize(1 << 30)", "1073741824")]
    [InlineData("b:copy(1 << 29, 1)", "1073741824")]
    [InlineData("b:copy(1 << 29, 'abc')", "536870923")]
    [InlineData("b:copy((1 << 29), zbuff.create(4, 'abc'), 0, 4)", "536870924")]
    public void Room_that_is_not_there_is_logged(string call, string length)
    {
        _bench.Run($"local b = zbuff.create(8) {call}").ShouldBeNull();
        _bench.Log.ShouldBe([$"E/zbuff zbuff realloc failed 8 -> {length}"]);
    }
}
