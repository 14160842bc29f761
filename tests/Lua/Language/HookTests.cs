namespace AirHil.Lua.Tests.Language;

/// <summary>
/// debug.sethook with all its events. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.
/// </summary>
public sealed class HookTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Lines",
            """
            local seen = {} debug.sethook(function(e, l) seen[#seen + 1] = l end, 'l')
            local x = 1
            for i = 1, 2 do
              x = x + i
            end
            debug.sethook() print(table.concat(seen, ' '))
            """,
            """2 3 4 3 4 3 6""",
            Same
        },
        {
            "Calls, tail calls and returns",
            """
            local seen = {} local function f() return 1 end local function g() return f() end
            debug.sethook(function(e) seen[#seen + 1] = e end, 'cr') g() debug.sethook() print(table.concat(seen, ', '))
            """,
            """return, call, tail call, return, call""",
            Same
        },
        {
            "Native functions and what they call",
            """
            local seen = {} local names = {[pcall] = 'pcall', [string.gsub] = 'gsub', [table.sort] = 'sort'}
            local function cb() return 'y' end names[cb] = 'cb'
            debug.sethook(function(e) seen[#seen + 1] = e .. ' ' .. (names[debug.getinfo(2, 'f').func] or '?') end, 'cr')
            pcall(cb) string.gsub('x', 'x', cb) pcall(error)
            debug.sethook() print(table.concat(seen, '\n'))
            """,
            """
            return ?
            call pcall
            call cb
            return cb
            return pcall
            call gsub
            call cb
            return cb
            return gsub
            call pcall
            call ?
            return pcall
            call ?
            """,
            Same
        },
        {
            "Counts",
            """local n = 0 debug.sethook(function(e) assert(e == 'count') n = n + 1 end, '', 100) for i = 1, 10000 do end debug.sethook() print(n >= 100 and n <= 110, debug.gethook())""",
            """true	nil		0""",
            Same
        },
        {
            "What gethook tells",
            """local function h() end debug.sethook(h, 'crl', 5) local f, m, c = debug.gethook() debug.sethook() print(f == h, m, c, debug.gethook()) debug.sethook(h, '') print(debug.gethook()) print(pcall(debug.sethook, 1, 'l'))""",
            """
            true	crl	5	nil		0
            nil		0
            false	bad argument #1 to 'debug.sethook' (function expected, got number)
            """,
            Same
        },
        {
            "A hook belongs to one coroutine",
            """
            local n = 0 local co = coroutine.create(function()
              coroutine.yield()
              return 1 end)
            debug.sethook(co, function() n = n + 1 end, 'l') coroutine.resume(co) local before = n local x = 1 x = 2 print(before, n) coroutine.resume(co) print(n, debug.gethook(co) ~= nil, debug.gethook())
            """,
            """
            1	1
            2	true	nil		0
            """,
            Same
        },
        {
            "The hook sees the function, its locals and its name",
            """
            local function target(a) local b = a * 2 return b end
            local out debug.sethook(function(e) if debug.getinfo(2, 'f').func == target then local i = debug.getinfo(2, 'nSl') out = {e, i.name, i.currentline, debug.getlocal(2, 1)} end end, 'r') target(21) debug.sethook() print(table.unpack(out))
            print(debug.getinfo(1, 'n').namewhat) local kind debug.sethook(function() kind = debug.getinfo(1, 'n').namewhat end, 'l')
            kind = nil
            debug.sethook() print(kind)
            """,
            """
            return	target	1	a	21

            hook
            """,
            Same
        },
        {
            "An error in a hook is an error of the code, and the hook goes on",
            """
            local n = 0 local function h() n = n + 1 if n == 2 then error('from hook', 0) end end
            print(pcall(function() debug.sethook(h, 'l')
              local a = 1
              local b = 2
            end)) local before = n
            local c = 3
            debug.sethook() print(before, n > before)
            """,
            """
            false	from hook
            3	true
            """,
            Same
        },
        {
            "A hook cannot yield, and is not hooked",
            """
            print(coroutine.resume(coroutine.create(function() debug.sethook(function() coroutine.yield() end, 'l')
              local x = 1 end)))
            local n = 0 debug.sethook(function() n = n + 1 local a = 1
              local b = 2 end, 'l')
            local y = 1
            debug.sethook() print(n)
            """,
            """
            false	attempt to yield across a C-call boundary
            2
            """,
            Same
        },
        {
            "A hook in a loop with calls, pcall and metamethods leaves results alone",
            """
            local mt = {__add = function(a, b) return a.v + b.v end, __lt = function(a, b) return a.v < b.v end} local function v(n) return setmetatable({v = n}, mt) end
            debug.sethook(function() local t = {} t[1] = 1 end, 'crl', 1) local sum = 0 for i = 1, 20 do local ok, r = pcall(function(...) return select('#', ...), ... end, i, nil, nil) sum = sum + (v(i) + v(1)) + r + (v(i) < v(10) and 1 or 0) + #table.pack(table.unpack({1, 2, 3})) end debug.sethook() print(sum)
            local t = {5, 2, 8, 1} debug.sethook(function() end, 'crl', 1) table.sort(t, function(a, b) return a > b end) local s = ('abc'):gsub('%w', {a = '1'}) debug.sethook() print(table.concat(t, ' '), s)
            """,
            """
            359
            8 5 2 1	1bc
            """,
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
