using System.Xml.Linq;

namespace AirHil.Cli.Tests.Commands;

/// <summary>A call of a function that the model does not have is always noticed, even if pcall catches it.</summary>
public sealed class NotModelledTests
{
    private const string Swallows =
        """
        local sys = require("sys")
        local function safe(f, ...)
            return pcall(f, ...)
        end
        for i = 1, 3 do safe(eink.init, "st7735") end
        safe(mobile.vsimOnOff, true)
        log.info("lamp", "ready")
        sys.run()
        """;

    private const string Feature =
        """
        Feature: Lamp
          Scenario: It comes up
            Given the script "firmware"
            When power is applied
            Then within 5 s the log shows "ready"
        """;

    [Fact]
    public async Task A_strict_run_fails_and_names_function_line_and_count()
    {
        using var folder = new TempFolder();
        var script = folder.Script(Swallows);

        (await Airhil.In(folder, "run", script, "--for", "2s")).ShouldExitWith(0);
        var outcome = (await Airhil.In(folder, "run", script, "--for", "2s", "--strict")).ShouldExitWith(1);

        outcome.Error.ShouldContain("not modelled: eink.init at main.lua:3, 3 times");
        outcome.Error.ShouldContain("not modelled: mobile.vsimOnOff(true) at main.lua:3, once");
    }

    [Theory]
    [InlineData("eink.init,mobile.vsimOnOff", 0)]
    [InlineData("eink.init,mobile.vsimOnOff(true)", 0)]
    [InlineData("all", 0)]
    [InlineData("eink.init", 1)]
    [InlineData("lcd,mobile", 1)]
    public async Task A_strict_run_passes_if_every_call_is_allowed(string names, int exitCode)
    {
        using var folder = new TempFolder();

        (await Airhil.In(
            folder, "run", folder.Script(Swallows), "--for", "2s", "--strict", "--allow-unmodelled", names))
            .ShouldExitWith(exitCode);
    }

    [Fact]
    public async Task A_scenario_fails_and_says_how_to_allow_it()
    {
        using var folder = new TempFolder();
        folder.Script(Swallows);
        folder.Write("lamp.feature", Feature);

        var outcome = (await Airhil.In(folder, "test", "lamp.feature")).ShouldExitWith(1);

        outcome.Output.ShouldContain(
            "  eink.init at main.lua:3, 3 times\n  mobile.vsimOnOff(true) at main.lua:3, once\n");
        outcome.Output.ShouldContain("--allow-unmodelled eink.init,mobile.vsimOnOff");
        outcome.Output.ShouldContain("recorded: ");
    }

    [Fact]
    public async Task A_scenario_that_allows_the_calls_passes_and_shows_them_everywhere()
    {
        using var folder = new TempFolder();
        folder.Script(Swallows);
        folder.Write("lamp.feature", Feature.Replace(
            "When power is applied",
            "And the script may call \"mobile.vsimOnOff\" although it is not modelled\n    When power is applied",
            StringComparison.Ordinal));

        var outcome = (await Airhil.In(
            folder, "test", "lamp.feature", "--allow-unmodelled", "eink.init", "-o", "out")).ShouldExitWith(0);

        outcome.Output.ShouldContain("allowed, although not modelled: eink.init, mobile.vsimOnOff(true)\n1 passed");
        const string Line = "allowed, although not modelled: eink.init at main.lua:3, 3 times";
        var junit = XDocument.Load(Path.Combine(folder.Path, "out", "junit.xml"));
        junit.Descendants("system-out").Single().Value.ShouldContain(Line);
        File.ReadAllText(Path.Combine(folder.Path, "out", "messages.ndjson")).ShouldContain(Line);
    }

    [Fact]
    public async Task The_command_that_repeats_a_failure_allows_the_same_functions()
    {
        using var folder = new TempFolder();
        folder.Script(Swallows);
        folder.Write("lamp.feature", Feature);

        var outcome = (await Airhil.In(folder, "test", "lamp.feature", "--allow-unmodelled", "eink.init"))
            .ShouldExitWith(1);

        outcome.Output.ShouldContain("--seed 1 --allow-unmodelled eink.init");
        outcome.Output.ShouldNotContain("eink.init at main.lua");
    }
}
