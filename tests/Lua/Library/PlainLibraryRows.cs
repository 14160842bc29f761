namespace AirHil.Lua.Tests.Library;

/// <summary>
/// Expressions over the libraries and what PUC-Rio's Lua 5.3.6 makes of them: whether pcall succeeds, then each result
/// as "kind:text".
/// </summary>
public static class PlainLibraryRows
{
    public static readonly TheoryData<string, string> Math = new()
    {
        { "math.floor('3.7')", ":true , integer:3" },
        { "math.floor({})", ":false , :p:1: bad argument #1 to 'floor' (number expected, got table)" },
        { "math.abs('3')", ":true , float:3.0" },
        { "math.abs(-0.0)", ":true , float:0.0" },
        { "math.max(1,'x')", ":false , :attempt to compare number with string" },
        { "math.max(2,2.0)", ":true , integer:2" },
        { "math.max('10',2)", ":false , :attempt to compare string with number" },
        { "math.fmod(5.5,2)", ":true , float:1.5" },
        { "math.fmod(-6,2)", ":true , integer:0" },
        { "math.fmod(math.mininteger,-1)", ":true , integer:0" },
        { "math.modf(1/0)", ":true , float:inf , float:0.0" },
        { "math.modf(-1/0)", ":true , float:-inf , float:0.0" },
        { "math.modf(5)", ":true , integer:5 , float:0.0" },
        { "math.modf(3.7)", ":true , integer:3 , float:0.7" },
        { "math.modf(-0.5)", ":true , integer:0 , float:-0.5" },
        { "math.modf(2^53)", ":true , integer:9007199254740992 , float:0.0" },
        { "math.tointeger('8')", ":true , integer:8" },
        { "math.tointeger('abc')", ":true , :nil" },
        { "math.tointeger()", ":false , :p:1: bad argument #1 to 'tointeger' (value expected)" },
        { "math.tointeger({})", ":true , :nil" },
        { "math.type()", ":false , :p:1: bad argument #1 to 'type' (value expected)" },
        { "math.ult(1,2.5)", ":false , :p:1: bad argument #2 to 'ult' (number has no integer representation)" },
        { "math.random(1,2,3)", ":false , :p:1: wrong number of arguments" },
        { "math.random(0)", ":false , :p:1: bad argument #1 to 'random' (interval is empty)" },
        { "math.random(2,1)", ":false , :p:1: bad argument #1 to 'random' (interval is empty)" },
        {
            "math.random(math.mininteger,math.maxinteger)",
            ":false , :p:1: bad argument #1 to 'random' (interval too large)"
        },
        { "math.log(8,2.0)", ":true , float:3.0" },
        { "math.log(0)", ":true , float:-inf" },
        { "math.log(1024,2)", ":true , float:10.0" },
        { "math.log(1000,10)", ":true , float:3.0" },
        { "math.exp('1')", ":true , float:2.718281828459" },
        { "math.sqrt()", ":false , :p:1: bad argument #1 to 'sqrt' (number expected, got no value)" },
        { "math.ceil(-0.5)", ":true , integer:0" },
        { "math.floor(-0.0)", ":true , integer:0" },
        { "math.atan(1)", ":true , float:0.78539816339745" },
        { "math.atan(-1,-1)", ":true , float:-2.3561944901923" },
        { "math.fmod(1)", ":false , :p:1: bad argument #2 to 'fmod' (number expected, got no value)" },
        { "math.fmod(nil, nil)", ":false , :p:1: bad argument #2 to 'fmod' (number expected, got nil)" },
        { "math.floor(1e300)", ":true , float:1e+300" },
        { "math.deg(math.pi)", ":true , float:180.0" },
    };

    public static readonly TheoryData<string, string> Utf8 = new()
    {
        { "utf8.char()", ":true , :" },
        { "utf8.char(72,0x10FFFF,0x7FFFFFFF)", ":false , :p:1: bad argument #3 to 'char' (value out of range)" },
        { "utf8.char(-1)", ":false , :p:1: bad argument #1 to 'char' (value out of range)" },
        { "utf8.codepoint('abc',4)", ":false , :p:1: bad argument #3 to 'codepoint' (out of range)" },
        { "utf8.codepoint('abc',1,4)", ":false , :p:1: bad argument #3 to 'codepoint' (out of range)" },
        { "utf8.len('abc',5)", ":false , :p:1: bad argument #2 to 'len' (initial position out of string)" },
        { "utf8.len('abc',4)", ":true , integer:0" },
        { "utf8.len('abc',6)", ":false , :p:1: bad argument #2 to 'len' (initial position out of string)" },
        { "utf8.len('abc',1,5)", ":false , :p:1: bad argument #3 to 'len' (final position out of string)" },
        { "utf8.len('abc',0)", ":false , :p:1: bad argument #2 to 'len' (initial position out of string)" },
        { "utf8.charpattern", ":true , :[\\x00-\\x7f\\xc2-\\xf4][\\x80-\\xbf]*" },
        { "utf8.codepoint('a',0)", ":false , :p:1: bad argument #2 to 'codepoint' (out of range)" },
        { "utf8.codepoint('a',1,3)", ":false , :p:1: bad argument #3 to 'codepoint' (out of range)" },
    };

    public static readonly TheoryData<string, string> Bit32 = new()
    {
        { "bit32 and 1", ":true , integer:1" },
    };

    public static readonly TheoryData<string, string> Os = new()
    {
        { "os.date('!%c',0)", ":true , :Thu Jan  1 00:00:00 1970" },
        {
            "os.date('!%x %X %p %y %j %U %w %a %A %b %B %d %H %I %M %m %S %Y %Z %%',86400*200)",
            ":true , :07/20/70 00:00:00 AM 70 201 29 1 Mon Monday Jul July 20 00 12 00 07 00 1970 GMT %"
        },
        { "os.date('%Ez')", ":false , :p:1: bad argument #1 to 'date' (invalid conversion specifier '%Ez')" },
        { "os.date('%Q')", ":false , :p:1: bad argument #1 to 'date' (invalid conversion specifier '%Q')" },
        { "os.date('%')", ":false , :p:1: bad argument #1 to 'date' (invalid conversion specifier '%')" },
        { "os.date('!*t',0).isdst", ":true , :false" },
        { "os.time({year=2000})", ":false , :p:1: field 'day' missing in date table" },
        { "os.time({year=2000,month=1,day=1})", ":true , integer:946728000" },
        { "os.time({year=2000,month=13,day=32,hour=0})", ":true , integer:980985600" },
        { "os.time({year='x',month=1,day=1})", ":false , :p:1: field 'year' is not an integer" },
        { "os.time({year=2000.5,month=1,day=1})", ":false , :p:1: field 'year' is not an integer" },
        { "os.time({year=1e15,month=1,day=1})", ":false , :p:1: field 'year' is out-of-bound" },
        { "os.difftime(5,3)", ":true , float:2.0" },
        { "os.difftime(5)", ":false , :p:1: bad argument #2 to 'difftime' (number expected, got no value)" },
        { "os.date('!%c',1e100)", ":false , :p:1: bad argument #2 to 'date' (number has no integer representation)" },
        { "os.date('!%c',2^53)", ":true , :Mon Nov 12 07:36:32 285428751" },
        { "os.time(1)", ":false , :p:1: bad argument #1 to 'time' (table expected, got number)" },
        { "os.date(1)", ":true , :1" },
    };

    public static readonly TheoryData<string, string> String = new()
    {
        { "string.pack('i17',1)", ":false , :p:1: integral size (17) out of limits [1,16]" },
        { "string.pack('i0',1)", ":false , :p:1: integral size (0) out of limits [1,16]" },
        { "string.pack('i1',200)", ":false , :p:1: bad argument #2 to 'pack' (integer overflow)" },
        { "string.pack('I1',-1)", ":false , :p:1: bad argument #2 to 'pack' (unsigned overflow)" },
        { "string.pack('I1',256)", ":false , :p:1: bad argument #2 to 'pack' (unsigned overflow)" },
        {
            "string.pack('!3i3',1)",
            ":false , :p:1: bad argument #1 to 'pack' (format asks for alignment not power of 2)"
        },
        {
            "string.pack('!4 i3 Xi3',1)",
            ":false , :p:1: bad argument #1 to 'pack' (format asks for alignment not power of 2)"
        },
        { "string.pack('z','a\\0b')", ":false , :p:1: bad argument #2 to 'pack' (string contains zeros)" },
        {
            "string.pack('s1',('x'):rep(256))",
            ":false , :p:1: bad argument #2 to 'pack' (string length does not fit in given size)"
        },
        { "string.pack('c3','abcd')", ":false , :p:1: bad argument #2 to 'pack' (string longer than given size)" },
        { "string.pack('c','a')", ":false , :p:1: missing size for format option 'c'" },
        { "string.pack('X','a')", ":false , :p:1: bad argument #1 to 'pack' (invalid next option for option 'X')" },
        { "string.pack('Xz','a')", ":false , :p:1: bad argument #1 to 'pack' (invalid next option for option 'X')" },
        { "string.pack('y')", ":false , :p:1: invalid format option 'y'" },
        { "string.packsize('s')", ":false , :p:1: bad argument #1 to 'packsize' (variable-length format)" },
        { "string.packsize('z')", ":false , :p:1: bad argument #1 to 'packsize' (variable-length format)" },
        { "string.packsize('!8 i1 i8')", ":true , integer:16" },
        { "string.packsize('c2147483647c10')", ":false , :p:1: invalid format option '7'" },
        { "string.unpack('i4','abc')", ":false , :p:1: bad argument #2 to 'unpack' (data string too short)" },
        { "string.unpack('z','abc')", ":true , :abc , integer:5" },
        { "string.unpack('s1','\\5ab')", ":false , :p:1: bad argument #2 to 'unpack' (data string too short)" },
        { "string.unpack('i16',('\\255'):rep(16))", ":true , integer:-1 , integer:17" },
        { "string.unpack('I9',('\\255'):rep(9))", ":false , :p:1: 9-byte integer does not fit into Lua Integer" },
        { "string.unpack('c5','abc')", ":false , :p:1: bad argument #2 to 'unpack' (data string too short)" },
        { "string.unpack('b','abc',5)", ":false , :p:1: bad argument #3 to 'unpack' (initial position out of string)" },
        { "string.unpack('b','abc',-1)", ":true , integer:99 , integer:4" },
        {
            "string.unpack('b','abc',10)",
            ":false , :p:1: bad argument #3 to 'unpack' (initial position out of string)"
        },
        { "string.unpack('<d',string.pack('<d',1.5))", ":true , float:1.5 , integer:9" },
        { "string.pack('>I3',0x123456):byte(1,-1)", ":true , integer:18 , integer:52 , integer:86" },
        {
            "string.pack('<!4 i1 i4',1,2):byte(1,-1)",
            ":true , integer:1 , integer:0 , integer:0 , integer:0 , integer:2 , integer:0 , integer:0 , integer:0"
        },
        {
            "string.pack('j n f','1','2','3'):byte(1,-1)",
            ":true , integer:1 , integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , " +
            "integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , integer:0 , " +
            "integer:64 , integer:0 , integer:0 , integer:64 , integer:64"
        },
        { "string.pack(' < > = ! ')", ":true , :" },
        { "string.pack('i1','x')", ":false , :p:1: bad argument #2 to 'pack' (number expected, got string)" },
        { "string.pack('!17i4',1)", ":false , :p:1: integral size (17) out of limits [1,16]" },
        { "string.packsize('i1!8Xi8')", ":true , integer:8" },
        {
            "string.pack('i16',-2):byte(1,-1)",
            ":true , integer:254 , integer:255 , integer:255 , integer:255 , integer:255 , integer:255 , " +
            "integer:255 , integer:255 , integer:255 , integer:255 , integer:255 , integer:255 , integer:255 , " +
            "integer:255 , integer:255 , integer:255"
        },
        { "string.unpack('I16', string.pack('I16',7))", ":true , integer:7 , integer:17" },
        {
            "string.pack('c10','abc'):byte(1,-1)",
            ":true , integer:97 , integer:98 , integer:99 , integer:0 , integer:0 , integer:0 , integer:0 , " +
            "integer:0 , integer:0 , integer:0"
        },
        { "string.unpack('!4 c1 Xi4 i4','a\\0\\0\\0\\1\\0\\0\\0')", ":true , :a , integer:1 , integer:9" },
        { "string.packsize('c99999999999999999999')", ":false , :p:1: invalid format option '9'" },
        { "string.pack('d','x')", ":false , :p:1: bad argument #2 to 'pack' (number expected, got string)" },
        { "string.unpack('I3',  '\\1\\2')", ":false , :p:1: bad argument #2 to 'unpack' (data string too short)" },
        { "string.find('abc','b',-10)", ":true , integer:2 , integer:2" },
        { "string.find('abc','',10)", ":true , :nil" },
        { "string.find('abc','',4)", ":true , integer:4 , integer:3" },
        { "string.find('','')", ":true , integer:1 , integer:0" },
        { "string.gsub('abc','','-')", ":true , :-a-b-c- , integer:4" },
        { "string.gsub('hello world','%w+','%0 %0',1)", ":true , :hello hello world , integer:1" },
        { "string.gsub('abc','%w','%%%0')", ":true , :%a%b%c , integer:3" },
        { "string.gsub('abc def','%f[%w]%w+',string.upper)", ":true , :ABC DEF , integer:2" },
        { "string.match('  x ','^%s*(.-)%s*$')", ":true , :x" },
        { "string.match('key = val','^(%w+)%s*=%s*(%w+)$')", ":true , :key , :val" },
        { "string.match('abc','()b()')", ":true , integer:2 , integer:3" },
        { "string.gmatch('abc','^a')()", ":true" },
        { "string.gsub('aaa','^a','b')", ":true , :baa , integer:1" },
        { "string.find('a+b','+',1,true)", ":true , integer:2 , integer:2" },
        { "string.find('x(y(z)w)','%b()')", ":true , integer:2 , integer:8" },
        { "string.gsub('$name is $age','%$(%w+)',{name='Bob',age=3})", ":true , :Bob is 3 , integer:2" },
        { "string.gsub('abc','.',{a=false,b=1.5})", ":true , :a1.5c , integer:3" },
        { "string.byte('abc',0)", ":true" },
        { "string.byte('abc',-1)", ":true , integer:99" },
        { "string.byte('abc',2,10)", ":true , integer:98 , integer:99" },
        { "string.sub('abc',math.mininteger,math.maxinteger)", ":true , :abc" },
        { "string.gsub('abc','b','%9')", ":false , :p:1: invalid capture index %9" },
        { "string.gsub('x','x',{},-1)", ":true , :x , integer:0" },
        { "string.match('2024-01-02','(%d+)-(%d+)-(%d+)')", ":true , :2024 , :01 , :02" },
        { "string.match('aXb','%u')", ":true , :X" },
        { "string.find('a]b','[]]')", ":true , integer:2 , integer:2" },
        { "string.find('a^b','[%^]')", ":true , integer:2 , integer:2" },
        { "string.find('a-b','[a%-]',2)", ":true , integer:2 , integer:2" },
        { "string.find('abc','[^a-b]')", ":true , integer:3 , integer:3" },
        { "string.match('[[x]]','%[%[(.*)%]%]')", ":true , :x" },
        { "string.match('\\0a','%z')", ":true , :\\x00" },
        { "string.rep('ab',3,',')", ":true , :ab,ab,ab" },
        { "string.len(5)", ":true , integer:1" },
        { "string.reverse('abc')", ":true , :cba" },
        { "string.gsub('abc','(b)','<%1>')", ":true , :a<b>c , integer:1" },
        { "string.gsub('abc','b','<%1>')", ":true , :a<b>c , integer:1" },
        { "string.byte('abc',1,-1,5)", ":true , integer:97 , integer:98 , integer:99" },
        { "string.char()", ":true , :" },
        { "string.format('%s %s',1)", ":false , :p:1: bad argument #3 to 'format' (no value)" },
        {
            "string.format('%-5d|%5s|%05.1f|%x|%X|%#o|%+d|% d','3','ab',3.14159,255,255,8,5,5)",
            ":true , :3    |   ab|003.1|ff|FF|010|+5| 5"
        },
        { "string.format('%5.2s|','abc')", ":true , :   ab|" },
        { "string.format('%a',1)", ":true , :0x1p+0" },
        { "string.format('%.3a',0.1)", ":true , :0x1.99ap-4" },
        { "string.format('%g %g %g',1e20,0.1,100)", ":true , :1e+20 0.1 100" },
        { "string.format('%#.3g|%#x|%e',1,255,12345.678)", ":true , :1.00|0xff|1.234568e+04" },
        { "string.format('%i',-3)", ":true , :-3" },
        { "string.format('%10.4f|%-10.2e|',math.pi,math.pi)", ":true , :    3.1416|3.14e+00  |" },
        { "string.format('%.0f %.0f %.0f',0.5,1.5,2.5)", ":true , :0 2 2" },
        { "string.format('%.20f',0.1)", ":true , :0.10000000000000000555" },
        { "string.format('%.3d|%5.3d|%-5.3d|%05.3d|',7,7,7,7)", ":true , :007|  007|007  |  007|" },
        { "string.format('%+.3e',-0.0)", ":true , :-0.000e+00" },
        { "string.format('%o',-1)", ":true , :1777777777777777777777" },
        { "string.format('%c',0)", ":true , :\\x00" },
        { "string.format('%.14g',2^53)", ":true , :9.007199254741e+15" },
        { "string.format('%5s%%',true)", ":true , : true%" },
        { "string.format('%f',1e15)", ":true , :1000000000000000.000000" },
        { "string.format('%G %E %F',1e-10,1,1)", ":false , :p:1: invalid option '%F' to 'format'" },
        { "string.format('%p',1)", ":false , :p:1: invalid option '%p' to 'format'" },
        {
            "string.format('%.99f',1/3)",
            ":true , " +
            ":0.333333333333333314829616256247390992939472198486328125000000000000000000000000000000000000000000000"
        },
        {
            "string.format('%99.99f',-1e10)",
            ":true , " +
            ":-10000000000." +
            "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        },
        { "string.format('%05s','a')", ":true , :    a" },
        { "string.format('%-05d|',3)", ":true , :3    |" },
        {
            "string.format('%x',1.5)",
            ":false , :p:1: bad argument #2 to 'format' (number has no integer representation)"
        },
        { "string.format('%010.3f|%+010d',-3.14159,42)", ":true , :-00003.142|+000000042" },
        { "string.format('%1$d',1)", ":false , :p:1: invalid option '%$' to 'format'" },
        { "string.format('%5c|%-5c|',65,66)", ":true , :    A|B    |" },
        { "#string.format('%.50s',('x'):rep(100))", ":true , integer:50" },
        { "string.format('%s',nil)", ":true , :nil" },
        { "string.format('%d',nil)", ":false , :p:1: bad argument #2 to 'format' (number expected, got nil)" },
        { "string.format()", ":false , :p:1: bad argument #1 to 'format' (string expected, got no value)" },
        { "string.format('%.0d|%.0x|%#.0o',0,0,0)", ":true , :||0" },
        { "string.format('%#5x|%#2x|%-#8x|%#08x',255,255,255,255)", ":true , : 0xff|0xff|0xff    |0x0000ff" },
        { "string.format('%020.15g|',0.1)", ":true , :000000000000000000.1|" },
        { "string.format('%-+8.2f|% f',1.5,1)", ":true , :+1.50   | 1.000000" },
    };

    public static readonly TheoryData<string, string> Table = new()
    {
        { "table.unpack({1,2,3},2)", ":true , integer:2 , integer:3" },
        { "table.unpack({1,2,3},2,3)", ":true , integer:2 , integer:3" },
        { "table.concat({1,2,3},',',2,3)", ":true , :2,3" },
        { "table.concat({1,2.5,'x'},', ')", ":true , :1, 2.5, x" },
        { "table.pack().n", ":true , integer:0" },
        { "select('#',table.unpack({},1,3))", ":true , integer:3" },
        { "table.remove({},0)", ":true , :nil" },
        { "table.remove({[0]='x'},0)", ":true , :x" },
        { "table.maxn", ":true , :nil" },
        { "table.move({1,2,3},2,3,1)[1]", ":true , integer:2" },
    };
}
