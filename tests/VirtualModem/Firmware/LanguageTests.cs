namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>What the base library and the loader of V1112 do where it is not what plain Lua 5.3 does.</summary>
public sealed class LanguageTests
{
    /// <summary>The lines that a script prints in its first second.</summary>
    private static string[] Printed(string script, params (string Name, string Text)[] files)
    {
        var bench = Bench(script, files);
        return [.. bench.Lines.SkipWhile(line => !line.StartsWith("D/main loadlibs sys", StringComparison.Ordinal))
            .Skip(1)];
    }

    private static FakeBench Bench(string script, params (string Name, string Text)[] files) =>
        new FakeBench(new VirtualModem.Firmware.FirmwareImage(
            [new("main.lua", Bytes(script)), .. files.Select(f => KeyValuePair.Create(f.Name, Bytes(f.Text)))]))
            .PowerOn().RunTo(1);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    [Theory]
    [MemberData(nameof(LanguageRows.Expressions), MemberType = typeof(LanguageRows))]
    [MemberData(nameof(LanguageRows.Libraries), MemberType = typeof(LanguageRows))]
    public void An_expression_gives_what_v1112_gives(string part, string expression, string expected) =>
        Printed(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print(table.concat(r, ',')) while true do rtos.receive(-1) end")
            .ShouldContain(expected, part);

    [Fact]
    public void A_traceback_names_globals_by_the_code_and_functions_of_required_modules_by_their_module() =>
        Printed("""
            _G.sys = require("sys")
            local _, trace = xpcall(function() error("x") end, debug.traceback)
            print(trace)
            print(pcall(sys.wait))
            while true do rtos.receive(-1) end
            """).Take(2).ShouldBe([
            """
            main.lua:2: x
            stack traceback:
            	[C]: in global 'error'
            	main.lua:2: in function <main.lua:2>
            	[C]: in global 'xpcall'
            	main.lua:2: in main chunk
            	[C]: in ?
            """.ReplaceLineEndings("\n"),
            """
            false	attempt to yield from outside a coroutine
            stack traceback:
            	/lua/sys.lua: in function 'sys.check_task'
            	/lua/sys.lua: in function 'sys.wait'
            	[C]: in global 'pcall'
            	main.lua:4: in main chunk
            	[C]: in ?
            """.ReplaceLineEndings("\n")]);

    [Fact]
    public void An_assert_in_a_task_has_its_position() =>
        Printed("""
            sys = require("sys")
            sys.taskInit(function()
                sys.wait(100)
                assert(false, "sensor does not answer")
            end)
            sys.run()
            """)[0].ShouldBe(
            "E/user.coroutine.resume\tmain.lua:4: sensor does not answer\r\nstack traceback:\n" +
            "\t[C]: in global 'assert'\n\tmain.lua:4: in function <main.lua:2>");

    [Fact]
    public void The_log_style_shows_the_chunk_name_and_minus_one_for_a_script_without_lines() =>
        Printed("""
            sys = require("sys")
            log.style(1) log.info("a", "b") log.style(2) log.info("a", "b")
            log.style(1) sys.taskCB = nil require("sysplus").taskCB("nobody", {})
            load("log.info('c')", "=piece")()
            while true do rtos.receive(-1) end
            """).ShouldBe(["I/main.lua:2\ta\tb", "I/user.a\tmain.lua:2\tb", "E//lua/sysplus.lua:-1\tnobody\tno cb fun",
            "I/piece:1\tc"]);

    [Fact]
    public void A_module_name_of_20_bytes_is_found_with_a_notice_that_the_stack_is_overwritten()
    {
        var bench = Bench(
            "print(require('temperature_humidity_sensor')) while true do rtos.receive(-1) end",
            ("temperature_humidity_sensor.lua", "return 7"));
        bench.Lines.ShouldContain("7");
        bench.Notices.ShouldHaveSingleItem().ShouldStartWith("require looks for '/temperature_humidity_sensor.luac'");
        Bench("print(require('nineteen_characters')) while true do rtos.receive(-1) end",
            ("nineteen_characters.lua", "return 7")).Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_main_chunk_that_does_not_fit_the_heap_ends_as_on_the_module()
    {
        var words = string.Join(',', Enumerable.Range(0, 9000).Select(i => $"\"word{i}\""));
        var lines = Printed($"local words = {{{words}}}");
        lines[0].ShouldStartWith("E/mem memory allocation failed total 262136, used ");
        lines[1..3].ShouldBe(["E/main Luat: ", "E/main not enough memory"]);
    }

    [Fact]
    public void A_required_chunk_that_does_not_fit_the_heap_is_an_error_of_require()
    {
        var words = string.Join(',', Enumerable.Range(0, 9000).Select(i => $"\"word{i}\""));
        var lines = Printed(
            "print(pcall(require, 'words')) while true do rtos.receive(-1) end", ("words.lua", $"return {{{words}}}"));
        lines[^1].ShouldBe(
            "false\terror loading module 'words' from file '/luadb/words.lua':\n\tnot enough memory");
    }

    [Fact]
    public void A_module_is_loaded_again_after_unload_and_kept_in_the_registry() =>
        Printed("""
            print(require("counter"), require("counter"), debug.getregistry()._LOADED.counter)
            unload("counter")
            print(debug.getregistry()._LOADED.counter, require("counter"))
            print(require("silent"), require("itself"))
            while true do rtos.receive(-1) end
            """, ("counter.lua", "N = (N or 0) + 1 return N"), ("silent.lua", ""),
            ("itself.lua", "debug.getregistry()._LOADED[...] = 'own'"))
            .ShouldBe(["1\t1\t1", "nil\t2", "true\town"]);
}
