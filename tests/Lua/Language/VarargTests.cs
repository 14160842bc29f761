namespace AirHil.Lua.Tests.Language;

/// <summary>..., select and table.pack. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.</summary>
public sealed class VarargTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "Counts with nils",
            """local function f(...) return select('#', ...), select('#', (...)), (select(2, ...)) end print(f()) print(f(nil, nil)) print(f(1, 2, 3))""",
            """
            0	1	nil
            2	1	nil
            3	1	2
            """,
            Same
        },
        {
            "Adjustment in lists",
            """local function two() return 1, 2 end print(two(), two()) print((two())) print(({two(), two()})[3], #{two(), nil}) local a, b, c = two() print(a, b, c)""",
            """
            1	1	2
            1
            2	1
            1	2	nil
            """,
            Same
        },
        {
            "select from the end and its errors",
            """print(select(-1, 1, 2, 3)) print(select(-3, 1, 2, 3)) print(pcall(select, -4, 1, 2, 3)) print(pcall(select, 0)) print(select(4, 1, 2, 3))""",
            """
            3
            1	2	3
            false	bad argument #1 to 'select' (index out of range)
            false	bad argument #1 to 'select' (index out of range)
            """,
            Same
        },
        {
            "pack, unpack and their limits",
            """local t = table.pack(nil, 2, nil) print(t.n, table.unpack(t, 1, t.n)) print(table.unpack({1, 2, 3}, 2)) print(table.unpack({1, 2, 3}, 2, 3)) print(table.unpack({}, 1, 0)) print(pcall(table.unpack, {}, 1, 1e7))""",
            """
            3	nil	2	nil
            2	3
            2	3

            false	too many results to unpack
            """,
            Same
        },
        {
            "Varargs of a main chunk and of a coroutine",
            """print(load('return ...')(1, 2)) print(coroutine.wrap(function(...) return ... end)(3, 4))""",
            """
            1	2
            3	4
            """,
            Same
        },
        {
            "Varargs survive calls with many values",
            """local function count(...) return select('#', ...) end local t = {} for i = 1, 250 do t[i] = i end print(count(table.unpack(t)), (function(...) local a, b = ... return b, count(...) end)(table.unpack(t)))""",
            """250	2	250""",
            Same
        },
        {
            "Extra and missing arguments",
            """local function g(a, b, ...) return a, b, ... end print(g(1)) print(g(1, 2, 3, 4)) print((g(1, 2)))""",
            """
            1	nil
            1	2	3	4
            1
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
