namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// Programs that fill the Lua heap, and after how many rounds V1112's own Lua and allocator (built for 32 bits, with
/// 14,360 of 262,136 bytes taken before main.lua as on the module) raise "not enough memory".
/// </summary>
public static class HeapRows
{
    /// <summary>What is kept in table <c>t</c> in round <c>n</c>, the last round.</summary>
    public static TheoryData<string, int> Kept => new()
    {
        { "t[n] = {}", 4097 },
        { "t[n] = {a = 1}", 2968 },
        { "t[n] = {1, 2, 3}", 2968 },
        { "local k = n t[n] = function() return k end", 3814 },
        { "t[n] = ('x'):rep(1000) .. n", 229 },
        { "t[n] = coroutine.create(function() end)", 513 },
        { "t[n] = coroutine.wrap(function() coroutine.yield() end) t[n]()", 410 },
        { "t.l = {next = t.l, id = n, text = 'event'}", 1926 },
    };

    /// <summary>What is added to one string in a round, its length at the end.</summary>
    public static TheoryData<string, int> Growing => new()
    {
        { "'received line ' .. n .. '\\n'", 80_954 },
        { "('a'):rep(100)", 78_900 },
        { "'0123456789'", 82_170 },
    };
}
