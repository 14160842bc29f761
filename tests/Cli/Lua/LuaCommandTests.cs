namespace AirHil.Cli.Tests.Lua;

/// <summary><c>airhil lua</c> runs a file as the lua of a desktop does.</summary>
public sealed class LuaCommandTests
{
    [Fact]
    public async Task A_file_gets_its_arguments_its_modules_and_the_hosts_files()
    {
        using var folder = new TempFolder();
        folder.Write("part.lua", "local name, file = ... return {name = name, file = file}");
        folder.Write("main.lua", """
            print(#arg, arg[0], ...)
            local part = require 'part'
            print(part.name, part.file, require 'part' == part, package.loaded.part == part)
            local f = assert(io.open('out.txt', 'w')) f:write('a line\n', 12, ' ', 1.5, '\n'):close()
            for line in io.lines('out.txt') do io.write('<', line, '>') end
            f = io.open('out.txt') print(f:read('L', 'n', 'n', 'a')) f:close()
            print(os.remove('out.txt'), io.open('out.txt'))
            """);
        var outcome = await Airhil.In(folder, "lua", "-e", "print(_VERSION, 1.0, 2^53)", "main.lua", "one", "two");
        outcome.ShouldExitWith(0).Lines.ShouldBe([
            "Lua 5.3\t1.0\t9.007199254741e+15", "2\tmain.lua\tone\ttwo", "part\t./part.lua\ttrue\ttrue",
            "<a line><12 1.5>a line", "\t12\t1.5\t", "true\tnil\tout.txt: No such file or directory\t2",
        ]);
    }

    [Theory]
    [InlineData("lua /dev/zero", "lua: cannot open /dev/zero: /dev/zero has more than ")]
    [InlineData("lua -e loadfile('/dev/zero')()", "attempt to call a nil value")]
    [InlineData("lua -e package.path='/dev/zero'require'x'", "/dev/zero has more than 67108864 bytes")]
    [InlineData("lua -e io.open('/dev/zero'):read('a')", "not enough memory")]
    [InlineData("lua -e io.open('/dev/zero'):read(1<<40)", "not enough memory")]
    [InlineData("lua -e io.open('/dev/zero'):read()", "not enough memory")]
    public async Task A_file_without_an_end_ends_the_script_and_nothing_else(string command, string why)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "devices as Linux has them");
        using var folder = new TempFolder();
        (await Airhil.In(folder, command.Split(' '))).ShouldExitWith(1).Error.ShouldContain(why);
    }

    [Fact]
    public async Task A_module_that_cannot_be_read_is_an_error_of_require()
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", "print(pcall(require, 'large'))");
        using (var large = File.Create(Path.Combine(folder.Path, "large.lua"))) large.SetLength(65 << 20);
        (await Airhil.In(folder, "lua", "--module", "main.lua")).ShouldExitWith(0).Output.ShouldContain(
            "large.lua has more than 67108864 bytes");
    }

    [Theory]
    [InlineData(
        "error('no')", 1,
        "lua: main.lua:1: no\nstack traceback:\n\t[C]: in function 'error'\n" +
        "\tmain.lua:1: in main chunk\n\t[C]: in ?\n")]
    [InlineData("x =", 1, "lua: main.lua:1: unexpected symbol near <eof>\n")]
    [InlineData("error(setmetatable({}, {__tostring = function() return 'object' end}))", 1, "lua: object\n")]
    [InlineData("io.stderr:write('said') os.exit(7)", 7, "said")]
    [InlineData("os.exit(false)", 1, "")]
    [InlineData("setmetatable({}, {__gc = function() io.stderr:write('closed') end})", 0, "closed")]
    public async Task A_file_ends_with_the_exit_code_and_the_message_of_lua(string source, int code, string error)
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", source);
        (await Airhil.In(folder, "lua", "main.lua")).ShouldExitWith(code).Error.ShouldBe(error);
    }

    [Fact]
    public async Task With_the_modules_libraries_numbers_and_heap_are_the_modules()
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", """
            print(1.5, math.maxinteger, type(string), io, pcall(load, string.char(27) .. 'Lua'))
            print(pcall(function() local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end end))
            """);
        var outcome = await Airhil.In(folder, "lua", "main.lua", "--module");
        outcome.ShouldExitWith(0).Lines[1].ShouldBe("false\tnot enough memory");
        outcome.Lines[0].ShouldStartWith("1.500000\t2147483647\tuserdata\tnil\ttrue\tnil\t");
        outcome.Error.ShouldStartWith("E/mem memory allocation failed total 262136, used ");
    }
}
