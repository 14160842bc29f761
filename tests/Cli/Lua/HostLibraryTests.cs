namespace AirHil.Cli.Tests.Lua;

/// <summary>io, os and package of <c>airhil lua</c> give what those of Lua 5.3 on a desktop give.</summary>
public sealed class HostLibraryTests
{
    /// <summary>
    /// A chunk before, an expression, and <c>tostring</c> of its values. The file <c>in</c> holds "12 0x1F -.5e1 x",
    /// an empty line and "last" without an end of line.
    /// </summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "", "io.open('none')", "nil,none: No such file or directory,2" },
        { "", "pcall(io.open, 'in', 'rw')", "false,bad argument #2 to 'io.open' (invalid mode)" },
        { "", "pcall(io.lines, 'none')", "false,none: No such file or directory" },
        { "", "pcall(io.input, 'none')", "false,cannot open file 'none' (No such file or directory)" },
        { "", "io.type(io.stdout), io.type(1), io.type(io.open('in'))", "file,nil,file" },
        { "f = io.open('in') f:close()", "io.type(f), tostring(f), pcall(f.read, f)",
            "closed file,file (closed),false,attempt to use a closed file" },
        { "f = io.open('in')", "f:read('n', 'n', 'n', 'n')", "12,31,-5.0,nil" },
        { "f = io.open('in')", "f:read('l', 'l', 'L', 'l')", "12 0x1F -.5e1 x,,last,nil" },
        { "f = io.open('in')", "f:read(2, 0, 100, 0)", "12,, 0x1F -.5e1 x\n\nlast,nil" },
        { "f = io.open('in')", "f:read('a'), f:read('a'), f:read('l')", "12 0x1F -.5e1 x\n\nlast,,nil" },
        { "f = io.open('in')", "f:seek('end'), f:seek('set', 3), f:read('n'), f:seek()", "21,3,31,7" },
        { "f = io.open('in')", "f:seek('set', -1)", "nil,Invalid argument,22" },
        { "f = io.open('in')", "pcall(f.seek, f, 'x')", "false,bad argument #2 to '?' (invalid option 'x')" },
        { "f = io.open('in')", "pcall(f.read, f, 'x')", "false,bad argument #2 to '?' (invalid format)" },
        { "f = io.open('in')", "f:write('x')", "nil,Bad file descriptor,9" },
        { "t = {} for n, x in io.lines('in', 'n', 1) do t[#t + 1] = n .. x end", "table.concat(t, '|')",
            "12 |31 |-5.0 " },
        { "f = io.open('out', 'w') f:setvbuf('full', 100) f:write('one\\n', 2, 2.0, 2.5) f:flush()",
            "io.open('out'):read('a'), f:close(), io.open('out', 'a'):write('!'):close(), io.open('out'):read('a')",
            "one\n222.5,true,true,one\n222.5!" },
        { "f = io.open('both', 'w+') f:write('hello') f:seek('set', 1)", "f:read(2), f:seek('cur')", "el,3" },
        { "f = io.tmpfile() f:write('x') f:seek('set')", "f:read('a')", "x" },
        { "io.output('out') io.write('a', 1) io.close() io.input('out')", "io.read('a')", "a1" },
        { "io.output('out') io.close()", "pcall(io.write, 'x')", "false,standard output file is closed" },
        { "", "io.close(io.stdout)", "nil,cannot close standard file" },
        { "", "os.remove('none')", "nil,none: No such file or directory,2" },
        { "io.open('a', 'w'):close()", "os.rename('a', 'b'), os.rename('a', 'b')",
            "true,nil,a: No such file or directory,2" },
        { "", "os.setlocale(), os.setlocale('C', 'all'), os.setlocale('xx'), pcall(os.setlocale, 'C', 'x')",
            "C,C,nil,false,bad argument #2 to 'os.setlocale' (invalid option 'x')" },
        { "", "os.getenv('AIRHIL_NONE'), type(os.getenv('PATH')), os.remove(os.tmpname()), os.execute() ",
            "nil,string,true,true" },
        { "", "pcall(require, 'none')",
            "false,module 'none' not found:\n\tno field package.preload['none']\n\tno file './none.lua'\n" +
            "\tno file './none/init.lua'\n\tno file './none.lua'\n\tno file './none/init.lua'" },
        { "io.open('bad.lua', 'w'):write('x ='):close()", "select(2, pcall(require, 'bad'))",
            "error loading module 'bad' from file './bad.lua':\n\t./bad.lua:1: unexpected symbol near <eof>" },
        { "package.preload.mine = function(...) return {...} end", "require('mine')[1], package.loaded.mine ~= nil",
            "mine,true" },
        { "", "package.searchpath('a.b', '?.x;?/y'), package.searchpath('in', './?')",
            "nil,./in" },
        { "", "package.loadlib('a', 'b')", "nil,dynamic libraries are not supported,absent" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_call_gives_what_lua_gives(string before, string expression, string expected)
    {
        using var folder = new TempFolder();
        folder.Write("in", "12 0x1F -.5e1 x\n\nlast");
        var outcome = await Airhil.In(
            folder, "lua", "-e",
            $"local out = io.stderr {before} local r = table.pack({expression}) " +
            "for i = 1, r.n do r[i] = tostring(r[i]) end out:write(table.concat(r, ','))");
        outcome.ShouldExitWith(0).Error.ShouldBe(expected);
    }

    [Fact]
    public async Task The_prompt_of_debug_debug_reads_chunks_until_cont()
    {
        using var folder = new TempFolder();
        // Standard input is empty here, so it goes on at once.
        (await Airhil.In(folder, "lua", "-e", "debug.debug() print('on')")).ShouldExitWith(0).Output.ShouldBe("on\n");
    }
}
