namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Programs that fill the Lua heap, and after how many rounds V1112's own Lua and allocator (built for 32 bits, with as
/// many bytes taken before main.lua as on the module, by libraries of the same names) raise "not enough memory". It ran
/// the very scripts of the tests, as "/luadb/main.luac": one word more in a script moves some of the ends.
/// </summary>
public static class HeapRows
{
    /// <summary>
    /// What is kept in table <c>t</c> in round <c>n</c>, the last round, how far from it the model may be, in percent.
    /// </summary>
    public static TheoryData<string, int, double> Kept => new()
    {
        { "t[n] = {}", 4097, 0.15 },
        { "t[n] = {a = 1}", 2972, 0.15 },
        { "t[n] = {1, 2, 3}", 2973, 0.15 },
        { "t[n] = n", 8193, 0.15 },
        { "t[n] = setmetatable({n}, {})", 2229, 0.15 },
        { "local k = n t[n] = function() return k end", 3820, 0.15 },
        { "t[n] = ('x'):rep(1000) .. n", 231, 0.5 },
        { "t[n] = coroutine.create(function() end)", 513, 0.15 },
        { "t[n] = coroutine.wrap(function() coroutine.yield() end) t[n]()", 411, 0.15 },
        { "t.l = {next = t.l, id = n, text = 'event'}", 1928, 0.15 },
        { "t[n] = 'item ' .. n", 3451, 0.15 },
        { "t['k' .. n] = n", 2992, 0.15 },
        { "t[n] = string.format('line %d of %s', n, 'x')", 4097, 0.15 },
        { "t[n] = ('%d,%s'):format(n, 'temp')", 4097, 0.15 },
        { "t[n] = tostring(n) .. 'abc'", 4097, 0.15 },
        { "t[#t + 1] = 'log line number ' .. n .. ' of the day'", 2846, 0.15 },
        { "t[n] = {id = n, name = 'n' .. n, value = n / 2}", 1288, 0.15 },
        { "t[n] = 'item number ' .. n", 2981, 0.15 },
        { "t[n] = ('abcdefghij'):rep(10):sub(1, n % 90 + 1) .. n", 2049, 0.15 },
        { "t[n] = ('item ' .. n):upper()", 3786, 0.15 },
        { "t[n] = table.concat({'a', n, 'b'}, ',')", 3672, 0.15 },
        { "t[n] = table.concat({'k', n}, '=')", 3351, 0.25 },
        { "t[n] = ('x'):rep(300 + n % 200)", 528, 0.15 },
        { "t[n] = {('x'):rep(n % 400), n}", 790, 0.15 },
        { "t['id' .. n] = {n}", 1838, 0.15 },
        { "t[#t + 1] = {topic = 'a/' .. n, payload = ('p'):rep(n % 50)}", 1450, 0.15 },
        { "t[n] = string.pack('>I2', n % 65536) .. n", 4097, 0.15 },
        { "t[n] = ('a,b,c'):gsub(',', ';' .. n)", 2623, 0.15 },
        { "t[n] = string.char(n % 256):rep(n % 39 + 1) .. n", 3274, 0.15 },
    };

    /// <summary>
    /// What is added to one string in a round, its length at the end, percent. One small block that lives on at another
    /// place would split the room for the last copies.
    /// </summary>
    public static TheoryData<string, int, double> Growing => new()
    {
        { "'0123456789'", 82_220, 0.15 },
        { "n .. ','", 77_730, 0.15 },
        { "('a'):rep(100)", 80_000, 0.15 },
        { "('ab'):rep(n % 30):upper()", 75_576, 0.15 },
        { "('x'):rep(n % 50)", 75_586, 0.15 },
        { "string.format('%05d;', n)", 75_576, 0.15 },
        { "'received line ' .. n .. '\\n'", 82_227, 0.15 },
        { "tostring(n) .. ' '", 74_850, 0.15 },
        { "table.concat({n, n}, ';')", 78_381, 0.15 },
        { "('x'):rep(10) .. n", 75_571, 0.15 },
    };
}
