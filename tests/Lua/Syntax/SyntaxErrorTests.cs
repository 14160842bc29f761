using System.Globalization;

using AirHil.Lua.Tests.Compile;

namespace AirHil.Lua.Tests.Syntax;

/// <summary>The expected texts are those of luac 5.3.6 for the same source.</summary>
public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("x = )", "1: unexpected symbol near ')'")]
    [InlineData("x = = 3", "1: unexpected symbol near '='")]
    [InlineData("x = 3x", "1: syntax error near <eof>")]
    [InlineData("x = \x01", "1: unexpected symbol near '<\\1>'")]
    [InlineData("x = \xff", "1: unexpected symbol near '<\\255>'")]
    [InlineData("x = 1 \0", "1: unexpected symbol")]
    [InlineData("\n\nf(\n1,\n2 sys.x()", "5: ')' expected (to close '(' at line 3) near 'sys'")]
    [InlineData("f(1 2)", "1: ')' expected near '2'")]
    [InlineData("x = {\n1, 2\n", "3: '}' expected (to close '{' at line 1) near <eof>")]
    [InlineData("if x then\n\n", "3: 'end' expected (to close 'if' at line 1) near <eof>")]
    [InlineData("if x y", "1: 'then' expected near 'y'")]
    [InlineData("for i = 1 do end", "1: ',' expected near 'do'")]
    [InlineData("for i do end", "1: '=' or 'in' expected near 'do'")]
    [InlineData("function f(a, 1) end", "1: <name> or '...' expected near '1'")]
    [InlineData("local 3", "1: <name> expected near '3'")]
    [InlineData("local x <const> = 3", "1: unexpected symbol near '<'")]
    [InlineData("f:", "1: <name> expected near <eof>")]
    [InlineData("f:g", "1: function arguments expected near <eof>")]
    [InlineData("a.b", "1: syntax error near <eof>")]
    [InlineData("f() = 1", "1: syntax error near '='")]
    [InlineData("(a) = 1", "1: syntax error near '='")]
    [InlineData("end", "1: <eof> expected near 'end'")]
    [InlineData("return 1 x", "1: <eof> expected near 'x'")]
    [InlineData("function f() return ... end", "1: cannot use '...' outside a vararg function near '...'")]
    public void A_grammar_error_names_the_token(string source, string message) =>
        Chunk.ErrorOf(source).ShouldBe("main.lua:" + message);

    [Theory]
    [InlineData("x = \"abc", "1: unfinished string near <eof>")]
    [InlineData("x = \"abc\ny", "1: unfinished string near '\"abc'")]
    [InlineData("x = [[a\nb", "2: unfinished long string (starting at line 1) near <eof>")]
    [InlineData("--[==[\n]]", "2: unfinished long comment (starting at line 1) near <eof>")]
    [InlineData("x = [==x", "1: invalid long string delimiter near '[=='")]
    [InlineData("x = 3e", "1: malformed number near '3e'")]
    [InlineData("x = 3..2", "1: malformed number near '3..2'")]
    [InlineData("x = 0xp+1", "1: malformed number near '0xp+1'")]
    [InlineData("x = \"a\\qb\"", "1: invalid escape sequence near '\"a\\q'")]
    [InlineData("x = \"\\300\"", "1: decimal escape too large near '\"\\300\"'")]
    [InlineData("x = \"\\xg0\"", "1: hexadecimal digit expected near '\"\\xg'")]
    [InlineData("x = \"\\u12\"", "1: missing '{' near '\"\\u1'")]
    [InlineData("x = \"\\u{12\"", "1: missing '}' near '\"\\u{12\"'")]
    [InlineData("x = \"\\u{110000}\"", "1: UTF-8 value too large near '\"\\u{110000'")]
    public void A_bad_token_is_shown_as_far_as_it_was_read(string source, string message) =>
        Chunk.ErrorOf(source).ShouldBe("main.lua:" + message);

    [Theory]
    [InlineData("goto x", "1: no visible label 'x' for <goto> at line 1")]
    [InlineData("do goto x end\ndo ::x:: end\n", "3: no visible label 'x' for <goto> at line 1")]
    [InlineData("\nbreak\n\n", "4: <break> at line 2 not inside a loop")]
    [InlineData("function f()\n break\nend x = 1", "3: <break> at line 2 not inside a loop")]
    [InlineData("goto x\nlocal y\n::x:: print(1)", "3: <goto x> at line 1 jumps into the scope of local 'y'")]
    [InlineData("::x::\n::x::", "2: label 'x' already defined on line 1")]
    [InlineData("repeat goto c; local y; ::c:: until y", "1: <goto c> at line 1 jumps into the scope of local 'y'")]
    public void A_jump_without_a_target_is_an_error(string source, string message) =>
        Chunk.ErrorOf(source).ShouldBe("main.lua:" + message);

    [Theory]
    [InlineData("break\nx = = 3", "2: unexpected symbol near '='")]
    [InlineData("::a::\n::a::\nx = \"abc", "2: label 'a' already defined on line 1")]
    [InlineData("function f()\ngoto q end\ny = = 3", "3: no visible label 'q' for <goto> at line 2")]
    [InlineData("function f()\ngoto q\n)", "3: unexpected symbol near ')'")]
    public void Of_two_errors_the_one_that_a_single_pass_meets_first_is_reported(string source, string message) =>
        Chunk.ErrorOf(source).ShouldBe("main.lua:" + message);

    [Fact]
    public void A_function_has_at_most_200_local_variables()
    {
        Chunk.Compile($"local {Names(200)}").Locals.Length.ShouldBe(200);
        Chunk.ErrorOf($"local {Names(201)} = 1")
            .ShouldBe("main.lua:1: too many local variables (limit is 200) in main function near '='");
        Chunk.ErrorOf($"\nfunction f()\nlocal {Names(201)} = 1 end")
            .ShouldBe("main.lua:3: too many local variables (limit is 200) in function at line 2 near '='");
    }

    [Fact]
    public void An_expression_has_at_most_254_registers()
    {
        Chunk.Compile($"f({Names(253)})").MaxStackSize.ShouldBe(254);
        Chunk.ErrorOf($"f({Names(300)})")
            .ShouldBe("main.lua:1: function or expression needs too many registers near 'v254'");
    }

    [Fact]
    public void A_jump_reaches_131071_instructions() =>
        Chunk.ErrorOf("while a do " + string.Concat(Enumerable.Repeat("x = 1 ", 140_000)) + "end")
            .ShouldBe("main.lua:1: control structure too long near 'end'");

    [Fact]
    public void A_function_has_at_most_255_upvalues()
    {
        var source = $"local {Names(200)}\nfunction f()\nlocal {Names(60, "w")}\nfunction g()\n" +
            $"return {Sum(200)} + {Sum(60, "w")} end end";
        Chunk.ErrorOf(source)
            .ShouldBe("main.lua:5: too many upvalues (limit is 255) in function at line 4 near '+'");
    }

    private static string Sum(int count, string prefix = "v") =>
        Names(count, prefix).Replace(", ", " + ", StringComparison.Ordinal);

    private static string Names(int count, string prefix = "v") => string.Join(
        ", ", Enumerable.Range(0, count).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture)));
}
