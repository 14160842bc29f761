namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// Scripts that are broken, endless or greedy: the module's own words, the right exit code, and the host lives on.
/// </summary>
public sealed class BadScriptTests
{
    [Theory]
    [InlineData("nothere", "there is no script or folder 'nothere'")]
    [InlineData("empty", "'empty' holds no main.lua; found: nothing")]
    [InlineData("others", "'others' holds no main.lua; found: other.lua")]
    [InlineData("directory", "'directory' holds no main.lua")]
    [InlineData("compiled.lua", "compiled Lua (it begins with ESC Lua); give the source text")]
    public async Task What_is_no_script_is_refused_with_the_reason(string path, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "empty"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "directory", "main.lua"));
        folder.Write("others/other.lua", "print(1)");
        folder.Write("compiled.lua", "\u001bLuaS\0\u0019"u8.ToArray());

        var outcome = (await Airhil.In(folder, "run", path)).ShouldExitWith(4);

        outcome.Error.ShouldContain(message);
        outcome.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("local x = = 1", "E/main main.lua:1: unexpected symbol near '='")]
    [InlineData("error('boom')", "E/main main.lua:1: boom")]
    [InlineData("eink.init('st7735')", "eink.init is not modelled")]
    public async Task A_script_that_fails_says_so_as_the_module_does(string script, string line)
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "run", folder.Script(script), "--for", "5s")).ShouldExitWith(0);

        outcome.Output.ShouldContain(line);
        outcome.Output.ShouldContain("E/main Lua VM exit!! reboot in 15000ms");
        outcome.Error.ShouldContain("1 error:");
    }

    [Fact]
    public async Task A_picture_is_a_syntax_error_of_the_module()
    {
        using var folder = new TempFolder();
        folder.Write("picture.png", [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8]);

        var outcome = (await Airhil.In(folder, "run", "picture.png", "--for", "1s")).ShouldExitWith(0);

        outcome.Output.ShouldContain("E/main main.lua:1: unexpected symbol near '<\\137>'");
    }

    [Fact]
    public async Task An_empty_script_is_told_apart_from_an_error()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "run", folder.Script(""), "--for", "1s")).ShouldExitWith(0);

        outcome.Error.ShouldContain("at 250 ms: main.lua ended: nothing called sys.run(), so the VM exits");
    }

    [Theory]
    [InlineData("while true do end")]
    [InlineData("_G.sys = require('sys') sys.timerStart(function() while true do end end, 1000) sys.run()")]
    [InlineData("while true do string.rep('x', 10000) end")]
    [InlineData("string.rep('', 2147483647)")]
    [InlineData("string.find(string.rep('a', 300), '.-.-.-.-.-.-b')")]
    [InlineData("string.find(string.rep('a', 28), string.rep('a?', 28) .. string.rep('a', 28) .. 'b')")]
    public async Task An_endless_loop_ends_in_the_watchdog(string script)
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "run", folder.Script("wdt.init(9000) " + script), "--for", "20s"))
            .ShouldExitWith(0);

        outcome.Error.ShouldContain(": watchdog");
        outcome.Error.ShouldContain("1 reset:");
    }

    [Fact]
    public async Task An_endless_loop_in_a_receive_callback_ends_in_the_watchdog()
    {
        using var folder = new TempFolder();
        folder.Script(
            """
            _G.sys = require("sys")
            wdt.init(9000)
            uart.setup(1, 115200, 8, 1)
            uart.on(1, "receive", function() while true do end end)
            sys.run()
            """);

        var outcome = (await Airhil.In(folder, "run", "firmware", "--for", "30s", "--at", "2s uart 'x'"))
            .ShouldExitWith(0);

        outcome.Error.ShouldContain(": watchdog");
    }

    [Theory]
    [InlineData("local function f(n) return 1 + f(n + 1) end f(1)", "not enough memory")]
    [InlineData("local t = setmetatable({}, {__index = function(t, k) return t[k] end}) print(t.x)",
        "C stack overflow")]
    [InlineData("local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) print(t)",
        "C stack overflow")]
    [InlineData("local m = {} m.__concat = function(a, b) return a .. b end print(setmetatable({}, m) .. 'x')",
        "C stack overflow")]
    [InlineData("local function f(s) return (s:gsub('.', f)) end f('a')", "C stack overflow")]
    [InlineData("local function c(a, b) table.sort({3, 2, 1}, c) return a < b end c(1, 2)", "C stack overflow")]
    [InlineData("local function f() pcall(f) end f() print('survived')", "survived")]
    [InlineData("local t = {} for i = 1, 2000 do t = {t} end print(json.encode(t))", "excessive nesting")]
    [InlineData("local t = {} t[1] = t print(json.encode(t))", "excessive nesting")]
    [InlineData("print(json.decode(string.rep('[', 20000)))", "too many nested data structures")]
    [InlineData("print(load('return ' .. string.rep('(', 20000) .. '1' .. string.rep(')', 20000)))",
        "too many C levels")]
    [InlineData("local function f() return coroutine.wrap(f)() end print(pcall(f)) print('survived')", "survived")]
    [InlineData("string.rep('x', 1000000000)", "not enough memory")]
    [InlineData("local s = 'x' while true do s = s .. s end", "not enough memory")]
    [InlineData("local t = {} while true do t[#t + 1] = {} end", "not enough memory")]
    public async Task Unbounded_recursion_and_memory_end_in_an_error_of_the_script(string script, string message)
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "run", folder.Script(script), "--for", "10s")).ShouldExitWith(0);

        outcome.Output.ShouldContain(message);
        outcome.Output.ShouldContain("E/main Lua VM exit!!");
    }
}
