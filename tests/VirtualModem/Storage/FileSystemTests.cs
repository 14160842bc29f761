namespace AirHil.VirtualModem.Tests.Storage;

/// <summary>The four mounts by rows that were read in L:luat/vfs and S:interface/src/luat_fs_ec618.c.</summary>
public class FileSystemTests
{
    [Fact]
    public void A_file_reaches_the_flash_when_it_is_closed()
    {
        var bench = new FakeBench(
            """
            local f = io.open("/a.txt", "w")
            f:write("one\n", 2, "\n")
            log.info("open", io.fileSize("/a.txt"))
            f:close()
            log.info("closed", io.fileSize("/a.txt"), io.exists("/a.txt"))
            for line in io.lines("/a.txt") do log.info("line", line) end
            f = io.open("/a.txt", "a+") f:write("three") f:seek("set", 0) log.info("all", #f:read("*a")) f:close()
            log.info("gone", os.remove("/a.txt"), io.readFile("/a.txt"))
            log.info("none", io.open("/b.txt"))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(1);
        bench.UserLines.ShouldBe(
        [
            "I/user.open\t0", "I/user.closed\t6\ttrue", "I/user.line\tone", "I/user.line\t2", "I/user.all\t11",
            "I/user.gone\ttrue", "I/user.none\tnil\t/b.txt: 2\t2",
        ]);
    }

    [Fact]
    public void Each_mount_has_its_name()
    {
        var script = "for _, m in ipairs(io.lsmount()) do log.info('m', m.path, m.fs) end";
        Lines(script).Where(line => line.StartsWith("I/user.m", StringComparison.Ordinal)).ShouldBe(
            ["I/user.m\t\tec618", "I/user.m\t/lua/\tinline", "I/user.m\t/ram/\tram", "I/user.m\t/luadb/\tluadb"]);
    }

    [Theory]
    [InlineData("fs.fsstat()", "true\t72\t2\t4096\tlfs")]
    [InlineData("fs.fsstat('/luadb')", "true\t72\t2\t4096\tlfs")]
    [InlineData("select(2, fs.fsstat('/luadb/x')), select(4, fs.fsstat('/luadb/'))", "256\t512\tluadb")]
    [InlineData("fs.fsstat('/lua/')", "true\t0\t0\t512\tinline")]
    [InlineData("io.writeFile('/ram/x', ('x'):rep(1025)), fs.fsstat('/ram/')", "true\ttrue\t64\t2\t1024\tram")]
    public void Fsstat_tells_of_each_mount(string call, string expected) => Shows(call, expected);

    [Theory]
    [InlineData("io.mkdir('/a'), fs.mkdir('/b/c')", "true\t-2")]
    [InlineData("fs.mkdir('/d'), fs.mkdir('/d/'), fs.mkdir('x'), fs.mkdir('/' .. ('y'):rep(63))", "0\t-17\t-2\t-2")]
    [InlineData("fs.mkdir('/d'), io.writeFile('/d/f', 'abc'), fs.rmdir('/d'), fs.rmdir('/d/f'), fs.rmdir('/d')",
        "0\ttrue\t-39\t0\t0")]
    [InlineData("fs.rmdir('/no'), fs.rmdir('/luadb/main.lua'), fs.fsize('/no'), fs.fsize('/')", "-2\t0\t0\t0")]
    [InlineData("io.writeFile('/f', 'abc'), fs.fsize('/f'), fs.fsize('/luadb/main.lua') > 0", "true\t3\ttrue")]
    [InlineData("pcall(fs.fsize)", "false\tbad argument #1 to '?' (string expected, got no value)")]
    [InlineData("pcall(fs.rmdir, {})", "false\tbad argument #1 to '?' (string expected, got table)")]
    [InlineData("io.mkdir('a')", "false\t-2")]
    [InlineData("io.mkdir('/')", "false\t-2")]
    [InlineData("io.mkdir('')", "false\t-2")]
    [InlineData("io.mkdir('/' .. ('x'):rep(62))", "true\t0")]
    [InlineData("io.mkdir('/' .. ('x'):rep(63))", "false\t-2")]
    [InlineData("io.mkdir('/a/')", "true\t0")]
    [InlineData("(io.mkdir('/a')), io.mkdir('/a/')", "true\tfalse\t-17")]
    [InlineData("io.writeFile('/f', ''), io.mkdir('/f/g')", "true\tfalse\t-20")]
    [InlineData("io.rmdir('/')", "false\t-22")]
    [InlineData("io.rmdir('/none')", "false\t-2")]
    [InlineData("(io.mkdir('/a')), io.writeFile('/a/f', ''), io.rmdir('/a')", "true\ttrue\tfalse\t-39")]
    [InlineData("io.writeFile('/f', ''), io.rmdir('/f')", "true\ttrue\t0")]
    [InlineData("io.mkdir('/ram/a')", "true\t0")]
    [InlineData("io.mkdir('/luadb/a')", "true\t0")]
    [InlineData("io.rmdir('/lua/a')", "true\t0")]
    public void Folders_have_the_numbers_of_littlefs(string call, string expected) => Shows(call, expected);

    [Theory]
    [InlineData("os.remove('/ram/none')", "true")]
    [InlineData("os.rename('/ram/none', '/ram/x')", "true")]
    [InlineData("os.rename('/ram/a', '/ram/' .. ('x'):rep(32))", "nil\t2\t2")]
    [InlineData("os.remove('/luadb/main.lua')", "nil\t/luadb/main.lua: 2\t2")]
    [InlineData("os.remove('/lua/sys.lua')", "nil\t/lua/sys.lua: 2\t2")]
    [InlineData("io.writeFile('/a', 'x'), os.rename('/a', '/ram/a')", "true\tnil\t2\t2")]
    [InlineData("io.writeFile('/a', 'x'), os.rename('/a', '/b'), io.readFile('/b')", "true\ttrue\tx")]
    [InlineData("io.writeFile('/a', 'x'), io.writeFile('/b', 'y'), os.rename('/a', '/b'), io.readFile('/b')",
        "true\ttrue\ttrue\tx")]
    [InlineData("io.writeFile('/a', 'x'), (io.mkdir('/d')), os.rename('/a', '/d')", "true\ttrue\tnil\t2\t2")]
    [InlineData("(io.mkdir('/d')), os.rename('/d', '/e'), io.mkdir('/e')", "true\ttrue\tfalse\t-17")]
    [InlineData("os.rename('/', '/x')", "nil\t2\t2")]
    public void Names_change_as_each_mount_does_it(string call, string expected) => Shows(call, expected);

    [Theory]
    [InlineData("#io.readFile('/lua/sys.lua'), io.fileSize('/lua/sysplus.lua')", "4969\t2657")]
    [InlineData("io.readFile('/./x/.././luadb/../f') == nil, io.writeFile('/x/../f', 'x'), io.fileSize('//f')",
        "true\ttrue\t1")]
    [InlineData("io.writeFile('/f/', 'x')", "")]
    [InlineData("io.writeFile('/' .. ('x'):rep(255), 'x'), io.writeFile('/' .. ('x'):rep(256), 'x')", "true")]
    [InlineData("io.writeFile('/f\\0rest', 'x'), io.exists('/f')", "true\ttrue")]
    [InlineData("io.writeFile('/\\137\\233', 'x'), io.lsdir('/')", "true\ttrue\t1: \\137\\233 1 0")]
    public void Paths_are_read_as_littlefs_reads_them(string call, string expected) => Shows(call, expected);

    [Theory]
    [InlineData("io.lsdir('/none')", "true\t0:")]
    [InlineData("(io.mkdir('/d')), io.writeFile('/d/b', 'xx'), io.writeFile('/d/a', 'x'), io.lsdir('/d/')",
        "true\ttrue\ttrue\ttrue\t2: a 1 0, b 2 0")]
    [InlineData("(io.mkdir('/d')), io.writeFile('/d/a', 'x'), io.lsdir('/d')", "true\ttrue\ttrue\t1: a 0 0")]
    [InlineData("(io.mkdir('/d')), io.writeFile('/d/a', 'x'), io.lsdir('/d/', 10, 2)",
        "true\ttrue\ttrue\t1: a 1 0")]
    [InlineData("(io.mkdir('/d')), io.writeFile('/d/a', 'x'), io.lsdir('/d/', 10, 3)", "true\ttrue\ttrue\t0:")]
    [InlineData("(io.mkdir('/d')), io.lsdir('/')", "true\ttrue\t1: d 0 1")]
    [InlineData("io.lsdir('/lua/')", "true\t0:")]
    [InlineData("#select(2, io.lsdir('/luadb/', -1)), select(2, io.lsdir('/luadb/'))[1].name", "1\tmain.lua")]
    [InlineData("io.lsdir('/luadb/', 10, 1)", "true\t0:")]
    public void Listings_are_those_of_each_mount(string call, string expected) => Shows(call, expected);

    [Fact]
    public void Sixteen_files_are_open_at_most_and_only_the_script_closes_one()
    {
        var lines = Lines(
            """
            for i = 1, 16 do io.open("/f" .. i, "w") end
            collectgarbage() collectgarbage()
            log.info("is", io.open("/f17", "w"))
            log.info("is", io.exists("/f1"))
            """).ToList();
        lines.ShouldContain("E/vfs fopen /f17 w too many open file!!!");
        lines.ShouldContain("D/vfs fopen /f17 w not found");
        lines.ShouldContain("I/user.is\tnil\t/f17: 2\t2");
        lines.ShouldContain("I/user.is\tfalse");
    }

    [Theory]
    [InlineData("io.open('/luadb/main.lua', 'w')", "W/luadb /luadb is readonly main.lua w")]
    [InlineData("io.lsdir('/lua/')", "D/vfs such mount not support lsdir")]
    [InlineData("io.mkfs('/')", "E/vfs no such mount point /")]
    [InlineData("io.mkfs('/ram/')", "E/vfs no such mount point /ram/")]
    [InlineData("io.writeFile('/ram/x', ('x'):rep(100000)) for i = 1, 2 do local f = io.open('/ram/x', 'a') " +
        "f:seek('set', 250000) log.info('is', f:write('x')) end", "W/fs /ram out of sys memory!!")]
    [InlineData("dofile('/none.lua')", "D/vfs fopen /none.lua r not found")]
    public void The_firmware_logs_what_it_refuses(string script, string line) => Lines(script).ShouldContain(line);

    /// <summary>
    /// fs.mount finds the kinds that luat_fs_init registers; what is mounted again shows the same files.
    /// </summary>
    [Theory]
    [InlineData("fs.mount('', 'ec618', '/x/', ''), io.writeFile('/a', 'one'), io.readFile('/x/a')", "0\ttrue\tone")]
    [InlineData("fs.mount('', 'ram', '/r/', ''), io.writeFile('/ram/f', 'x'), io.readFile('/r/f')", "0\ttrue\tx")]
    [InlineData("fs.mount('', 'inline', '/l/', ''), io.exists('/l/sys.lua')", "0\ttrue")]
    [InlineData("fs.mount('', 'ram', '/r/', ''), io.lsmount()[5].path, io.lsmount()[5].fs", "0\t/r/\tram")]
    [InlineData("fs.mount('', 'onefile', '/sd', '')", "-1")]
    [InlineData("fs.umount(''), fs.umount('/ram/'), fs.umount('/luadb/'), fs.umount('/lua/'), fs.umount('/x')",
        "0\t0\t0\t-1\t-1")]
    [InlineData("fs.umount('/ram/'), io.writeFile('/ram/f', 'x'), #io.lsmount()", "0\ttrue\t4")]
    [InlineData("fs.mkfs('', 'ec618')", "-1")]
    [InlineData("pcall(fs.mount, '', 'ram', '/r/')",
        "false\tbad argument #4 to '?' (string expected, got no value)")]
    [InlineData("pcall(fs.mkfs, 'x')", "false\tbad argument #2 to '?' (string expected, got no value)")]
    [InlineData("pcall(fs.umount)", "false\tbad argument #1 to '?' (string expected, got no value)")]
    public void Fs_mounts_what_the_firmware_has(string call, string expected) => Shows(call, expected);

    [Theory]
    [InlineData("fs.mount('', 'onefile', '/sd', '')", "E/vfs no such filesystem onefile")]
    [InlineData("for i = 1, 5 do log.info('is', fs.mount('', 'ram', '/r' .. i, '')) end",
        "E/vfs too many filesystem mounted!!")]
    [InlineData("for i = 1, 5 do log.info('is', fs.mount('', 'ram', '/r' .. i, '')) end", "I/user.is\t-2")]
    [InlineData("fs.umount('/x')", "E/vfs no such mount point /x")]
    [InlineData("fs.umount('/lua/')", "E/vfs no such mount point /lua/")]
    [InlineData("fs.mkfs('', '')", "E/vfs no such mount point (null)")]
    public void A_mount_that_fails_is_logged(string script, string line) => Lines(script).ShouldContain(line);

    [Theory]
    [InlineData("fs.mkfs('', 'ec618')")]
    [InlineData("fs.mount('', 'ram', '/a-long-name-of/', '')")]
    public void What_leaves_its_memory_is_noticed(string script) =>
        new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(1).Notices.Count.ShouldBe(1);

    [Theory]
    [InlineData("lfs2")]
    [InlineData("luadb")]
    public void A_mount_of_memory_that_a_script_cannot_have_fails_by_its_name(string kind) =>
        Lines($"fs.mount('', '{kind}', '/x/', '')").ShouldContain(line => line.Contains(
            $"fs.mount(…, '{kind}', …) is not modelled by this virtual Air780E", StringComparison.Ordinal));

    [Fact]
    public void A_format_removes_everything() =>
        Shows("io.writeFile('/a', 'x'), (io.mkfs('')), io.exists('/a'), fs.fsstat()",
            "true\ttrue\tfalse\ttrue\t72\t2\t4096\tlfs");

    private static void Shows(string call, string expected) =>
        Lines(
            $$"""
            local function text(v)
                if type(v) ~= "table" then return v end
                local o = {}
                for i, e in ipairs(v) do o[i] = " " .. e.name:gsub("[\128-\255]", function(c)
                    return "\\" .. c:byte() end) .. " " .. e.size .. " " .. e.type end
                return #v .. ":" .. table.concat(o, ",")
            end
            local function show(...)
                local o = {...}
                for i = 1, select("#", ...) do o[i] = text(o[i]) end
                log.info("is", table.unpack(o, 1, select("#", ...)))
            end
            show({{call}})
            """).ShouldContain(expected.Length == 0 ? "I/user.is" : "I/user.is\t" + expected);

    private static IEnumerable<string> Lines(string script) =>
        new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(1).Lines;
}
