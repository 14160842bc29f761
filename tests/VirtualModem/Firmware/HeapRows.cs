namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Programs that fill the Lua heap, and after how many rounds V1112's own Lua and allocator (built for 32 bits, with as
/// many bytes taken before main.lua as on the module, by libraries of the same names) raise "not enough memory".
/// </summary>
public static class HeapRows
{
    /// <summary>
    /// What is kept in table <c>t</c> in round <c>n</c>, the last round, how far from it the model may be, in percent.
    /// </summary>
    public static TheoryData<string, int, double> Kept => new()
    {
        { "t[n] = {}", 4097, 0.1 },
        { "t[n] = {a = 1}", 2973, 0.2 },
        { "t[n] = {1, 2, 3}", 2973, 0.2 },
        { "t[n] = n", 8193, 0.1 },
        { "t[n] = setmetatable({n}, {})", 2229, 0.2 },
        { "local k = n t[n] = function() return k end", 3820, 0.2 },
        { "t[n] = ('x'):rep(1000) .. n", 230, 0.5 },
        { "t[n] = coroutine.create(function() end)", 513, 0.5 },
        { "t[n] = coroutine.wrap(function() coroutine.yield() end) t[n]()", 411, 0.5 },
        { "t.l = {next = t.l, id = n, text = 'event'}", 1928, 0.2 },
        { "t[n] = 'item ' .. n", 3448, 0.5 },
        { "t['k' .. n] = n", 2992, 0.5 },
        { "t[n] = string.format('line %d of %s', n, 'x')", 4097, 0.1 },
        { "t[n] = ('%d,%s'):format(n, 'temp')", 4097, 0.1 },
        { "t[n] = tostring(n) .. 'abc'", 4097, 0.1 },
        { "t[#t + 1] = 'log line number ' .. n .. ' of the day'", 2845, 1 },
        { "t[n] = {id = n, name = 'n' .. n, value = n / 2}", 1286, 0.5 },
        { "t[n] = 'item number ' .. n", 2981, 0.5 },
        { "t[n] = ('abcdefghij'):rep(10):sub(1, n % 90 + 1) .. n", 2049, 0.1 },
        { "t[n] = ('item ' .. n):upper()", 3915, 0.5 },
        { "t[n] = table.concat({'a', n, 'b'}, ',')", 3675, 1 },
        { "t[n] = table.concat({'k', n}, '=')", 3348, 1 },
        { "t[n] = ('x'):rep(300 + n % 200)", 528, 0.5 },
        { "t[n] = {('x'):rep(n % 400), n}", 790, 1.5 },
        { "t['id' .. n] = {n}", 1838, 0.5 },
        { "t[#t + 1] = {topic = 'a/' .. n, payload = ('p'):rep(n % 50)}", 1451, 1.5 },
        { "t[n] = string.pack('>I2', n % 65536) .. n", 4097, 0.1 },
        { "t[n] = string.char(n % 256):rep(n % 39 + 1) .. n", 3377, 3 },
    };

    /// <summary>
    /// What is added to one string in a round, its length at the end, percent. Where one small block that lives on
    /// splits the room for the last copies, the model is coarser: native builds differ among themselves by as much.
    /// </summary>
    public static TheoryData<string, int, double> Growing => new()
    {
        { "'0123456789'", 82_250, 0.5 },
        { "n .. ','", 77_682, 1 },
        { "('a'):rep(100)", 76_200, 5.5 },
        { "('ab'):rep(n % 30):upper()", 75_576, 9 },
        { "('x'):rep(n % 50)", 75_628, 1 },
        { "string.format('%05d;', n)", 75_630, 1 },
        { "'received line ' .. n .. '\\n'", 82_265, 21 },
        { "tostring(n) .. ' '", 75_006, 1 },
        { "('x'):rep(10) .. n", 75_599, 1 },
    };
}
