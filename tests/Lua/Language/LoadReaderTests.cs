using AirHil.Lua.Tests.Run;

namespace AirHil.Lua.Tests.Language;

/// <summary>
/// A reader of <c>load</c> is called when the parser needs the next piece (L:lua/src/lzio.c, luaZ_fill): an error ends
/// the calls, and one of the reader comes at its place. The results are those of V1112's Lua as a 32-bit program.
/// </summary>
public sealed class LoadReaderTests
{
    private const string Try = """
        local function try(...)
            local pieces, n = {...}, 0
            local f, m = load(function()
                n = n + 1
                local piece = pieces[n]
                if piece == 'ERR' then error('boom', 0) end
                return piece == 'TAB' and {} or piece
            end, '=x')
            return n, f and type(f), m
        end
        """;

    /// <summary>Pieces, the number of calls, what is loaded, and the error.</summary>
    [Theory]
    [InlineData("'x = = 1 ', 'ERR'", "1\tnil\tx:1: unexpected symbol near '='")]
    [InlineData("'x = =', ' 1'", "2\tnil\tx:1: unexpected symbol near '='")]
    [InlineData("'x = 1', 'ERR'", "2\tnil\tboom")]
    [InlineData("'x = ) ', 'more'", "1\tnil\tx:1: unexpected symbol near ')'")]
    [InlineData("'x = )', 'more'", "2\tnil\tx:1: unexpected symbol near ')'")]
    [InlineData("'x = 1 ', 'y = = 2 ', 'z'", "2\tnil\tx:1: unexpected symbol near '='")]
    [InlineData("'x = \"abc\\n', 'more'", "1\tnil\tx:1: unfinished string near '\"abc'")]
    [InlineData("'x = \"abc', '\\n', 'more'", "2\tnil\tx:1: unfinished string near '\"abc'")]
    [InlineData("'x = 12', '34 y z', 'more'", "4\tnil\tx:1: syntax error near 'zmore'")]
    [InlineData("'return ', '1'", "3\tfunction\tnil")]
    [InlineData("'return 1', '', 'more'", "2\tfunction\tnil")]
    [InlineData("'for i in ', '=', 'z'", "3\tnil\tx:1: unexpected symbol near '='")]
    [InlineData("'x = [==', '[a]] ', ']==] z z ', 'more'", "3\tnil\tx:1: syntax error near 'z'")]
    [InlineData("'--[[ ', ' ]] = ', 'more'", "2\tnil\tx:1: unexpected symbol near '='")]
    [InlineData("'x = 5 TAB ', 'TAB'", "2\tnil\tmain.lua:3: reader function must return a string")]
    [InlineData("'f(', 'TAB'", "2\tnil\tmain.lua:3: reader function must return a string")]
    [InlineData("'x = 1 x', 'ERR'", "2\tnil\tboom")]
    [InlineData("'break ', 'x = 1 ', 'y = 1'", "4\tnil\tx:1: <break> at line 1 not inside a loop")]
    [InlineData("'goto a ', 'x = 1 ', 'y = 1'", "4\tnil\tx:1: no visible label 'a' for <goto> at line 1")]
    [InlineData("'::a:: ::a:: ', 'x = 1 ', 'y = 1'", "1\tnil\tx:1: label 'a' already defined on line 1")]
    [InlineData("'x = 3x ', 'y'", "3\tnil\tx:1: syntax error near 'y'")]
    [InlineData("'x = 3', 'x', ' y', 'z'", "5\tnil\tx:1: syntax error near 'yz'")]
    [InlineData("'x = \"\\\\q\" ', 'y'", "1\tnil\tx:1: invalid escape sequence near '\"\\q'")]
    [InlineData("'x = \"\\\\q', '\"', 'y'", "2\tnil\tx:1: invalid escape sequence near '\"\\q'")]
    [InlineData("'x = \"\\\\xZZ\" ', 'y'", "1\tnil\tx:1: hexadecimal digit expected near '\"\\xZ'")]
    [InlineData("'x = .', '.', '1'", "3\tnil\tx:1: unexpected symbol near '..'")]
    [InlineData("'end ', 'y'", "1\tnil\tx:1: <eof> expected near 'end'")]
    [InlineData("'return return ', 'y'", "1\tnil\tx:1: unexpected symbol near 'return'")]
    [InlineData("'x ', 'y', ' z'", "3\tnil\tx:1: syntax error near 'y'")]
    [InlineData("'local x <', 'const', '> = 1 '", "2\tnil\tx:1: unexpected symbol near '<'")]
    [InlineData("'', 'x = 1'", "1\tfunction\tnil")]
    [InlineData("'#x', 'y'", "1\tnil\tx:1: unexpected symbol near '#'")]
    public void The_reader_is_called_as_often_as_on_v1112(string pieces, string expected) =>
        Script.Run($"{Try}\nprint(try({pieces}))", Script.Module).Text.TrimEnd().ShouldBe(expected);

    [Fact]
    public void A_limit_of_the_code_ends_the_calls_too()
    {
        const string Source = """
            local n = 0
            local _, m = load(function() n = n + 1 return n < 300 and 'local a' .. n .. ' ' or nil end, '=x')
            print(n, m)
            """;
        Script.Run(Source, Script.Module).Text.ShouldStartWith("202\tx:1: too many local variables", Case.Sensitive);
    }
}
