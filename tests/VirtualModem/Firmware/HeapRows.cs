namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Programs that fill the Lua heap, and after how many rounds V1112's own Lua and allocator (built for 32 bits, with
/// 14,360 of 262,136 bytes taken before main.lua as on the module) raise "not enough memory".
/// </summary>
public static class HeapRows
{
    /// <summary>
    /// What is kept in table <c>t</c> in round <c>n</c>, the last round, how far from it the model may be, in percent.
    /// A round that leaves garbage ends where the table of short strings finds no room between what is kept; when the
    /// collector came last decides how much of it is left, and there the model is coarser.
    /// </summary>
    public static TheoryData<string, int, double> Kept => new()
    {
        { "t[n] = {}", 4097, 1 },
        { "t[n] = {a = 1}", 2970, 1 },
        { "t[n] = {1, 2, 3}", 2970, 1 },
        { "t[n] = n", 8193, 1 },
        { "t[n] = setmetatable({n}, {})", 2227, 1 },
        { "local k = n t[n] = function() return k end", 3816, 1 },
        { "t[n] = ('x'):rep(1000) .. n", 228, 2 },
        { "t[n] = coroutine.create(function() end)", 513, 1 },
        { "t[n] = coroutine.wrap(function() coroutine.yield() end) t[n]()", 411, 1 },
        { "t.l = {next = t.l, id = n, text = 'event'}", 1927, 1 },
        { "t[n] = 'item ' .. n", 3445, 2 },
        { "t['k' .. n] = n", 3019, 2 },
        { "t[n] = string.format('line %d of %s', n, 'x')", 4097, 1 },
        { "t[n] = tostring(n) .. 'abc'", 4097, 1 },
        { "t[#t + 1] = 'log line number ' .. n .. ' of the day'", 2869, 2 },
        { "t[n] = {id = n, name = 'n' .. n, value = n / 2}", 1301, 2 },
        { "t[n] = 'item number ' .. n", 3019, 3 },
        { "t[n] = ('abcdefghij'):rep(10):sub(1, n % 90 + 1) .. n", 2031, 2 },
        // 2,872 where what the C side holds lies otherwise in the heap; the native builds give either.
        { "t[n] = table.concat({'a', n, 'b'}, ',')", 3384, 1 },
    };

    /// <summary>What is added to one string in a round, its length at the end, percent.</summary>
    public static TheoryData<string, int, double> Growing => new()
    {
        { "'received line ' .. n .. '\\n'", 81_049, 2 },
        { "'0123456789'", 82_230, 1 },
        { "n .. ','", 81_582, 1 },
        { "('a'):rep(100)", 75_600, 2 },
        { "('ab'):rep(n % 30):upper()", 75_692, 2 },
    };

    /// <summary>
    /// Rows that depend on where what the C side holds lies in the heap: the least and the most rounds of 24 native
    /// builds that take the same bytes before main.lua in one block or in many.
    /// </summary>
    public static TheoryData<string, int, int> KeptBetween => new()
    {
        { "t[n] = ('item ' .. n):upper()", 2928, 3901 },
        { "t[n] = string.char(n % 256):rep(n % 39 + 1) .. n", 2049, 3391 },
    };

    /// <summary>The same for the length of a string that grows.</summary>
    public static TheoryData<string, int, int> GrowingBetween => new()
    {
        { "('x'):rep(n % 50)", 74_978, 79_303 },
        { "string.format('%05d;', n)", 74_898, 79_140 },
    };
}
