using System.Text.Json;

namespace AirHil.Cli.Tests.Corpus;

public class CorpusCommandTests
{
    private const string Whole =
        "_G.sys = require 'sys'\nsys.taskInit(function() while true do sys.wait(1000) end end)\nsys.run()\n";

    [Fact]
    public async Task Each_project_is_told_with_what_stops_it_and_the_totals_follow()
    {
        using var folder = new TempFolder();
        folder.Write("all/clock/main.lua", Whole);
        folder.Write("all/bus/main.lua", "pcall(eink.init)\n" + Whole);
        folder.Write("all/deep/er/main.lua", "require 'vendor_library'\n" + Whole);
        folder.Write("all/broken/main.lua", "error('no luck')\n");
        folder.Write("all/notes/readme.md", "no project");

        var result = await Airhil.In(folder, "corpus", "all", "--for", "5s");

        result.ExitCode.ShouldBe(0);
        var lines = result.Output.Split('\n');
        lines[0].ShouldStartWith("error");
        lines[0].ShouldContain("main.lua:1: no luck");
        lines[1].ShouldStartWith("not modelled");
        lines[1].ShouldContain("eink.init");
        lines[2].ShouldBe("whole         all/clock");
        lines[3].ShouldStartWith("no module");
        lines[3].ShouldEndWith("vendor_library");
        result.Output.ShouldContain("4 projects: 1 whole, 1 not modelled, 1 no module, 1 error\n");
        result.Output.ShouldContain("    1 (1)  module 'vendor_library' not found\n");
        result.Output.ShouldContain("    1 (1)  eink.init\n");
    }

    [Fact]
    public async Task What_the_module_does_not_have_either_is_no_fault_of_the_script()
    {
        using var folder = new TempFolder();
        folder.Write("all/call/main.lua", "wlan.init()\nlog.info('mac', wlan.getMac())\n" + Whole);
        folder.Write("all/global/main.lua", "nimble.init()\n" + Whole);
        folder.Write("all/own/main.lua", "local t = {}\nt.getMac()\n" + Whole);
        folder.Write("all/typo/main.lua", "nimbel.init()\n" + Whole);

        var result = await Airhil.In(folder, "corpus", "all", "--for", "1s");

        var lines = result.Output.Split('\n');
        lines[0].ShouldBe("not on module all/call    wlan.getMac");
        lines[1].ShouldBe("not on module all/global  nimble");
        lines[2].ShouldStartWith("error");
        lines[3].ShouldStartWith("error");
        result.Output.ShouldContain("4 projects: 0 whole, 2 not on module, 2 error\n");
        result.Output.ShouldContain("    1 (1)  V1112 has no nimble\n");
        var newer = await Airhil.In(folder, "corpus", "all", "--for", "1s", "--firmware", "V1120");
        newer.Output.ShouldContain("    1 (1)  V1120, with the functions of V1112, has no nimble\n");
    }

    [Fact]
    public async Task Folders_can_be_left_out_and_links_are_not_followed()
    {
        using var folder = new TempFolder();
        folder.Write("all/one/main.lua", Whole);
        folder.Write("all/other_chip/deep/main.lua", Whole);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "all", "loop"), Path.Combine(folder.Path, "all"));

        var result = await Airhil.In(folder, "corpus", "all", "--for", "1s", "--except", "other_chip");

        result.Output.ShouldContain("1 project: 1 whole\n");
    }

    [Fact]
    public async Task The_projects_run_on_another_firmware()
    {
        using var folder = new TempFolder();
        folder.Write("all/one/main.lua", "assert(rtos.version() == 'V1116', rtos.version())\n" + Whole);

        var newer = await Airhil.In(folder, "corpus", "all", "--for", "1s", "--firmware", "V1116");
        newer.Output.ShouldContain("1 project: 1 whole\n");
        (await Airhil.In(folder, "corpus", "all", "--for", "1s")).Output.ShouldContain("V1112");
        (await Airhil.In(folder, "corpus", "all", "--firmware", "V1")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task Libraries_and_the_layouts_of_projects_are_known()
    {
        using var folder = new TempFolder();
        folder.Write("all/split/user/main.lua", "require 'mine' require 'theirs' require 'libnet'\n" + Whole);
        folder.Write("all/split/lib/mine.lua", "return {}");
        folder.Write("all/listed/work/main.txt", "no script");
        folder.Write("all/listed/p.ini", "[info]\ntype = .soc\n[D:\\work]\nmain.lua =\n");
        folder.Write("all/listed/work/main.lua", Whole);
        folder.Write("vendor/theirs.lua", "return {}");

        var result = await Airhil.In(folder, "corpus", "all", "--for", "1s", "--lib", "vendor");
        result.Output.ShouldContain("whole         all/listed\n");
        result.Output.ShouldContain("whole         all/split\n");
        result.Output.ShouldContain("3 projects: 3 whole\n"); // the listed one and its folder with main.lua

        var without = await Airhil.In(folder, "corpus", "all", "--for", "1s");
        without.Output.ShouldContain("no module     all/split        theirs\n");
        without.Output.ShouldContain("note: a module that is the vendor's library comes from a folder: --lib DIR");
    }

    [Fact]
    public async Task As_json_each_project_is_an_object()
    {
        using var folder = new TempFolder();
        folder.Write("all/bus/main.lua", "eink.init()\n");

        var result = await Airhil.In(folder, "corpus", "all", "--for", "1s", "--format", "json");

        var project = JsonDocument.Parse(result.Output).RootElement;
        project.GetProperty("outcome").GetString().ShouldBe("not modelled");
        project.GetProperty("names")[0].GetString().ShouldBe("eink.init");
    }

    [Theory]
    [InlineData("missing", 4, "there is no folder 'missing'")]
    [InlineData(".", 5, "holds a main.lua")]
    public async Task Without_a_project_the_command_says_so(string where, int code, string text)
    {
        using var folder = new TempFolder();

        var result = await Airhil.In(folder, "corpus", where);

        result.ExitCode.ShouldBe(code);
        result.Error.ShouldContain(text);
    }
}
