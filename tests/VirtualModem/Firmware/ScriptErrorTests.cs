using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware;

public class ScriptErrorTests
{
    private static string[] Tail(FakeBench bench) =>
        bench.Lines.SkipWhile(line => !line.StartsWith("E/main Luat", StringComparison.Ordinal)).Take(3).ToArray();

    [Fact]
    public void An_error_in_the_main_chunk_ends_the_vm_and_reboots_15_s_later()
    {
        var bench = new FakeBench("local t = nil\nt.x = 1").PowerOn().RunTo(16);
        Tail(bench).ShouldBe(
            [
                "E/main Luat: ", "E/main main.lua:2: attempt to index a nil value (local 't')",
                "E/main Lua VM exit!! reboot in 15000ms",
            ]);
        bench.Starts.Count.ShouldBe(2);
        (bench.Starts[1].At - bench.Line("E/main Lua VM exit").At).TotalSeconds.ShouldBe(15, 0.001);
    }

    [Fact]
    public void An_error_in_a_task_leaves_the_others_500_ms()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.timerLoopStart(function() log.info("alive") end, 200)
            sys.taskInit(function() sys.wait(100) error("boom") end)
            sys.run()
            """).PowerOn().RunTo(3);
        bench.Line("E/user.coroutine.resume\tmain.lua:3: boom\r\nstack traceback:");
        (bench.Line("E/main Luat: ").At - bench.Line("E/user.coroutine.resume").At).TotalMilliseconds.ShouldBe(500, 2);
        bench.UserLines.Count(line => line == "I/user.alive").ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void An_error_in_a_callback_ends_the_vm_at_once()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.timerStart(function() error("boom") end, 100)
            sys.run()
            """).PowerOn().RunTo(3);
        Tail(bench).ShouldBe(["E/main Luat: ", "E/main main.lua:2: boom", "E/main Lua VM exit!! reboot in 15000ms"]);
    }

    [Fact]
    public void A_script_without_sys_run_just_ends()
    {
        var bench = new FakeBench("log.info('done')").PowerOn().RunTo(3);
        bench.Lines.ShouldNotContain("E/main Luat: ");
        bench.Line("E/main Lua VM exit!! reboot in 15000ms");
    }

    [Fact]
    public void Without_main_lua_the_module_hints_and_exits()
    {
        var bench = new FakeBench(new VirtualModem.Firmware.FirmwareImage([])).PowerOn().RunTo(10);
        Tail(bench)[1].ShouldBe("E/main module 'main' not found");
    }

    [Fact]
    public void A_plain_file_shows_its_path_where_the_parameter_says_so()
    {
        var bench = new FakeBench("error('x')", new ModemParameters { PlainFileChunkNames = true }).PowerOn().RunTo(3);
        Tail(bench)[1].ShouldBe("E/main /luadb/main.lua:1: x");
    }

    [Fact]
    public void A_function_that_is_not_modelled_fails_by_its_name()
    {
        var bench = new FakeBench("eink.init(9)").PowerOn().RunTo(3);
        Tail(bench)[1].ShouldContain("eink.init is not modelled");
        bench.NotModelled.ShouldBe([new("eink.init", "main.lua:1", 1)]);
    }

    [Fact]
    public void Require_reports_missing_and_broken_modules_as_the_module_does()
    {
        var image = new VirtualModem.Firmware.FirmwareImage(
        [
            new("main.lua",
                ("print(pcall(require, 'nope'))\nprint(pcall(require, 'bad'))\n"u8 +
                "print(require('good').x, require('good') == require('good'))\n"u8 +
                "while true do rtos.receive(-1) end"u8).ToArray()),
            new("bad.lua", "x = = 1"u8.ToArray()),
            new("good.lua", "return {x = 7}"u8.ToArray()),
        ]);
        var bench = new FakeBench(image).PowerOn().RunTo(1);
        var lines = bench.Lines.ToArray();
        lines[^3].ShouldBe("false\tmodule 'nope' not found");
        lines[^2].ShouldBe(
            "false\terror loading module 'bad' from file '/luadb/bad.lua':\n\tbad.lua:1: unexpected symbol near '='");
        lines[^1].ShouldBe("7\ttrue");
    }

    [Fact]
    public void A_main_lua_in_the_root_overrides_the_download_at_the_next_start()
    {
        var bench =
            new FakeBench(
                "log.info('first') io.writeFile('/main.lua', \"log.info('second') while true do rtos.receive(-1) " +
                "end\") rtos.reboot()").PowerOn().RunTo(3);
        bench.UserLines.ShouldBe(["I/user.first", "I/user.second"]);
    }
}
