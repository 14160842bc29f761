using System.Text.Json;

namespace AirHil.Cli.Tests.Commands.HuntCommands;

/// <summary>`airhil hunt`: what it finds is a feature that fails.</summary>
public sealed class HuntCommandTests
{
    private const string Forgetful =
        """
        sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        local up = false
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local client = websocket.create(nil, "ws://meter.example/feed")
          client:autoreconn(true, 3000)
          client:on(function(_, event)
            if event == "conack" then up = true elseif event == "disconnect" then up = false end
          end)
          uart.on(1, "receive", function(id)
            local no = uart.read(id, 100):match("R,(%d+)")
            if up and no then client:send(json.encode({no = tonumber(no)})) end
          end)
          client:connect()
        end)
        sys.run()
        """;

    private const string Feature =
        """
        Feature: Meter
          Scenario: It forwards
            Given the script "firmware"
            And a service at "ws://meter.example/feed" that stays silent
            And a settling time of 20 s
            And faults: coverage, connection reset
            When power is applied
            And 20 s passes
            And "R,{n}\n" arrives at UART 1 every 2 s
            And 40 s passes
            Then every "R,{no}" on UART 1 reaches the service as '{"no": no}' within 10 s
        """;

    private const string Quiet =
        """
        Feature: Meter
          Scenario: It is quiet
            Given the script "firmware"
            When power is applied
            And 20 s passes
            Then the log never receives more than 300 texts in 60 s
        """;

    [Theory]
    [InlineData("When 70368744177665 s passes", "is too long; the limit is 10,000 days")]
    [InlineData("Given a peer \"x.lua\" on UART 70368744177665", "is not a number from -2147483648 to 2147483647")]
    [InlineData("When it dances", "No binding fits \"it dances\"")]
    public async Task A_step_that_can_never_work_is_told_before_the_hunt(string step, string problem)
    {
        using var folder = new TempFolder();
        folder.Write("f.feature", $"Feature: F\n  Scenario: S\n    {step}\n");
        var outcome = (await Airhil.In(folder, "hunt", "f.feature", "--schedules", "1", "-o", "out")).ShouldExitWith(4);
        outcome.Error.ShouldStartWith($"airhil: f.feature:3: {step}: ");
        outcome.Error.ShouldContain(problem);
        Directory.Exists(Path.Combine(folder.Path, "out")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_found_fails_as_a_plain_test()
    {
        using var folder = Project();
        var outcome = (await Airhil.In(folder, "hunt", "meter.feature", "--schedules", "64", "--junit", "hunt.xml"))
            .ShouldExitWith(1);
        outcome.Output.ShouldStartWith(
            "FOUND  Meter / It forwards\n  expected that every \"R,{no}\" on UART 1 reaches the service as ");
        outcome.Output.ShouldContain("repeat it: airhil test airhil-hunt/meter-meter-it-forwards-1.feature\n");
        outcome.Output.ShouldNotContain("fault of AirHil");
        File.ReadAllText(Path.Combine(folder.Path, "hunt.xml")).ShouldContain("<failure");
        File.Exists(Path.Combine(folder.Path, "airhil-hunt", "meter-meter-it-forwards-1.ndjson.zst")).ShouldBeTrue();
        var page = File.ReadAllText(Path.Combine(folder.Path, "airhil-hunt", "hunt.html"));
        page.ShouldContain("airhil test airhil-hunt/meter-meter-it-forwards-1.feature");
        page.ShouldContain("<td>connection reset</td>");
        page.ShouldContain("<polyline");
        page.ShouldContain("<div class=\"chart\"><svg ");
        page.ShouldContain(".chart svg{min-width:960px}", customMessage: "a telephone scrolls a chart");
        var again = (await Airhil.In(folder, "test", "airhil-hunt")).ShouldExitWith(1);
        again.Output.ShouldContain("expected that every \"R,{no}\" on UART 1 reaches the service as ");
        again.Output.ShouldContain("has not arrived");
    }

    [Fact]
    public async Task What_an_earlier_hunt_found_stays()
    {
        using var folder = Project();
        var earlier = folder.Write("airhil-hunt/meter-meter-it-forwards-1.feature", "of an earlier hunt");
        for (var i = 0; i < 2; i++)
        {
            (await Airhil.In(folder, "hunt", "meter.feature", "--schedules", "64")).ShouldExitWith(1).Output
                .ShouldContain("repeat it: airhil test airhil-hunt/meter-meter-it-forwards-2.feature\n");
        }

        File.ReadAllText(Path.Combine(folder.Path, earlier)).ShouldBe("of an earlier hunt");
        Directory.GetFiles(Path.Combine(folder.Path, "airhil-hunt"), "*.feature").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_name_in_any_language_names_the_file_of_a_finding()
    {
        using var folder = Project();
        folder.Write("meter.feature", Feature.Replace("It forwards", "转发", StringComparison.Ordinal));
        (await Airhil.In(folder, "hunt", "meter.feature", "--schedules", "64")).ShouldExitWith(1);
        File.Exists(Path.Combine(folder.Path, "airhil-hunt", "meter-meter-转发-1.feature")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_corpus_brings_the_next_hunt_to_the_finding_at_once()
    {
        using var folder = Project();
        (await Airhil.In(folder, "hunt", ".", "--schedules", "64", "--corpus", "kept")).ShouldExitWith(1);
        var next = await Airhil.In(
            folder, "hunt", ".", "--schedules", "1", "--seed", "9", "--corpus", "kept", "--format", "json");
        JsonDocument.Parse(next.Lines[0]).RootElement.GetProperty("schedule").GetInt32().ShouldBe(1);
        var file = Directory.GetFiles(Path.Combine(folder.Path, "kept"), "*.schedules").ShouldHaveSingleItem();
        File.WriteAllText(file, "5s fly away\n");
        (await Airhil.In(folder, "hunt", ".", "--schedules", "1", "--corpus", "kept")).ShouldExitWith(4)
            .Error.ShouldContain("'fly away' is nothing that a rig can do");
    }

    [Fact]
    public async Task The_same_seed_finds_the_same_whatever_runs_at_once()
    {
        using var folder = Project();
        var one = await Airhil.In(folder, "hunt", ".", "--schedules", "128", "-j", "1", "--format", "json");
        var four = await Airhil.In(folder, "hunt", ".", "--schedules", "128", "-j", "4", "--format", "json");
        four.Output.ShouldBe(one.Output);
        var finding = JsonDocument.Parse(one.Lines[0]).RootElement;
        finding.GetProperty("faults").GetArrayLength().ShouldBeInRange(1, 2);
        finding.GetProperty("repeats").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_script_alone_is_hunted_by_generic_properties()
    {
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.timerStart(function() end, 1000) sys.run()");
        var outcome = (await Airhil.In(folder, "hunt", "firmware", "--schedules", "8")).ShouldExitWith(0);
        outcome.Output.ShouldContain("they were drawn from: coverage, power cut, reset, brown-out, radio, clock");
        outcome.Output.ShouldContain("\n0 found in 8 schedules in ");
    }

    [Fact]
    public async Task A_script_alone_may_have_quotes_in_its_path()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        using var folder = new TempFolder();
        folder.Write("a \"b\\c.lua", "sys = require('sys') sys.run()");
        (await Airhil.In(folder, "hunt", "a \"b\\c.lua", "--schedules", "1")).ShouldExitWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_alone_gets_its_surroundings_and_what_it_kept_is_tried()
    {
        using var folder = new TempFolder();
        folder.Script(Forgetful);
        var outcome = (await Airhil.In(folder, "hunt", "firmware", "--schedules", "64")).ShouldExitWith(0);
        outcome.Output.ShouldStartWith("note   the script has no feature; this one was learned from ");
        var feature = outcome.Output[outcome.Output.IndexOf("Feature: ", StringComparison.Ordinal)..];
        feature = feature[..feature.IndexOf("\n\n", StringComparison.Ordinal)];
        feature.ShouldContain("And a service at \"ws://meter.example/feed\" that echoes\n");
        feature.ShouldContain("And \"R,{n}\\r\\n\" arrives at UART 1 every 5 s\n");
        feature.ShouldContain("Then the module never restarts by itself\n");
        folder.Write("learned.feature", feature);
        (await Airhil.In(folder, "test", "learned.feature")).ShouldExitWith(0);
        outcome.Output.ShouldContain("MAYBE  firmware / firmware under faults\n");
        outcome.Output.ShouldContain("every \"R,{no}\" on UART 1 reaches the service as '{\"no\": no}' within 60 s");
        outcome.Output.ShouldContain("repeat it: airhil test airhil-hunt-maybe/");
        outcome.Output.ShouldNotContain("fault of AirHil");
        outcome.Output.ShouldContain("64 schedules break nothing else\n", customMessage: "a maybe is no finding");
        folder.Write("learned.feature", feature);
        (await Airhil.In(folder, "test", "learned.feature")).ShouldExitWith(0);
        (await Airhil.In(folder, "test", "airhil-hunt-maybe")).ShouldExitWith(1);
    }

    [Fact]
    public async Task A_host_where_nobody_answers_is_told()
    {
        using var folder = new TempFolder();
        folder.Script(
            """
            sys = require("sys")
            sys.taskInit(function()
              sys.waitUntil("IP_READY")
              mqtt.create(nil, "nobody.example", 1883):connect()
            end)
            sys.run()
            """);
        folder.Write("quiet.feature", Quiet);
        (await Airhil.In(folder, "hunt", "quiet.feature", "--schedules", "4")).ShouldExitWith(0).Output.ShouldStartWith(
            "note   Meter / It is quiet: nobody answers at mqtt://nobody.example, which the script calls; put a "
            + "service there in a feature, such as: Given a broker at \"mqtt://nobody.example\"\n");
    }

    [Fact]
    public async Task A_script_that_restarts_without_a_fault_is_told()
    {
        using var folder = new TempFolder();
        folder.Script(
            "sys = require('sys') log.info('up') sys.timerStart(function() error('boom') end, 1000) sys.run()");
        folder.Write("meter.feature", Quiet);
        var outcome = (await Airhil.In(folder, "hunt", "meter.feature", "--schedules", "4")).ShouldExitWith(0);
        outcome.Output.ShouldStartWith(
            "note   Meter / It is quiet: the module restarts by itself at 1.3 s without any fault: the Lua VM exited");
        outcome.Output.ShouldContain(
            "boom; mend that first, else the faults find a script that has just started\n");
    }

    [Fact]
    public async Task A_scenario_that_does_not_pass_is_no_ground_for_a_hunt()
    {
        using var folder = Project("error('boom')");
        var outcome = (await Airhil.In(folder, "hunt", "meter.feature", "--schedules", "8")).ShouldExitWith(1);
        outcome.Error.ShouldContain("Meter / It forwards cannot be hunted: it does not pass without faults: ");
    }

    [Theory]
    [InlineData("no.feature", 4)]
    [InlineData("meter.feature -k nothing", 5)]
    public async Task What_cannot_be_hunted_is_told(string arguments, int code)
    {
        using var folder = Project();
        (await Airhil.In(folder, ["hunt", .. arguments.Split(' ')])).ShouldExitWith(code).Error.ShouldNotBeEmpty();
    }

    private static TempFolder Project(string script = Forgetful)
    {
        var folder = new TempFolder();
        folder.Script(script);
        folder.Write("meter.feature", Feature);
        return folder;
    }
}
