namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Expressions and what V1112 gives for them: printed by its own Lua (tag v1112.ec618.release, built for 32 bits with
/// its printf and string extensions), or read in the file named.
/// </summary>
public static class LanguageRows
{
    /// <summary>
    /// The part of the firmware, the expression, what <c>tostring</c> of its values gives, a comma between.
    /// </summary>
    public static TheoryData<string, string, string> Expressions => new()
    {
        // lbaselib.c, luaB_assert: it goes on as error with level 1.
        { "assert", "pcall(function() assert(nil, 'missing') end)", "false,main.lua:1: missing" },
        { "assert", "pcall(function() assert(false) end)", "false,main.lua:1: assertion failed!" },
        { "assert", "pcall(function() assert(nil, 5) end)", "false,5" },
        { "assert", "pcall(assert, false, 'x')", "false,x" },
        { "assert", "pcall(assert, false)", "false,assertion failed!" },
        { "assert", "pcall(assert)", "false,bad argument #1 to '?' (value expected)" },
        { "assert", "select('#', pcall(assert, 1, 2, nil))", "4" },
        { "error", "pcall(error, 'x', 2)", "false,main.lua:1: x" },
        { "error", "pcall(function() error('x', 0) end)", "false,x" },
        // lobject.c, luaO_pushvfstring: %s takes the bytes of a text up to the first zero.
        { "%s", "select(2, load('x', 'c', '\\200\\0b')):find(\"(mode is '\\200')\", 1, true) ~= nil", "true" },
        { "%s", "select(2, pcall(collectgarbage, '\\200\\0b')):find(\"option '\\200'\", 1, true) ~= nil", "true" },
        { "%s", "tostring(setmetatable({}, {__name = '\\200\\0b'})):sub(1, 3) == '\\200: '", "true" },
        { "%s", "string.format('%s', setmetatable({}, {__name = '\\200\\0b'})):sub(1, 3) == '\\200: '", "true" },
        {
            "%s",
            "select(2, pcall(string.rep, setmetatable({}, {__name = '\\200\\0b'}))):find('got \\200)', 1, true) ~= nil",
            "true"
        },
        { "%s", "select(2, loadfile('/\\200\\0b')) == 'cannot open /\\200: 2'", "true" },
        { "strcmp", "collectgarbage('count\\0x') > 0", "true" },
        // lauxlib.c, luaL_requiref: nothing is entered into _LOADED.
        { "require", "pcall(require, 'json')", "false,module 'json' not found" },
        { "require", "pcall(require, '_G')", "false,module '_G' not found" },
        { "require", "pcall(require, 'string')", "false,module 'string' not found" },
        { "require", "next(debug.getregistry()._LOADED)", "nil" },
        { "require", "pcall(require)", "false,bad argument #1 to '?' (string expected, got no value)" },
        { "require", "require('sys') == debug.getregistry()._LOADED.sys", "true" },
        { "names", "pcall(string.rep)", "false,bad argument #1 to '?' (string expected, got no value)" },
        {
            "names", "pcall(function() string.rep() end)",
            "false,main.lua:1: bad argument #1 to 'rep' (string expected, got no value)"
        },
        {
            "names", "pcall(function() ('x'):rep({}) end)",
            "false,main.lua:1: bad argument #1 to 'rep' (number expected, got table)"
        },
        {
            "names", "pcall(function() local f = tonumber f({}, 99) end)",
            "false,main.lua:1: bad argument #1 to 'f' (string expected, got table)"
        },
        // lundump.c: a binary chunk without debug information is named after its file.
        { "sys", "debug.getinfo(require('sys').wait, 'S').source", "@/lua/sys.lua" },
        { "sys", "debug.getinfo(require('sys').wait, 'S').short_src", "/lua/sys.lua" },
        { "sys", "debug.getinfo(require('sys').wait, 'S').linedefined", "90" },
        { "sys", "debug.getinfo(require('sys').run, 'S').lastlinedefined", "437" },
        { "sys", "debug.getinfo(require('sysplus').waitMsg, 'S').linedefined", "91" },
        { "sys", "debug.getinfo(require('sys').wait, 'l').currentline", "-1" },
        {
            "sys", "pcall(require('sys').unsubscribe, 'nobody')",
            "false,bad argument #1 to 'for iterator' (table expected, got nil)"
        },
        { "loadfile", "loadfile('/config.lua')", "nil,cannot open /config.lua: 2" },
        { "loadfile", "pcall(dofile, '/config.lua')", "false,cannot open /config.lua: 2" },
        { "loadfile", "pcall(loadfile, {})", "false,bad argument #1 to '?' (string expected, got table)" },
        // The first piece decides, whatever would follow.
        { "load", "load(function() return 5 end, '=x', 'b')", "nil,attempt to load a text chunk (mode is 'b')" },
        { "load", "pcall(load, nil, {})", "false,bad argument #2 to '?' (string expected, got table)" },
        { "load", "pcall(load, nil, 'x')", "false,bad argument #1 to '?' (function expected, got nil)" },
        { "load", "load(rtos.meminfo)", "nil,not enough memory" },
        { "load", "load('return 1', 'x', 'b')", "nil,attempt to load a text chunk (mode is 'b')" },
    };

    /// <summary>The same for the libraries.</summary>
    public static TheoryData<string, string, string> Libraries => new()
    {
        // LUA_COMPAT_UNPACK: the same function under two names.
        { "unpack", "unpack == table.unpack", "true" },
        { "unpack", "pcall(unpack)", "false,attempt to get length of a nil value" },
        { "unpack", "unpack('abc')", "nil,nil,nil" },
        // rotable2.c: libraries are userdata with __index, __len and __pairs.
        { "library", "#math", "0" },
        { "library", "#table.concat(math)", "0" },
        { "library", "select('#', table.unpack(math))", "0" },
        { "library", "pcall(table.insert, math, 1)", "false,bad argument #1 to '?' (table expected, got rotable)" },
        { "library", "type(getmetatable('').__index)", "function" },
        { "library", "getmetatable('').__index('', 'len') == string.len", "true" },
        { "library", "pcall(function() return ('x').nothing end)", "true,nil" },
        // loadlib.c: module and package.seeall of Lua 5.1, and nothing else in package.
        {
            "module", "load(\"module('a.b', package.seeall) x = type(print) return _NAME, _PACKAGE, x\")()",
            "a.b,a.,function"
        },
        { "module", "load(\"module('m') return _NAME, _PACKAGE, print\")(), m._M == m", "m,true" },
        { "module", "load(\"module('m') return print\")(), debug.getregistry()._LOADED.m == m", "nil,true" },
        { "module", "load(\"return module('m', 5, function(m) m.y = 7 end).y\")()", "7" },
        { "module", "load(\"module('m')\")(), load(\"y = 1 module('m') x = 2\")(), y, m.x, x", "nil,nil,1,2,nil" },
        { "module", "pcall(module, 'x')", "false,'module' not called from a Lua function" },
        {
            "module", "pcall(function() module('rtos.x') end)",
            "false,main.lua:1: name conflict for module 'rtos.x'"
        },
        {
            "module", "pcall(function() module() end)",
            "false,main.lua:1: bad argument #1 to 'module' (string expected, got no value)"
        },
        { "package", "pcall(package.seeall, 5)", "false,bad argument #1 to '?' (table expected, got number)" },
        { "package", "select('#', package.seeall({})), next(package), package.path, package.loaded",
            "0,seeall,nil,nil" },
        { "package", "package.preload, package.searchers, package.cpath, package.config", "nil,nil,nil,nil" },
        // loslib.c: year before month; mon before month, and unchecked.
        { "os", "pcall(os.time, {day = 1})", "false,field 'year' missing in date table" },
        { "os", "pcall(os.time, {day = 1, year = 2000})", "false,field 'month' missing in date table" },
        { "os", "os.time({year = 2000, month = 5, mon = 1, day = 1, hour = 0})", "946684800" },
        { "os", "os.time({year = 2000, mon = 'x', day = 1, hour = 0})", "944006400" },
        { "os", "os.time({year = 2000, mon = 1.5, day = 1, hour = 0})", "944006400" },
        { "os", "os.time(setmetatable({hour = 0}, {__index = {year = 2000, month = 1, day = 2}}))", "946771200" },
        {
            "os", "(function(t) return os.time(setmetatable({}, {__index = function(_, k) t[#t + 1] = k " +
            "return k == 'year' and 2000 or k ~= 'mon' and k ~= 'isdst' and 1 or nil end, " +
            "__newindex = function(_, k) t[#t + 1] = k end})), " +
            "table.concat(t, ' ') end)({})",
            "946688461,sec min hour day year isdst mon month sec min hour day month year wday yday isdst"
        },
        { "os", "os.time({year = 2000, month = 14, day = -3, hour = 25, min = -1, sec = 61})", "980730001" },
        { "os", "(function(t) os.time(t) return t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday end)" +
            "({year = 2000, month = 14, day = -3, hour = 25, min = -1, sec = 61, isdst = true})",
            "2001,1,29,1,0,1,2,29" },
        {
            "os", "pcall(os.time, {year = 2038, month = 1, day = 19, hour = 3, min = 14, sec = 8})",
            "false,time result cannot be represented in this installation"
        },
        { "os", "pcall(os.time, {year = 2000, day = 1, hour = 1073741824})", "false,field 'hour' is out-of-bound" },
        { "os", "os.date('!*t\0x', 0).year, select(2, pcall(os.date, '%Q\0x'))",
            "1970,bad argument #1 to '?' (invalid conversion specifier '%Q')" },
        { "os", "os.execute, os.exit, os.getenv, os.setlocale, os.tmpname, os.tmpfile", "nil,nil,nil,nil,nil,nil" },
        { "os", "pcall(os.difftime, 5)", "false,bad argument #2 to '?' (number expected, got no value)" },
        { "os", "os.difftime(5, 7), os.difftime(5, 7) // 1", "-2.000000,-2.000000" },
        { "io", "io.popen, io.tmpfile, io.input, io.output, io.close, io.read, io.write, io.stdin, io.stdout",
            "nil,nil,nil,nil,nil,nil,nil,nil,nil" },
        // luat_lib_rtos.c: a receive that ends by its time gives -1; setPaths takes what is a string and nothing else.
        { "rtos", "rtos.receive(5)", "-1" },
        { "rtos", "select('#', rtos.setPaths({}, '/x/%s.lua', nil, true))", "0" },
        { "rtos", "pcall(rtos.receive, {})", "false,bad argument #1 to '?' (number expected, got table)" },
        { "rtos", "rtos.meminfo('psram')", "0,0,0" },
        { "utf8", "utf8.charpattern", "[" },
        // printf.c, _ntoa_format and _ftoa: a sign takes a column from the zeros only where there is a width.
        { "format", "string.format('%0d|%+0d|% 0d', -1, 7, 7)", "-1|+7| 7" },
        // The prefix goes into the 32 characters of the digits, from its end on.
        { "format", "string.format('%#.30x|%#.31x|%#.32X', 255, 255, 255)",
            $"0x{0:D28}ff|x{0:D29}ff|{0:D30}FF" },
        { "format", "string.format('%0f|%+0.1f|% 0.0f', -1, 7, 7)", "-1.000000|+7.0| 7" },
        { "format", "string.format('%0.4E|%+0e', -1, 7)", "-1.0000E+00|+7.000000e+00" },
        { "format", "string.format('%01d|%02d|%03d', -1, -1, -1)", "-1|-1|-01" },
    };
}
