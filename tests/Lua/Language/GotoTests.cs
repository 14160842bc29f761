namespace AirHil.Lua.Tests.Language;

/// <summary>goto and labels. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.</summary>
public sealed class GotoTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "continue",
            """local out = {} for i = 1, 5 do if i % 2 == 0 then goto continue end out[#out + 1] = i ::continue:: end print(table.concat(out, ' '))""",
            """1 3 5""",
            Same
        },
        {
            "A loop made of goto with closures in it",
            """
            local f, i = {}, 1
            ::top:: do local k = i f[i] = function() return k end end i = i + 1 if i <= 3 then goto top end
            print(f[1](), f[2](), f[3]())
            """,
            """1	2	3""",
            Same
        },
        {
            "Out of nested loops",
            """for i = 1, 3 do for j = 1, 3 do if i * j == 4 then print(i, j) goto done end end end ::done:: print('end')""",
            """
            2	2
            end
            """,
            Same
        },
        {
            "Labels are visible in their block only",
            """print(load('goto l; do ::l:: end')) print(load('::l:: ::l::')) print(load('goto l; local a ::l:: print(a)')) print(load('break'))""",
            """
            nil	[string "goto l; do ::l:: end"]:1: no visible label 'l' for <goto> at line 1
            nil	[string "::l:: ::l::"]:1: label 'l' already defined on line 1
            nil	[string "goto l; local a ::l:: print(a)"]:1: <goto l> at line 1 jumps into the scope of local 'a'
            nil	[string "break"]:1: <break> at line 1 not inside a loop
            """,
            Same
        },
        {
            "A label at the end of a block sees past locals",
            """do goto e; local a = 1 ::e:: end print(load('do goto e; local a = 1 ::e:: ; end') ~= nil)""",
            """true""",
            Same
        },
        {
            "A repeat with continue before the condition",
            """local n = 0 repeat n = n + 1 if n == 2 then goto c end ::c:: until n >= 3 print(n)""",
            """3""",
            Same
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
