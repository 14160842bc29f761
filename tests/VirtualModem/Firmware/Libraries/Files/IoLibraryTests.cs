namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Files;

/// <summary>io and its files by rows that were read in L:lua/src/liolib.c.</summary>
public class IoLibraryTests
{
    [Theory]
    [InlineData("f:read(0)", "nil")]
    [InlineData("f:read('a'), f:read(0)", "one\\ntwo\\n\t0")]
    [InlineData("f:read(3, 0)", "0\tnil")]
    [InlineData("f:read('a'), f:read(0, 'a')", "one\\ntwo\\n\ta\t")]
    [InlineData("f:read()", "one")]
    [InlineData("f:read('*l', 'L', 'l', 'l')", "one\ttwo\\n\tnil")]
    [InlineData("f:read(100), f:read(1)", "one\\ntwo\\n\tnil")]
    [InlineData("f:read('a'), f:read('a')", "one\\ntwo\\n\t")]
    [InlineData("pcall(f.read, f, 'n')", "false\tbad argument #2 to '?' (invalid format)")]
    [InlineData("pcall(f.read, f, 1.5)", "false\tbad argument #2 to '?' (number has no integer representation)")]
    [InlineData("pcall(f.read, f, {})", "false\tbad argument #2 to '?' (string expected, got table)")]
    [InlineData("pcall(f.read, f, -1)", "false\tnot enough memory for buffer allocation")]
    public void Read_gives(string call, string expected) => OnFile("r", call, expected);

    [Theory]
    [InlineData("f:seek('end'), f:seek(), f:seek('set', 3), f:seek('cur', 100)", "8\t8\t3\t103")]
    [InlineData("f:seek('cur', -1)", "nil\t2\t2")]
    [InlineData("f:seek('end', 1), f:read(1), f:read(0)", "9\tnil\tnil")]
    [InlineData("pcall(f.seek, f, 'off')", "false\tbad argument #2 to '?' (invalid option 'off')")]
    [InlineData("f:write('ONE') == f, f:seek('end'), f:seek('set'), f:read('a')", "true\t8\t0\tONE\\ntwo\\n")]
    [InlineData("f:seek('set', 10), f:write('x') == f, f:seek('set', 8), f:read('a'):byte(1, -1)",
        "10\ttrue\t8\t0\t0\t120")]
    [InlineData("f:seek('end'), f:write('more') == f, f:seek('end')", "8\ttrue\t8")]
    [InlineData("f:flush()", "")]
    [InlineData("f:write(1, 2.5, 'x') == f, f:seek('set'), f:read(8)", "true\t0\t12.50000")]
    public void A_file_to_update_gives(string call, string expected) => OnFile("r+", call, expected);

    [Theory]
    [InlineData("f:close(), io.type(f), io.type(1), pcall(f.read, f)",
        "true\tclosed file\tnil\tfalse\tattempt to use a closed file")]
    [InlineData("f:__tostring(), f:__gc(), f:__tostring()", "file (00000001)\tnil\tfile (closed)")]
    [InlineData("f.name, type(getmetatable(f).__index), getmetatable(f).__gc", "nil\tfunction\tnil")]
    [InlineData("tostring(f):sub(1, 7)", "FILE*: ")]
    [InlineData("f:lines('L')(), f:lines(2)(), f:lines()(), (f:lines()())", "one\\n\ttw\to\tnil")]
    [InlineData("f:close(), io.lines('/f', 'a')(), pcall(io.lines, '/none')",
        "true\tone\\ntwo\\n\tfalse\tcannot open file '/none' (2)")]
    [InlineData("pcall(f.lines, f, table.unpack({}, 1, 251))", "false\tbad argument #252 to '?' (too many arguments)")]
    [InlineData("type(f:lines(table.unpack({}, 1, 250)))", "function")]
    [InlineData("pcall(io.lines)", "false\tbad argument #1 to '?' (FILE* expected, got nil)")]
    [InlineData("pcall(io.open, '/f', 'rb+')", "false\tbad argument #2 to '?' (invalid mode)")]
    [InlineData("io.type(io.open('/f', 'r+b')), io.type(io.open('/f', 'rbb'))", "file\tfile")]
    [InlineData("io.readFile('/f', 'rb', 4), io.readFile('/f', 'rb', 1, 2), io.readFile('/f', 'rb', 99)",
        "two\\n\tne\t")]
    [InlineData("#io.readFile('/f', 'rb', -3, -1)", "0")]
    [InlineData("(function() for i = 1, 105 do io.writeFile('/n' .. i, '') end " +
        "return #select(2, io.lsdir('/', 1000)), #select(2, io.lsdir('/', -1)) end)()", "100\t10")]
    [InlineData("io.writeFile('/f', 'x', 'ab'), io.readFile('/f')", "true\tone\\ntwo\\nx")]
    [InlineData("io.writeFile('/f', 'x', 'odd'), io.readFile('/f')", "true\txne\\ntwo\\n")]
    public void An_open_file_and_io_give(string call, string expected) => OnFile("r", call, expected);

    /// <summary>
    /// A name with a slash behind it, or with more that leads back to it: lfs_dir_find finds the name and not its
    /// number (littlefs 2.4 of luatos-soc-2022), and the port opens nothing that ends with a slash. The rows were
    /// compared with that code built for 32 bits.
    /// </summary>
    [Theory]
    [InlineData("io.open('/f/'), io.open('/f//', 'r'), (io.open('/f/', 'a'))", "nil\tnil\tnil")]
    [InlineData("io.open('/g/', 'w'), io.open('/f/../', 'r'), (io.open('', 'w'))", "nil\tnil\tnil")]
    [InlineData("io.open('/f/', 'w'), io.readFile('/f')", "nil\tone\\ntwo\\n")]
    [InlineData("io.exists('/f/'), io.exists('/f/.'), io.exists('/f/g/..'), io.exists('/f/g/../')",
        "false\tfalse\tfalse\tfalse")]
    [InlineData("io.exists('//f'), io.exists('/./f'), io.exists('/../f'), io.exists('/none/../f')",
        "true\ttrue\ttrue\ttrue")]
    [InlineData("io.fileSize('/f'), io.fileSize('/f/'), io.fileSize('/f/.')", "8\t0\t0")]
    [InlineData("io.open('/f/.', 'a'), (io.open('/f/.', 'r+'))", "nil\tnil")]
    [InlineData("io.open('/f/.', 'w'):write('x'):close(), io.readFile('/f')", "true\tone\\ntwo\\n")]
    [InlineData("os.remove('/f/./'), io.exists('/f')", "true\tfalse")]
    [InlineData("os.rename('/f/', '/g'), io.readFile('/g')", "true\tone\\ntwo\\n")]
    [InlineData("os.rename('/f', '/g/')", "nil\t2\t2")]
    [InlineData("io.mkdir('/d'), io.mkdir('/e'), (os.rename('/d', '/e/')), (os.rename('/d', '/e'))",
        "true\ttrue\tnil\ttrue")]
    [InlineData("select(2, io.mkdir('/d/')), select(2, io.mkdir('/e//')), select(2, io.mkdir('/d/'))", "0\t-2\t-17")]
    [InlineData("select(2, io.mkdir('/f/e')), select(2, io.rmdir('/none/')), select(2, io.rmdir('/'))",
        "-20\t-2\t-22")]
    public void A_path_with_odd_parts_gives(string call, string expected) => OnFile("r", call, expected);

    [Theory]
    [InlineData("io.exists('/f/.')", 1)]
    [InlineData("io.fileSize('/f/.')", 1)]
    [InlineData("os.rename('/g', '/f/')", 1)]
    [InlineData("io.exists('/./f'), io.exists('/d/'), os.remove('/f/')", 0)]
    public void A_file_with_more_behind_its_name_is_noticed(string call, int notices)
    {
        var bench = new FakeBench($$"""
            io.writeFile('/f', 'x')
            io.writeFile('/g', 'x')
            io.mkdir('/d')
            log.info({{call}})
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(1);
        bench.Notices.Count(text => text.Contains("behind its name", StringComparison.Ordinal)).ShouldBe(notices);
    }

    [Fact]
    public void The_end_of_io_lines_closes_the_file()
    {
        var lines = Lines(
            """
            local next = io.lines("/f")
            log.info("is", next()) log.info("is", next()) log.info("is", next()) log.info("is", pcall(next))
            """);
        lines.ShouldBe(
        [
            "I/user.is\tone", "I/user.is\ttwo", "I/user.is", "I/user.is\tfalse\tfile is already closed",
        ]);
    }

    [Theory]
    [InlineData("local f = io.open('/f', 'a') f:read(1)")]
    [InlineData("local f = io.open('/f', 'r') f:write('x')")]
    [InlineData("io.open('/f', 'r'):fill(zbuff.create(8), 5, 4)")]
    public void What_a_module_does_not_survive_is_noticed(string script)
    {
        var bench = new FakeBench("io.writeFile('/f', 'xx') " + script + " while true do rtos.receive(-1) end");
        bench.PowerOn().RunTo(1).Notices.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("b:toStr(0, 4), f:fill(b), b:toStr(0, 4)", "\0\0\0\0\ttrue\tone\\n")]
    [InlineData("f:fill(b, 2, 3)", "true\t3")]
    [InlineData("f:fill(b, 5, 8)", "true\t3")]
    [InlineData("f:fill(b, 0, -1)", "true\t8")]
    [InlineData("f:fill('x')", "")]
    public void Fill_reads_into_a_zbuff(string call, string expected) =>
        OnFile("r", call, expected, "local b = zbuff.create(8) ");

    private static void OnFile(string mode, string call, string expected, string before = "") =>
        Lines(
            $$"""
            local f = io.open("/f", "{{mode}}")
            {{before}}
            local function show(...)
                local o = {...}
                for i = 1, select("#", ...) do
                    if type(o[i]) == "string" then o[i] = o[i]:gsub("\n", "\\n") end
                end
                log.info("is", table.unpack(o, 1, select("#", ...)))
            end
            show({{call}})
            """).ShouldBe([expected.Length == 0 ? "I/user.is" : "I/user.is\t" + expected]);

    private static IEnumerable<string> Lines(string script) => new FakeBench(
        "io.writeFile('/f', 'one\\ntwo\\n') " + script + " while true do rtos.receive(-1) end")
        .PowerOn().RunTo(1).UserLines;
}
