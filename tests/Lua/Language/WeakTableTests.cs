namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Entries go when nothing else holds them. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.
/// </summary>
public sealed class WeakTableTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Weak values",
            """
            local t = setmetatable({}, {__mode = 'v'}) local keep = {} t[1] = {} t[2] = keep t.s = 'str' t.n = 1 t.f = function() return keep end collectgarbage() collectgarbage()
            print(t[1], t[2] == keep, t.s, t.n, t.f)
            """,
            """nil	true	str	1	nil""",
            Same
        },
        {
            "Weak keys and ephemerons",
            """
            local t = setmetatable({}, {__mode = 'k'}) local keep = {} t[{}] = 1 t[keep] = 'kept' t.x = {} do local a, b = {}, {} t[a] = b t[b] = a end collectgarbage() collectgarbage()
            local n = 0 for k in pairs(t) do n = n + 1 end print(n, t[keep], type(t.x))
            """,
            """2	kept	table""",
            Same
        },
        {
            "A chain of ephemerons from one live key",
            """
            local t = setmetatable({}, {__mode = 'k'}) local first = {} local k = first for i = 1, 10 do local nk = {} t[k] = nk k = nk end k = nil collectgarbage()
            local n, at = 0, first while at do n = n + 1 at = t[at] end print(n)
            """,
            """11""",
            Same
        },
        {
            "Both weak",
            """local t = setmetatable({}, {__mode = 'kv'}) local keep = {} t[keep] = {} t[{}] = keep t[1] = keep t.keep = keep collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(n)""",
            """2""",
            Same
        },
        {
            "A table made weak afterwards",
            """local t = {{}, {}} setmetatable(t, {__mode = 'v'}) collectgarbage() print(#t, t[1])""",
            """0	nil""",
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
