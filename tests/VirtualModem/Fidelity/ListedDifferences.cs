using System.Globalization;
using System.Text.RegularExpressions;

using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// Where V1112 differs from the simulator, which is a later firmware on a PC. Each entry names a line of the simulator,
/// what V1112 prints in its place, and why; an entry that fits no line fails the test.
/// </summary>
internal static partial class ListedDifferences
{
    private const string LaterLog = "a log line of later firmware (V1112: L:luat/modules/luat_lib_zbuff.c has none)";
    private const string UsedHasNoArgument =
        "used() takes no argument on V1112 (reference §6, L:luat_lib_zbuff.c:1138)";
    private const string Formats =
        "V1112 passes over a format that it cannot use (L:components/lua-cjson/lua_cjson.c:1409)";
    private const string LongIsFour = "a C long has four bytes on the module (reference §8)";
    private const string NoEmptyRecord =
        "V1112 sends no empty record (reference §1.4, S:project/luatos/inc/luat_conf_bsp.h:313)";
    private const string SourceName = "the simulator's chunk name lacks the '@' whose place both skip (reference §2.8)";
    private const string DelimiterNeeded = "the delimiter is mandatory on V1112 (reference §8)";
    private const string Stripped = "the built-in scripts carry no names on V1112 (L:luat/vfs/luat_inline_libs.c)";

    private static readonly ListedDifference[] All =
    [
        new("json", null,
            @"  json.encode('a""b\\c/d\n\t\r\0\1\127')  => " +
            @"""\x22a\x5C\x22b\x5C\x5Cc/d\x5Cn\x5Ct\x5Cr\x5Cu0000\x5Cu0001\x5Cu007f\x22""",
            [
                @"  json.encode('a""b\\c/d\n\t\r\0\1\127')  => " +
                @"""\x22a\x5C\x22b\x5C\x5Cc\x5C/d\x5Cn\x5Ct\x5Cr\x5Cu0000\x5Cu0001\x5Cu007f\x22""",
            ],
            "a slash is escaped until 2026 (reference §8)"),
        new("json", 32, @"  json.encode({a=1234567.891},'g')  => nil , ""invalid float format""",
            [@"  json.encode({a=1234567.891},'g')  => ""{\x22a\x22:1234567.8750000}"""], Formats),
        new("json", 64, @"  json.encode({a=1234567.891},'g')  => nil , ""invalid float format""",
            [@"  json.encode({a=1234567.891},'g')  => ""{\x22a\x22:1234567.8910000}"""], Formats),
        new("json", null, @"  json.encode({a=1.5},'xx')  => nil , ""invalid float format""",
            [@"  json.encode({a=1.5},'xx')  => ""{\x22a\x22:1.5000000}"""], Formats),
        new("json", null, @"  json.encode(json.decode('[]'))  => nil , ""invalid float format""",
            [@"  json.encode(json.decode('[]'))  => ""{}"""], Formats),
        new("json", null, @"  json.encode(json.decode('{}'))  => nil , ""invalid float format""",
            [@"  json.encode(json.decode('{}'))  => ""{}"""], Formats),
        new("json", null, @"  json.encode(json.decode('{""a"":[]}'))  => nil , ""invalid float format""",
            [@"  json.encode(json.decode('{""a"":[]}'))  => ""{\x22a\x22:{}}"""], Formats),
        new("json", 64, @"  tostring(json.null)  => ""userdata: 0000000000000000""",
            [@"  tostring(json.null)  => ""userdata: 00000000"""],
            "the module's addresses have 32 bits (reference §1.2)"),

        new("zbuff", null, "W/zbuff invalid zbuff length, create refused", [], LaterLog),
        new("zbuff", null, "  pcall(zbuff.create,-1)  => true",
            [@"  pcall(zbuff.create,-1)  => true , nil , ""memory not enough"""],
            "V1112 takes the length unsigned (L:luat_lib_zbuff.c:119-150)"),
        new("zbuff", null, "I/zbuff create large size: 102400 kbyte, trigger force GC", [], LaterLog),
        new("zbuff", null, "I/zbuff create size: 104857600 byte but memory not enough, trigger GC", [], LaterLog),
        new("zbuff", null, "W/zbuff create size: 104857600 byte but memory not enough!!!", [], LaterLog),
        new("zbuff", null, "W/zbuff zbuff:toStr length cannot be negative", [], LaterLog),
        new("zbuff", null, "W/zbuff zbuff index out of range, write refused", [], LaterLog),
        new("zbuff", null, @"  b:toStr(0,-1)  => """"", [@"  b:toStr(0,-1)  => ""1234567890123456"""],
            "V1112 compares the length unsigned and clips it (L:luat_lib_zbuff.c:682-693)"),
        new("zbuff", null, "  b:used(5)  => i:5", ["  b:used(5)  => i:16"], UsedHasNoArgument),
        new("zbuff", null, @"  st(b)  => ""len=16 used=5 cur=5""", [@"  st(b)  => ""len=16 used=16 cur=16"""],
            UsedHasNoArgument, Occurrence: 3),
        new("zbuff", null, @"  b:query()  => ""12345""", [@"  b:query()  => ""1234567890123456"""], UsedHasNoArgument),
        new("zbuff", null, "  b:used(100)  => i:16", ["  b:used(100)  => i:1"], UsedHasNoArgument),
        new("zbuff", null, "  pcall(b.used,b,-1)  => true , i:16", ["  pcall(b.used,b,-1)  => true , i:1"],
            UsedHasNoArgument),
        new("zbuff", null,
            @"  (function() local z=zbuff.create(8,'\1\2\3\4\255\254\253\252') return " +
            @"z:query(0,4,true),z:query(0,4,false),z:query(4,1,true,true),z:query(4,2,true,false),z:query(0," +
            @"4):toHex(),z:query(0,3,true):toHex(),z:used() end)()  => i:16909060 , i:67305985 , i:-1 , i:65534 " +
            @", ""01020304"" , ""010203"" , i:8",
            [
                @"  (function() local z=zbuff.create(8,'\1\2\3\4\255\254\253\252') return " +
                @"z:query(0,4,true),z:query(0,4,false),z:query(4,1,true,true),z:query(4,2,true,false),z:query(0," +
                @"4):toHex(),z:query(0,3,true):toHex(),z:used() end)()  => ERR ""p:1: attempt to index a nil value""",
            ],
            "three bytes as a number are nil on V1112 (L:luat_lib_zbuff.c:1330)"),
        new("zbuff", null,
            @"  (function() local z=zbuff.create(8,'hello') z:used(5) local d=zbuff.create(20) return " +
            @"z:toBase64(d),d:query(),st(d) end)()  => i:8 , ""aGVsbG8="" , ""len=20 used=8 cur=8""",
            [
                @"  (function() local z=zbuff.create(8,'hello') z:used(5) local d=zbuff.create(20) return " +
                @"z:toBase64(d),d:query(),st(d) end)()  => ERR ""p:1: attempt to call a nil value (method " +
                @"'toBase64')""",
            ],
            "toBase64 exists from 2025-02-26 (reference §6)"),

        new("strings", null, @"  ('a b c'):split()  => {""a b c""}",
            [@"  ('a b c'):split()  => ERR ""p:1: bad argument #1 to 'split' (string expected, got no value)"""],
            DelimiterNeeded),
        new("strings", null, @"  ('1,2'):split()  => {""1"",""2""}",
            [@"  ('1,2'):split()  => ERR ""p:1: bad argument #1 to 'split' (string expected, got no value)"""],
            DelimiterNeeded),
        new("strings", null, "  string.dump  => <function>", ["  string.dump  => nil"],
            "a PC build alone has it (reference §1.4)"),
        new("strings", null, "  string.strs  => <function>", ["  string.strs  => nil"],
            "a PC build alone has it (L:lua/src/lstrlib.c:1590)"),

        new("log_format", null, "I/user.tag nul", ["I/user.tag nul\0after"],
            "a record has a length on V1112 and may hold a NUL (S:project/luatos/src/luat_log_ec618.c:31-38)"),
        new("log_format", null, "", [], NoEmptyRecord),
        new("log_format", null, "", [], NoEmptyRecord),
        new("log_format", null, "", [], NoEmptyRecord),
        new("log_format", null, "", [], NoEmptyRecord),
        new("log_format", null, "I/ain.lua:51 tag style1 1", ["I/main.lua:51 tag style1 1"], SourceName),
        new("log_format", null, "W/ain.lua:51 tag w", ["W/main.lua:51 tag w"], SourceName),
        new("log_format", null, "I/user.tag ain.lua:52 style2 1", ["I/user.tag main.lua:52 style2 1"], SourceName),

        new("sys_basic", null, " main.lua:75: in local 'callback'", [" main.lua:75: in function <main.lua:75>"],
            Stripped),
        new("sys_basic", 32, " /lua/sys.lua: in upvalue 'dispatch'", [" /lua/sys.lua: in upvalue '?'"], Stripped),
        new("sys_basic", 64, @" corelib\sys.lua: in upvalue 'dispatch'", [@" corelib\sys.lua: in upvalue '?'"],
            Stripped),
        new("sys_basic", null, "E/user.rtos.timer_start create fail!!!", [],
            "timerStart says nothing of a refused timer on V1112 (L:script/corelib/sys.lua:229-275)"),
        new("sys_basic", null,
            "E/user.sys sys.taskInitEx\u00e5\u0090\u00af\u00e5\u008a\u00a8\u00e7\u009a\u0084task\u00e6\u0089" +
            "\u008d\u00e8\u0083\u00bd\u00e4\u00bd\u00bf\u00e7\u0094\u00a8waitMsg",
            [
                "E/user.sysplus sys.taskInitEx\u00e5\u0090\u00af\u00e5\u008a\u00a8\u00e7\u009a\u0084task\u00e6" +
                "\u0089\u008d\u00e8\u0083\u00bd\u00e4\u00bd\u00bf\u00e7\u0094\u00a8waitMsg",
            ],
            "sysplus is a library of its own on V1112 (reference §2.5)"),

        new("pack", null, @"  pack.pack('>l',1):toHex()  => ""0000000000000001"" , i:16",
            [@"  pack.pack('>l',1):toHex()  => ""00000001"" , i:8"], LongIsFour),
        new("pack", null, @"  pack.pack('>L',1):toHex()  => ""0000000000000001"" , i:16",
            [@"  pack.pack('>L',1):toHex()  => ""00000001"" , i:8"], LongIsFour),
        new("pack", 64, @"  pack.pack('>a','abc'):toHex()  => ""0000000000000003616263"" , i:22",
            [@"  pack.pack('>a','abc'):toHex()  => ""00000003616263"" , i:14"],
            "a length has the four bytes of the module's size_t (reference §8)"),
        new("pack", 64, @"  pack.unpack('\0\0\0\3abc','>a')  => f:1.0000000000000",
            [@"  pack.unpack('\0\0\0\3abc','>a')  => f:8.0000000000000 , ""abc"""],
            "a length has the four bytes of the module's size_t (reference §8)"),
        new("pack", null, @"  pack.pack('A3','abcdef'):toHex()  => ""616263"" , i:6",
            [
                @"  pack.pack('A3','abcdef'):toHex()  => ERR ""p:1: bad argument #3 to 'pack' (string expected, " +
                @"got no value)""",
            ],
            "the count of A repeats it on V1112 (L:luat/modules/luat_lib_pack.c:280-330)"),
        new("pack", 32, "  pack.unpack('abc','b',0)  => f:1.000000 , i:8",
            ["  pack.unpack('abc','b',0)  => f:1.000000 , i:0"],
            "the byte before the string's memory, which no source tells of the module"),

        new("err_syntax", null,
            "E/fs \u00e6\u0096\u0087\u00e4\u00bb\u00b6\u00e5\u008a\u00a0\u00e8\u00bd\u00bd\u00e5\u00a4\u00b1" +
            "\u00e8\u00b4\u00a5 main.lua main.lua:4: ')' expected (to close '(' at line 3) near 'sys'",
            [
                "E/main Luat: ", "E/main main.lua:4: ')' expected (to close '(' at line 3) near 'sys'",
                "E/main Lua VM exit!! reboot in 15000ms",
            ],
            "the simulator compiles before it starts; the module ends as after any error (reference §2.6, §11.2)"),
    ];

    /// <summary>
    /// The lines in which the simulator's sys tells its position: how the line starts, then the position. V1112 carries
    /// sys without lines (L:luat/vfs/luat_inline_libs.c), so no position is put before the message.
    /// </summary>
    private static readonly (string Program, string Start, string Position)[] SysPositions =
    [
        ("sys_basic", @"  pcall(sys.wait,10)  => false , """, "/lua/sys.lua:147: "),
        ("sys_basic", @"  pcall(sys.waitUntil,'X',10)  => false , """, "/lua/sys.lua:147: "),
        ("sys_basic", "    false ", "/lua/sys.lua:147: "),
        ("err_task", "E/main ", "/lua/sys.lua:608: "),
    ];

    /// <summary>
    /// The frames in which the simulator's sys tells a line: the line and what follows. V1112's sys has no lines; its
    /// bytecode for 64 bits names its source otherwise.
    /// </summary>
    private static readonly (int Line, string Function)[] SysFrames =
    [
        (147, "function 'sys.check_task'"), (161, "function 'sys.wait'"), (207, "function 'sys.waitUntil'"),
        (551, "upvalue 'dispatch'"), (576, "function 'sys.safeRun'"), (636, "function 'sys.run'"),
    ];

    private static List<string> WithoutSysLines(string program, int bits, List<string> lines)
    {
        if (program != "sys_basic") return lines;
        foreach (var (line, function) in SysFrames)
        {
            var frame = string.Create(CultureInfo.InvariantCulture, $"/lua/sys.lua:{line}: in {function}");
            if (!lines.Exists(text => text.Contains(frame, StringComparison.Ordinal)))
            {
                throw new InvalidOperationException($"No line has the frame as listed: {frame}");
            }

            lines = lines.ConvertAll(text => text.Replace(
                frame, $"{SysSource(text, bits)}: in {function}", StringComparison.Ordinal));
        }

        return lines;
    }

    /// <summary>A text that is quoted has its backslash escaped.</summary>
    private static string SysSource(string text, int bits) => bits == 32
        ? "/lua/sys.lua"
        : text.Contains("\\x0A", StringComparison.Ordinal) ? @"corelib\x5Csys.lua" : @"corelib\sys.lua";

    /// <summary>The simulator's lines as V1112 prints them.</summary>
    public static List<string> Apply(string program, int bits, List<string> lines)
    {
        var result = WithoutSysLines(program, bits, lines)
            .ConvertAll(line => program == "pack" ? FloatPosition(line, bits) : line);
        foreach (var difference in All)
        {
            if (difference.Program != program || (difference.Bits ?? bits) != bits) continue;
            var index = -1;
            for (var i = 0; i < difference.Occurrence; i++)
            {
                index = result.FindIndex(index + 1, line => line == difference.Simulator);
            }

            if (index < 0) throw new InvalidOperationException($"No line reads as listed: {difference.Simulator}");
            result.RemoveAt(index);
            result.InsertRange(index, difference.Module);
        }

        foreach (var (_, start, position) in SysPositions.Where(listed => listed.Program == program))
        {
            var index = result.FindIndex(line => line.StartsWith(start + position, StringComparison.Ordinal));
            if (index < 0) throw new InvalidOperationException($"No line starts as listed: {start}{position}");
            result[index] = start + result[index][(start + position).Length..];
        }

        return program == "err_task" ? WithoutTie(result) : result;
    }

    /// <summary>
    /// In err_task a task, a loop timer and the end are all due 600 ms after the start; which comes first is decided by
    /// less than a tick, and the simulator's two builds disagree. What comes before is compared.
    /// </summary>
    public static List<string> WithoutTie(IEnumerable<string> lines)
    {
        var before600 = 5;
        return [.. lines.Where(line => !line.EndsWith(" alive", StringComparison.Ordinal) || before600-- > 0)];
    }

    /// <summary>pack.unpack gives the position as a float on V1112 (reference §8).</summary>
    private static string FloatPosition(string line, int bits) => UnpackedPosition().Replace(line, match =>
    {
        var position = LuaValue.Float(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return match.Groups[1].Value + "f:" + NumberText.Format(position, new NumberModel(bits, NumberStyle.Module));
    });

    [GeneratedRegex(@"^(  pack\.unpack\(.*\)  => )i:(-?\d+)")]
    private static partial Regex UnpackedPosition();
}

/// <summary>One line that differs.</summary>
/// <param name="Program">The program.</param>
/// <param name="Bits">32 or 64; null for both.</param>
/// <param name="Simulator">The simulator's line, in the common form.</param>
/// <param name="Module">What V1112 prints instead; empty for nothing.</param>
/// <param name="Reason">Why, with the source.</param>
/// <param name="Occurrence">Which of several equal lines.</param>
internal sealed record ListedDifference(
    string Program, int? Bits, string Simulator, string[] Module, string Reason, int Occurrence = 1);
