namespace AirHil.Lua.Tests.Language;

/// <summary>
/// Integers and floats, in either width. Expectations are those of PUC-Rio Lua 5.3.6, built for both widths.
/// </summary>
public sealed class NumberTests
{
    /// <summary>Title, program, and what it prints with 64-bit and with 32-bit numbers.</summary>
    public static readonly TheoryData<string, string, string, string> Programs = new()
    {
        {
            "The limits",
            """print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger, math.mininteger // -1)""",
            """9223372036854775807	-9223372036854775808	true	-9223372036854775808""",
            """2147483647	-2147483648	true	-2147483648"""
        },
        {
            "Division, modulo and their signs",
            """print(7 // 2, -7 // 2, 7 // -2, 7.0 // 2, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % -2, -5.5 % 2, 1 % math.huge, -1 % math.huge)""",
            """3	-4	-4	3.0	1	2	-2	-1	-0.5	0.5	1.0	inf""",
            Same
        },
        {
            "Division by zero",
            """print(1 / 0, -1 / 0, 0 / 0 ~= 0 / 0, pcall(function() return 1 // 0 end)) print(pcall(function() return 1 % 0 end)) print(1.0 // 0, 1 % 0.0 ~= 1 % 0.0)""",
            """
            inf	-inf	true	false	main.lua:1: attempt to divide by zero
            false	main.lua:1: attempt to perform 'n%0'
            inf	true
            """,
            Same
        },
        {
            "Shifts",
            """print(1 << 4, 1 << 31, 1 << 32, 1 << 63, 1 << 64, -1 >> 1, -1 >> 31, -1 >> 63, 1 << -1, 2 >> -1, ~0, 5 ~ 3)""",
            """16	2147483648	4294967296	-9223372036854775808	0	9223372036854775807	8589934591	1	0	4	-1	6""",
            """16	-2147483648	0	0	0	2147483647	1	0	0	4	-1	6"""
        },
        {
            "Hexadecimal and long numerals",
            """print(0xff, 0xA.8p0, 0x7fffffff, 0xffffffff, 0xffffffffffffffff, 2147483647, 2147483648, 9223372036854775807, 9223372036854775808)""",
            """255	10.5	2147483647	4294967295	-1	2147483647	2147483648	9223372036854775807	9.2233720368548e+18""",
            """255	10.5	2147483647	-1	-1	2147483647	2.147484e+09	9.223372e+18	9.223372e+18"""
        },
        {
            "Strings become numbers",
            """print('10' + 5, '0x10' * 2, ' 3 ' // 1, '1e1' | 0, -'2', '7' % '4', math.type('1' + 1), math.type('1.0' + 1))""",
            """15.0	32.0	3.0	10	-2.0	3.0	float	float""",
            Same
        },
        {
            "Conversions to integers",
            """print(pcall(function() return 2^31 | 0 end)) print(pcall(function() return 1.5 | 0 end)) print(pcall(function() return 2^70 | 0 end)) print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger('x'), 3.0 == 3)""",
            """
            true	2147483648
            false	main.lua:1: number has no integer representation
            false	main.lua:1: number has no integer representation
            3	nil	nil	true
            """,
            """
            false	main.lua:1: number has no integer representation
            false	main.lua:1: number has no integer representation
            false	main.lua:1: number has no integer representation
            3	nil	nil	true
            """
        },
        {
            "Comparison of integers with floats",
            """print(1 < 1.5, 2 <= 2.0, math.maxinteger < math.maxinteger + 1.0, math.maxinteger + 0.0 == math.maxinteger, math.mininteger <= -2.0^31)""",
            """true	true	true	false	true""",
            Same
        },
        {
            "Text of numbers",
            """print(1.0, -0.0, 1e15, 1e16, 1e100 == math.huge, 0.1, 1/3, 100000000000000, 2^24 + 1, 123456.789)""",
            """1.0	-0.0	1e+15	1e+16	false	0.1	0.33333333333333	100000000000000	16777217.0	123456.789""",
            """1.0	-0.0	1e+15	1e+16	true	0.1	0.3333333	1e+14	1.677722e+07	123456.8"""
        },
        {
            "For loops at the limits",
            """
            local n = 0 for i = math.maxinteger - 1, math.maxinteger do n = n + 1 if n == 5 then break end end print(n)
            for i = 1, 0 do print('never') end for i = 3, 1, -1 do io.write(i, ' ') end for i = 1.0, 2 do io.write(tostring(i), ' ') end for i = 1, 2.9 do io.write(i, ' ') end print()
            print(pcall(function() for i = 1, 10, 0 do break end end)) print(pcall(function() for i = 'a', 10 do end end)) print(pcall(function() for i = 1, {} do end end))
            """,
            """
            5
            3 2 1 1.0 2.0 1 2 
            true
            false	main.lua:3: 'for' initial value must be a number
            false	main.lua:3: 'for' limit must be a number
            """,
            Same
        },
        {
            "math.type, ult, fmod, ceil and floor",
            """print(math.type(1), math.type(1.0), math.type('1'), math.ult(-1, 1), math.fmod(-5, 3), math.fmod(-5.0, 3), math.ceil(1.2), math.floor(-1.2), math.abs(math.mininteger))""",
            """integer	float	nil	false	-2	-2.0	2	-2	-9223372036854775808""",
            """integer	float	nil	false	-2	-2.0	2	-2	-2147483648"""
        },
        {
            "string.format of numbers",
            """print(string.format('%d %5.1f %x %g %i %s %q', 3.0, 2.25, 255, 0.1, 7, 1.5, 1 // 1), pcall(string.format, '%d', 1.5))""",
            """3   2.2 ff 0.1 7 1.5 1	false	bad argument #2 to 'string.format' (number has no integer representation)""",
            Same
        },
        {
            "Precision of floats",
            """print(16777216.0 + 1 == 16777216.0, 0.1 + 0.2 == 0.3, 2^53 == 2^53 + 1, 1e30 * 1e10, 3.0 == 3.0000000001)""",
            """false	false	true	1e+40	false""",
            """true	true	true	inf	true"""
        },
        {
            "tonumber with a base",
            """print(tonumber('ff', 16), tonumber('zz', 36), tonumber('8', 8), tonumber('-7', 10), tonumber('1e1'), tonumber('0x'), tonumber(''), tonumber('1 2'), tonumber('7fffffff', 16), tonumber('ffffffff', 16))""",
            """255	1295	nil	-7	10.0	nil	nil	nil	2147483647	4294967295""",
            """255	1295	nil	-7	10.0	nil	nil	nil	2147483647	-1"""
        },
    };

    private const string Same = Snippet.Same;

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_print_what_the_reference_prints(string title, string source, string with64, string with32) =>
        Snippet.ShouldPrint(title, source, with64, with32);
}
