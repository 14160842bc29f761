namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Protobuf;

/// <summary>
/// Calls of <c>protobuf</c> and what the code of V1112, built for 32 bits, gives for them. The schemas are
/// FileDescriptorSets of one file with the messages All and In and the enum Color, in proto3 and in proto2.
/// </summary>
public static class ProtobufRows
{
    public const string Proto3 =
        "0AA8040A07742E70726F746F12017422CB030A03416C6C120E0A06646F75626C65180120012801120D0A05666C6F617418022001" +
        "2802120D0A05696E743634180320012803120E0A0675696E743634180420012804120D0A05696E743332180520012805120F0A07" +
        "66697865643634180620012806120F0A0766697865643332180720012807120C0A04626F6F6C180820012808120E0A0673747269" +
        "6E67180920012809120D0A056279746573180A2001280C120E0A0675696E743332180B2001280D12100A08736669786564333218" +
        "0C2001280F12100A087366697865643634180D20012810120E0A0673696E743332180E20012811120E0A0673696E743634180F20" +
        "01281212170A05636F6C6F7218142001280E32082E742E436F6C6F7212140A05696E6E657218152001280B32052E742E496E120C" +
        "0A046E756D73181620032805120D0A056E616D657318172003280912220A06636F756E747318182003280B32122E742E416C6C2E" +
        "436F756E7473456E747279120B0A01611819200128054800120B0A0162181A20012809480012120A03696E73181B2003280B3205" +
        "2E742E496E1A2D0A0B436F756E7473456E747279120B0A036B6579180120012809120D0A0576616C75651802200128053A023801" +
        "42070A057768696368221D0A02496E120A0A026964180120012805120B0A037478741802200128092A250A05436F6C6F7212070A" +
        "03524544100012090A05475245454E100112080A04424C55451005620670726F746F33";

    public const string Proto2 =
        "0A8A050A07742E70726F746F12017422CF030A03416C6C120E0A06646F75626C65180120012801120D0A05666C6F617418022001" +
        "2802120D0A05696E743634180320012803120E0A0675696E743634180420012804120D0A05696E743332180520012805120F0A07" +
        "66697865643634180620012806120F0A0766697865643332180720012807120C0A04626F6F6C180820012808120E0A0673747269" +
        "6E67180920012809120D0A056279746573180A2001280C120E0A0675696E743332180B2001280D12100A08736669786564333218" +
        "0C2001280F12100A087366697865643634180D20012810120E0A0673696E743332180E20012811120E0A0673696E743634180F20" +
        "01281212170A05636F6C6F7218142001280E32082E742E436F6C6F7212140A05696E6E657218152001280B32052E742E496E1210" +
        "0A046E756D7318162003280542021001120D0A056E616D657318172003280912220A06636F756E747318182003280B32122E742E" +
        "416C6C2E436F756E7473456E747279120B0A01611819200128054800120B0A0162181A20012809480012120A03696E73181B2003" +
        "280B32052E742E496E1A2D0A0B436F756E7473456E747279120B0A036B6579180120012809120D0A0576616C7565180220012805" +
        "3A02380142070A05776869636822250A02496E120E0A0269641801200128053A022D37120F0A037478741802200128093A026869" +
        "225C0A0344656612180A016D18012003280B320D2E742E4465662E4D456E7472791A3B0A064D456E747279120E0A036B65791801" +
        "200128053A0139121D0A0576616C756518022001280E32082E742E436F6C6F723A04424C55453A0238012A250A05436F6C6F7212" +
        "070A03524544100012090A05475245454E100112080A04424C55451005";

    /// <summary>An expression, its values with commas between them; the schema is that of proto3.</summary>
    public static TheoryData<string, string> OfProto3 => new()
    {
        { "ok, at", "true,556" },
        { "protobuf.load('x')", "false,2" },
        { "protobuf.load('')", "true,1" },
        { "protobuf.load('\\x0a\\x05\\x22\\x03\\x0a\\x01A')", "true,8" },
        { "protobuf.load('\\x0a\\x04\\x22\\x02\\x0a\\x00')", "false,7" },
        { "protobuf.load('\\x0a\\xff')", "false,2" },
        { "protobuf.load('\\x0a\\x04\\x22\\x09\\x0a\\x01')", "false,4" },
        { "pcall(protobuf.load)", "false,bad argument #1 to '?' (string/buffer/slice expected, got no value)" },
        { "pcall(protobuf.load, 5)", "false,bad argument #1 to '?' (string/buffer/slice expected, got number)" },
        { "pcall(protobuf.load, {})", "false,bad argument #1 to '?' (string/buffer/slice expected, got table)" },
        { "select('#', protobuf.clear())", "0" },
        { "pcall(e, 'None', {})", "false,bad argument #1 to '?' (type 'None' does not exists)" },
        { "pcall(e, 't.In')", "false,bad argument #2 to '?' (table expected, got no value)" },
        { "pcall(e, 't.In', 'x')", "false,bad argument #2 to '?' (table expected, got string)" },
        { "pcall(e, 5, {})", "false,bad argument #1 to '?' (string/buffer/slice expected, got number)" },
        { "pcall(dec, '4A0B', '.t.All')", "false,main.lua:1: unfinished bytes (len 11 at offset 3)" },
        { "pcall(dec, '4AB4', '.t.All')", "false,main.lua:1: invalid bytes length: 0 (at offset 2)" },
        { "pcall(d, 'None', '')", "false,bad argument #1 to '?' (type 'None' does not exists)" },
        { "pcall(d, 't.In', 7)", "false,bad argument #2 to '?' (string/buffer/slice expected, got number)" },
        { "pcall(d, {}, '')", "false,bad argument #1 to '?' (string/buffer/slice expected, got table)" },
        { "hex({id = 5, txt = 'a'}, 't.In')", "0805120161" },
        { "hex({id = 0, txt = ''}, 't.In')", "" },
        { "hex({id = -1}, 't.In')", "08FFFFFFFFFFFFFFFFFF01" },
        { "hex({id = 2147483647}, '.t.In')", "08FFFFFFFF07" },
        { "hex({id = '12'}, 't.In')", "080C" },
        { "hex({id = '#-0x1F'}, 't.In')", "08E1FFFFFFFFFFFFFFFF01" },
        { "hex({id = '1a'}, 't.In')", "0814" },
        { "pcall(e, 't.In', {id = 1.5})", "false,integer format error: '1.500000'" },
        { "pcall(e, 't.In', {id = 'x'})", "false,integer format error: 'x'" },
        { "pcall(e, 't.In', {id = {}})", "false,bad argument #2 to '?' (number expected for field 'id', got table)" },
        {
            "pcall(e, 't.In', {txt = 5})",
            "false,bad argument #2 to '?' (string expected for field 'txt', got number)"
        },
        {
            "pcall(e, 't.In', {id = true})",
            "false,bad argument #2 to '?' (number expected for field 'id', got boolean)"
        },
        { "hex({other = 1, [1] = 2}, 't.In')", "" },
        { "hex({id = 3.0}, 't.In')", "0803" },
        { "hex({id = '9999999999'}, 't.In')", "08FFC7AFA005" },
        {
            "hex({double = 1.5}, 't.All'), hex({float = -0.25}, 't.All'), hex({int64 = -2}, 't.All'), hex({uint64" +
            " = '#18446744073709551615'}, 't.All')",
            "09000000000000F83F,15000080BE,18FEFFFFFFFFFFFFFFFF01,20FFFFFFFFFFFFFFFFFF01"
        },
        {
            "hex({fixed64 = 258}, 't.All'), hex({fixed32 = -1}, 't.All'), hex({bool = true}, 't.All'), hex({bool " +
            "= false}, 't.All'), hex({bool = 0}, 't.All')",
            "310201000000000000,3DFFFFFFFF,4001,,4001"
        },
        {
            "hex({string = 'h\\0i'}, 't.All'), hex({bytes = '\\xff'}, 't.All'), hex({uint32 = -1}, 't.All'), hex(" +
            "{sfixed32 = -2}, 't.All'), hex({sfixed64 = -2}, 't.All'), hex({sint32 = -2}, 't.All'), hex({sint64 =" +
            " -2}, 't.All'), hex({sint32 = 2}, 't.All')",
            "4A03680069,5201FF,58FFFFFFFF0F,65FEFFFFFF,69FEFFFFFFFFFFFFFF,7003,7803,7004"
        },
        {
            "hex({sint64 = '#-9223372036854775808'}, 't.All'), hex({double = 0}, 't.All'), hex({float = '2'}, 't." +
            "All')",
            "78FFFFFFFFFFFFFFFFFF01,,1500000040"
        },
        {
            "pcall(e, 't.All', {double = 'x'})",
            "false,bad argument #2 to '?' (number expected for field 'double', got string)"
        },
        {
            "pcall(e, 't.All', {bytes = {}})",
            "false,bad argument #2 to '?' (string expected for field 'bytes', got table)"
        },
        {
            "hex({color = 'BLUE'}, 't.All'), hex({color = 5}, 't.All'), hex({color = 'RED'}, 't.All'), hex({color" +
            " = 16777217}, 't.All')",
            "A00105,A00105,A00100,A00180808008"
        },
        {
            "pcall(e, 't.All', {color = 'PINK'})",
            "false,bad argument #2 to '?' (can not encode unknown enum 'PINK' at field 'color')"
        },
        {
            "pcall(e, 't.All', {color = {}})",
            "false,bad argument #2 to '?' (number/string expected at field 'color', got table)"
        },
        { "hex({inner = {}}, 't.All'), hex({inner = {id = 1}}, 't.All')", "AA0100,AA01020801" },
        {
            "pcall(e, 't.All', {inner = 5})",
            "false,bad argument #2 to '?' (table expected at field 'inner', got number)"
        },
        {
            "hex({nums = {1, 2, 300}}, 't.All'), hex({nums = {}}, 't.All'), hex({names = {'a', ''}}, 't.All'), he" +
            "x({names = {}}, 't.All')",
            "B201040102AC02,,BA010161BA0100,"
        },
        {
            "pcall(e, 't.All', {nums = 5})",
            "false,bad argument #2 to '?' (table expected at field 'nums', got number)"
        },
        { "pcall(e, 't.All', {nums = {1, 'x'}})", "false,integer format error: 'x'" },
        {
            "hex({counts = {a = 1}}, 't.All'), hex({counts = {a = 0}}, 't.All'), hex({counts = {[''] = 2}}, 't.Al" +
            "l')",
            "C201050A01611001,C201030A0161,C201021002"
        },
        {
            "pcall(e, 't.All', {counts = {[1] = 2}})",
            "false,bad argument #2 to '?' (string expected for field 'key', got number)"
        },
        {
            "pcall(e, 't.All', {counts = 1})",
            "false,bad argument #2 to '?' (table expected at field 'counts', got number)"
        },
        {
            "hex({a = 0}, 't.All'), hex({b = ''}, 't.All'), hex({ins = {{id = 1}, {}}}, 't.All')",
            "C80100,D20100,DA01020801DA0100"
        },
        {
            "pcall(e, 't.All', {ins = {5}})",
            "false,bad argument #2 to '?' (table expected at field 'ins', got number)"
        },
        {
            "names(dec('')), keys(dec('', 't.In'))",
            "bool bytes color counts double fixed32 fixed64 float ins int32 int64 names nums sfixed32 sfixed64 si" +
            "nt32 sint64 string uint32 uint64,id=0 txt="
        },
        { "keys(d('t.In')), keys(d('t.In', nil, {x = 1}))", "id=0 txt=,x=1" },
        {
            "keys(dec('', 't.All'))",
            "string= bool=false sint32=0 sfixed32=0 bytes= float=0.000000e-308 color=RED sint64=0 uint64=0 sfixed" +
            "64=0 uint32=0 ins=T fixed32=0 names=T counts=T nums=T fixed64=0 int64=0 double=0.000000e-308 int32=0"
        },
        {
            "dec('08FFFFFFFFFFFFFFFFFF01', 't.In').id, dec('0805', 't.In').id, math.type(dec('08FFFFFFFF0F', 't.I" +
            "n').id)",
            "-1.000000,5,float"
        },
        {
            "dec('18FEFFFFFFFFFFFFFFFF01').int64, dec('20FFFFFFFFFFFFFFFFFF01').uint64, dec('58FFFFFFFF0F').uint3" +
            "2, dec('188080808010').int64",
            "-2.000000,-1.000000,-1,4.294967e+09"
        },
        {
            "dec('09000000000000F83F').double, dec('15000080BE').float, dec('310201000000000000').fixed64, dec('3" +
            "DFFFFFFFF').fixed32, dec('4001').bool",
            "1.500000,-0.2500000,258,-1,true"
        },
        {
            "dec('65FEFFFFFF').sfixed32, dec('69FEFFFFFFFFFFFFFF').sfixed64, dec('7003').sint32, dec('7803').sint" +
            "64, dec('7804').sint64",
            "-2.000000,-2.000000,-2.000000,-2.000000,2"
        },
        {
            "dec('A00105').color, dec('A00107').color, dec('A001FFFFFFFFFFFFFFFFFF01').color, dec('').color",
            "BLUE,7,-1.000000,RED"
        },
        { "keys(dec('AA01020801').inner)", "id=1 txt=" },
        { "keys(dec('C201050A01611002').counts)", "a=2" },
        {
            "keys(dec('C201030A0161').counts), keys(dec('C201021004').counts), keys(dec('C20100').counts)",
            "a=0,=4,=0"
        },
        {
            "dec('C80107').a, dec('C80107').which, dec('D2010178').which, dec('D2010178').b, dec('').a",
            "7,a,b,x,nil"
        },
        { "#dec('DA01020801DA0100').ins, dec('DA01020801').ins[1].id", "2,1" },
        {
            "pcall(dec, '0D00000000')",
            "false,main.lua:1: type mismatch for field 'double' at offset 2, 64bit expected for type double, got " +
            "32bit"
        },
        {
            "pcall(dec, '08')",
            "false,main.lua:1: type mismatch for field 'double' at offset 2, 64bit expected for type double, got " +
            "varint"
        },
        { "pcall(dec, '0900')", "false,main.lua:1: invalid fixed64 value at offset 2" },
        { "pcall(dec, '1500')", "false,main.lua:1: invalid fixed32 value at offset 2" },
        {
            "pcall(dec, '4205')",
            "false,main.lua:1: type mismatch for field 'bool' at offset 2, varint expected for type bool, got byt" +
            "es"
        },
        {
            "pcall(dec, '42FF')",
            "false,main.lua:1: type mismatch for field 'bool' at offset 2, varint expected for type bool, got byt" +
            "es"
        },
        { "pcall(dec, 'AA0105')", "false,main.lua:1: unfinished bytes (len 5 at offset 4)" },
        {
            "pcall(dec, 'BD0100000000')",
            "false,main.lua:1: type mismatch for repeated field 'names' at offset 3, bytes expected for type stri" +
            "ng, got 32bit"
        },
        {
            "pcall(dec, 'C80105C5010000')",
            "false,main.lua:1: type mismatch for repeated field 'counts' at offset 6, bytes expected for type mes" +
            "sage, got 32bit"
        },
        { "pcall(dec, 'A001')", "false,main.lua:1: invalid varint value at offset 3" },
        { "keys(dec('2205', 't.In'))", "id=0 txt=" },
        { "keys(dec('9B069C060805', 't.In')), keys(dec('9B060805', 't.In'))", "id=5 txt=,id=5 txt=" },
        { "keys(d('t.In', '\\8\\1\\8\\2'))", "id=2 txt=" },
        { "e('t.In', d('t.In', e('t.In', {id = 77, txt = 'z'}))):toHex()", "084D12017A,10" },
        { "(function() local t = {x = 1} return d('t.In', '\\8\\9', t) == t, t.id, t.x end)()", "true,9,1" },
        {
            "(function() protobuf.clear('t.In', 'id') return hex({id = 1, txt = 'a'}, 't.In'), keys(d('t.In', '\\" +
            "8\\1')) end)()",
            "120161,txt="
        },
        { "(function() protobuf.clear('t.In', 2) return hex({id = 1, txt = 'a'}, 't.In') end)()", "0801" },
        {
            "(function() protobuf.clear('none') protobuf.clear('t.In', 'none') return hex({id = 1}, 't.In') end)(" +
            ")",
            "0801"
        },
        {
            "(function() protobuf.clear() return pcall(e, 't.In', {}) end)()",
            "false,bad argument #1 to '?' (type 't.In' does not exists)"
        },
        { "pcall(protobuf.clear, 5)", "false,bad argument #1 to '?' (string/buffer/slice expected, got number)" },
        {
            "pcall(protobuf.clear, 't.In', {})",
            "false,bad argument #2 to '?' (string/buffer/slice expected, got table)"
        },
        { "pcall(protobuf.encode, 't.Color', {RED = 1})", "false,unknown type <unknown>" },
        { "protobuf.types, protobuf.pack, protobuf.option", "nil,nil,nil" },
    };

    /// <summary>The same for the schema of proto2.</summary>
    public static TheoryData<string, string> OfProto2 => new()
    {
        { "ok, at", "true,654" },
        { "hex({id = 0, txt = ''}, 't.In')", "08001200" },
        { "keys(dec('', 't.In'))", "" },
        {
            "hex({nums = {1, 2}}, 't.All'), hex({nums = {}}, 't.All'), hex({bool = false}, 't.All'), hex({double " +
            "= 0}, 't.All')",
            "B201020102,,4000,090000000000000000"
        },
        {
            "keys(d('t.Def', ('0A00'):fromHex()).m), keys(d('t.Def', ('0A020803'):fromHex()).m), keys(d('t.Def', " +
            "('0A021001'):fromHex()).m)",
            "9=BLUE,3=BLUE,9=GREEN"
        },
        { "hex({m = {[0] = 'RED', [3] = 'GREEN'}}, 't.Def')", "0A0210000A0408031001" },
        { "names(dec('C80107')), dec('C80107').which", "a which,a" },
    };
}
