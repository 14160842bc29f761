namespace AirHil.Lua.Tests.Run;

/// <summary>Error texts as lua 5.3.6 prints them; each row was taken from it.</summary>
public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("local a, b = 1, 0 return a % b", "main.lua:1: attempt to perform 'n%0'")]
    [InlineData("local a, b = 1, 0 return a // b", "main.lua:1: attempt to divide by zero")]
    [InlineData("return 2^63 | 0", "main.lua:1: number has no integer representation")]
    [InlineData("local a = 1.5 return a | 1", "main.lua:1: number (local 'a') has no integer representation")]
    [InlineData("return 'a' | 1", "main.lua:1: attempt to perform bitwise operation on a string value")]
    [InlineData("return 'a' + 1", "main.lua:1: attempt to perform arithmetic on a string value")]
    [InlineData("local t = {} return t.x + 1", "main.lua:1: attempt to perform arithmetic on a nil value (field 'x')")]
    [InlineData("return {} < {}", "main.lua:1: attempt to compare two table values")]
    [InlineData("return {} < 1", "main.lua:1: attempt to compare table with number")]
    [InlineData("return 1 < '1'", "main.lua:1: attempt to compare number with string")]
    [InlineData("local s return s .. 'x'", "main.lua:1: attempt to concatenate a nil value (local 's')")]
    [InlineData("local s return #s", "main.lua:1: attempt to get length of a nil value (local 's')")]
    [InlineData("local t t.x = 1", "main.lua:1: attempt to index a nil value (local 't')")]
    [InlineData("zz.x = 1", "main.lua:1: attempt to index a nil value (global 'zz')")]
    [InlineData("local t = {} return t.a.b", "main.lua:1: attempt to index a nil value (field 'a')")]
    [InlineData("local t return (function() return t.x end)()",
        "main.lua:1: attempt to index a nil value (upvalue 't')")]
    [InlineData("zz()", "main.lua:1: attempt to call a nil value (global 'zz')")]
    [InlineData("local t = {} t:foo()", "main.lua:1: attempt to call a nil value (method 'foo')")]
    [InlineData("return ('x')()", "main.lua:1: attempt to call a string value (constant 'x')")]
    [InlineData("for i = 'a', 1 do end", "main.lua:1: 'for' initial value must be a number")]
    [InlineData("for i = 1, {} do end", "main.lua:1: 'for' limit must be a number")]
    [InlineData("for i = 1, 2, {} do end", "main.lua:1: 'for' step must be a number")]
    [InlineData("local t = {} t[nil] = 1", "main.lua:1: table index is nil")]
    [InlineData("local t = {} t[0/0] = 1", "main.lua:1: table index is NaN")]
    [InlineData("local function f() return 1 + f() end f()", "main.lua:1: stack overflow")]
    [InlineData("return select(0)", "main.lua:1: bad argument #1 to 'select' (index out of range)")]
    [InlineData("setmetatable(1, {})", "main.lua:1: bad argument #1 to 'setmetatable' (table expected, got number)")]
    [InlineData("return ('x'):rep({})", "main.lua:1: bad argument #1 to 'rep' (number expected, got table)")]
    [InlineData("return ('x').rep()", "main.lua:1: bad argument #1 to 'rep' (string expected, got no value)")]
    [InlineData("error('m', 0)", "m")]
    [InlineData("error('m')", "main.lua:1: m")]
    [InlineData("error({})", "(error object is a table value)")]
    [InlineData("error()", "(error object is a nil value)")]
    public void A_main_function_fails_with_the_text_of_the_reference_implementation(string source, string text) =>
        Script.Run(source).Error.ShouldBe(text);

    [Theory]
    [InlineData("pcall(string.rep)", "false\tbad argument #1 to 'string.rep' (string expected, got no value)")]
    [InlineData("pcall(next, {}, 1)", "false\tinvalid key to 'next'")]
    [InlineData("pcall(rawset, {}, nil, 1)", "false\ttable index is nil")]
    [InlineData("pcall(coroutine.yield)", "false\tattempt to yield from outside a coroutine")]
    [InlineData("pcall(nil)", "false\tattempt to call a nil value")]
    [InlineData("pcall(setmetatable({}, {__call = 5}))", "false\tattempt to call a table value")]
    [InlineData("xpcall(error, function() error('x') end)", "false\terror in error handling")]
    [InlineData("coroutine.resume(coroutine.running())", "false\tcannot resume non-suspended coroutine")]
    [InlineData("load('x=')", "nil\t[string \"x=\"]:1: unexpected symbol near <eof>")]
    [InlineData("load('return 1', '=x', 'b')", "nil\tattempt to load a text chunk (mode is 'b')")]
    [InlineData("load('\\27Lua', '=x', 't')", "nil\tattempt to load a binary chunk (mode is 't')")]
    public void A_protected_call_gives_the_text_of_the_reference_implementation(string expression, string text) =>
        Script.Value(expression).ShouldBe(text);

    [Fact]
    public void On_the_module_a_library_function_has_no_global_name() =>
        Script.Value("pcall(string.char, 256)", Script.Module)
            .ShouldBe("false\tbad argument #1 to '?' (value out of range)");

    [Fact]
    public void Nested_protected_calls_end_at_the_limit_of_native_levels() =>
        Script.Run("""
            local depth, text = 0
            local function f(n) local ok, e = pcall(f, n + 1) if not ok then depth, text = n, e error(e, 0) end end
            pcall(f, 1)
            print(depth, text)
            """).Text.ShouldBe("1\tC stack overflow");

    [Fact]
    public void A_traceback_names_functions_as_the_reference_implementation_does() =>
        Script.Run("""
            local t = setmetatable({}, {__index = function(t, k) error("deep") end})
            print(select(2, xpcall(function() return t.x end, debug.traceback)))
            """).Text.ShouldBe("""
            main.lua:1: deep
            stack traceback:
            	[C]: in function 'error'
            	main.lua:1: in metamethod '__index'
            	main.lua:2: in function <main.lua:2>
            	[C]: in function 'xpcall'
            	main.lua:2: in main chunk
            	[C]: in ?
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_long_traceback_leaves_out_its_middle()
    {
        var lines = Script.Run("""
            local function deep(n) if n == 0 then error("x") end deep(n - 1) end
            print(select(2, xpcall(deep, debug.traceback, 30)))
            """).Text.Split('\n');
        lines.Length.ShouldBe(24);
        lines[12].ShouldBe("\t...");
    }

    [Fact]
    public void A_failed_run_carries_the_traceback_of_the_place_of_the_error() =>
        Script.Run("local function f() local x = nil; x.y = 1 end\nf()").Traceback.ShouldBe(
            "stack traceback:\n\tmain.lua:1: in local 'f'\n\tmain.lua:2: in main chunk\n\t[C]: in ?");
}
