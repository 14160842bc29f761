using System.Text.Json;
using System.Xml.Linq;

namespace AirHil.Cli.Tests.Output;

/// <summary>What `airhil test` leaves behind, and what it leaves out on a wall clock.</summary>
public sealed class TestOutputTests
{
    private const string Mixed =
        """
        Feature: Mixed

          Scenario: It prints
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 3 s the log shows "hello"

          Scenario: It fails
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 1 s the log shows "never"

          @long
          Scenario: It takes its time
            When 1 s passes

          @needs-virtual-time
          Scenario: It takes hours
            When 1 s passes
        """;

    /// <summary>What the rig says is for the author of the feature: no type of .NET stands before it.</summary>
    [Theory]
    [InlineData("When \"x\" arrives at UART 64", "a UART has a number from 0 to 63, not 64")]
    [InlineData("When \"x\" arrives at UART -1", "a UART has a number from 0 to 63, not -1")]
    [InlineData("Given random faults for 500 ms, set 1", "random faults take a run of 1 s or longer")]
    [InlineData("Then at most -1 files are open", "expected at most -1 open files; there are 0. A file stays open")]
    [InlineData("Then within 1 s the log shows \"never\"", "expected the log to show 'never' within 1 s")]
    public async Task A_step_that_fails_is_told_in_words(string step, string told)
    {
        using var folder = With(
            Mixed.Replace("Then within 1 s the log shows \"never\"", step, StringComparison.Ordinal));
        var outcome = (await Airhil.In(folder, "test", "mixed.feature", "-k", "fails")).ShouldExitWith(1);
        outcome.Output.ShouldContain("\n" + told);
    }

    [Fact]
    public async Task A_folder_of_reports_has_the_page_junit_messages_and_the_failures_recording()
    {
        using var folder = With(Mixed);
        var outcome = (await Airhil.In(folder, "test", "mixed.feature", "-o", "out")).ShouldExitWith(1);

        outcome.Error.ShouldContain("report: " + Path.Combine("out", "report.html"));
        var page = File.ReadAllText(Path.Combine(folder.Path, "out", "report.html"));
        page.ShouldStartWith("<!doctype html>", Case.Insensitive);
        page.ShouldNotContain("http://");
        var suite = XDocument.Load(Path.Combine(folder.Path, "out", "junit.xml")).Descendants("testsuite").Single();
        suite.Attribute("tests")!.Value.ShouldBe("4");
        suite.Attribute("failures")!.Value.ShouldBe("1");
        foreach (var line in File.ReadLines(Path.Combine(folder.Path, "out", "messages.ndjson")))
        {
            JsonDocument.Parse(line).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        }

        var recording = Directory.GetFiles(Path.Combine(folder.Path, "out", "sessions")).ShouldHaveSingleItem();
        outcome.Output.ShouldContain("recorded: " + Path.Combine("out", "sessions", Path.GetFileName(recording)));
        (await Airhil.In(folder, "replay", recording)).ShouldExitWith(0).Output.ShouldContain("the same: ");
    }

    [Fact]
    public async Task Every_scenario_is_recorded_on_demand_and_stands_in_for_the_module_afterwards()
    {
        using var folder = With(Mixed);
        (await Airhil.In(folder, "test", "mixed.feature", "-k", "It prints", "--record", "kept")).ShouldExitWith(0);
        Directory.GetFiles(Path.Combine(folder.Path, "kept")).ShouldHaveSingleItem();

        var outcome = (await Airhil.In(folder, "test", "mixed.feature", "--target", "recorded:kept")).ShouldExitWith(0);
        outcome.Output.ShouldContain("1 passed, 0 failed, 3 skipped");

        (await Airhil.In(folder, "test", "--target", "recorded:nowhere", "mixed.feature")).ShouldExitWith(4).Error
            .ShouldContain("there is no recording 'nowhere'");
    }

    [Fact]
    public async Task A_recording_is_exported_for_other_tools()
    {
        using var folder = With(Mixed);
        await Airhil.In(folder, "test", "mixed.feature", "-k", "It prints", "--record", "kept");
        var session = Directory.GetFiles(Path.Combine(folder.Path, "kept")).ShouldHaveSingleItem();

        (await Airhil.In(
            folder, "export", session, "--html", "s.html", "--pcapng", "s.pcapng", "--vcd", "s.vcd")).ShouldExitWith(0);
        File.ReadAllText(Path.Combine(folder.Path, "s.html")).ShouldContain("Mixed / It prints");
        File.ReadAllBytes(Path.Combine(folder.Path, "s.pcapng"))[..4].ShouldBe([0x0A, 0x0D, 0x0D, 0x0A]);
        File.ReadAllText(Path.Combine(folder.Path, "s.vcd")).ShouldContain("$enddefinitions $end");

        (await Airhil.In(folder, "compare", session, session, "--html", "two.html")).ShouldExitWith(0);
        File.Exists(Path.Combine(folder.Path, "two.html")).ShouldBeTrue();
        (await Airhil.In(folder, "export", session)).ShouldExitWith(4).Error.ShouldContain("nothing to write");
        (await Airhil.In(folder, "export", "none.ndjson", "--vcd", "s.vcd")).ShouldExitWith(4).Error
            .ShouldContain("there is no session 'none.ndjson'");
    }

    [Fact]
    public async Task A_dry_run_tells_what_a_target_leaves_out_and_why()
    {
        using var folder = With(Mixed);
        var outcome =
            (await Airhil.In(folder, "test", "mixed.feature", "--clock", "wall", "--dry-run")).ShouldExitWith(0);
        outcome.Output.ShouldContain("has no capability 'virtual-time'");
        outcome.Output.ShouldContain("it waits for more than a minute (@long)");

        (await Airhil.In(folder, "test", "mixed.feature", "--clock", "wall", "--dry-run", "--long")).ShouldExitWith(0)
            .Output.ShouldNotContain("@long");
    }

    [Fact]
    public async Task What_a_phrase_needs_is_asked_of_the_target_before_the_run()
    {
        using var folder = With("Feature: Mixed\n  Scenario: It sinks\n    Given at 20 s: \"supply 3.4 for 3s\"\n");
        (await Airhil.In(folder, "test", "mixed.feature", "--target", "board:emulated", "--dry-run")).ShouldExitWith(0)
            .Output.ShouldContain("has no capability 'analog'");
        (await Airhil.In(folder, "test", "mixed.feature")).ShouldExitWith(0).Output.ShouldContain("1 passed");

        using var wrong = With("Feature: Mixed\n  Scenario: It sinks\n    Given at 20 s: \"supply 3.4\"\n");
        (await Airhil.In(wrong, "test", "mixed.feature")).ShouldExitWith(4).Error
            .ShouldContain("mixed.feature:3: ");
    }

    [Fact]
    public async Task A_phrase_whose_uart_has_no_wire_skips_the_scenario()
    {
        using var folder = With("Feature: Mixed\n  Scenario: It comes\n    Given at 20 s: \"uart 2 'x'\"\n");
        (await Airhil.In(folder, "test", "mixed.feature", "--target", "board:emulated")).Output
            .ShouldContain("is not wired to UART 2");
        (await Airhil.In(folder, "test", "mixed.feature")).ShouldExitWith(0).Output.ShouldContain("1 passed");
    }

    [Theory]
    [InlineData("phone 13800000000", "has no capability 'sms'")]
    [InlineData("the service", "has no capability 'service'")]
    [InlineData("topic a/b", "has no capability 'service'")]
    [InlineData("the service's log", "has no capability 'service'")]
    [InlineData("UART 2", "is not wired to UART 2; it is to: 1")]
    [InlineData("UART 1", null)]
    [InlineData("the log", null)]
    [InlineData("the peer's log", null)]
    public async Task What_the_places_of_a_property_need_is_asked_before_the_run(string place, string? lacking)
    {
        using var folder = With($"Feature: Mixed\n  Scenario: It keeps\n    Then no text on {place} repeats \"no\"\n");
        folder.Write("airhil.bench.yaml", "boards:\n  desk: {log: COM1, uarts: {1: COM2}}\n");
        var outcome = (await Airhil.In(folder, "test", "mixed.feature", "--target", "board:desk", "--dry-run"))
            .ShouldExitWith(0);
        if (lacking is not null) outcome.Output.ShouldContain(lacking);
        else outcome.Output.ShouldNotContain("the target '");
    }

    [Fact]
    public async Task A_failure_on_the_wall_clock_can_be_tried_again_and_that_is_told()
    {
        using var folder = With(Mixed);
        var outcome = (await Airhil.In(
            folder, "test", "mixed.feature", "-k", "It fails", "--clock", "wall", "--reruns", "2")).ShouldExitWith(1);
        outcome.Output.ShouldContain("again  Mixed / It fails: ");
        outcome.Output.ShouldContain("0 passed, 1 failed, 2 tried again");
        outcome.Output.ShouldContain("--seed 1 --reruns 2 --clock wall");
    }

    [Fact]
    public async Task Of_four_at_once_that_failed_one_at_a_time_is_tried_again()
    {
        using var folder = With("Feature: Late\n" + string.Concat(Enumerable.Range(1, 4).Select(n =>
            $"  Scenario: Number {n}\n    Given the script:\n      \"\"\"\n      log.info('a')\n      \"\"\"\n" +
            "    When power is applied\n    Then within 5 s the log shows \"no such text\"\n")));
        var outcome = (await Airhil.In(
            folder, "test", "mixed.feature", "-j", "4", "--clock", "wall", "--speed", "10", "--reruns", "1",
            "--messages", "all.ndjson")).ShouldExitWith(1);
        outcome.Output.ShouldContain("0 passed, 4 failed, 4 tried again");
        var times = (await File.ReadAllLinesAsync(
            Path.Combine(folder.Path, "all.ndjson"), TestContext.Current.CancellationToken)).SelectMany(TimesOfCases);
        times.ShouldBeInOrder();
        times.Count().ShouldBe(8);
    }

    [Theory]
    [InlineData("--clock noon", "'noon' is neither virtual nor wall")]
    [InlineData("--network live", "add --clock wall")]
    [InlineData("--speed 5", "--speed: it is for models on the wall clock")]
    [InlineData("--allow example.org", "they say what --network live may reach")]
    [InlineData("--target desk", "'desk' is not known; write virtual, board:NAME")]
    [InlineData("--target desk --dry-run", "'desk' is not known; write virtual, board:NAME")]
    [InlineData("--reruns 1", "in virtual time the same scenario fails the same way")]
    [InlineData("--profile none.json", "--profile: ")]
    [InlineData("--clock wall --network live --allow http://x", "is not a host to allow")]
    [InlineData("--target board:emulated --network live", "they are the virtual module's")]
    public async Task Options_that_contradict_each_other_are_explained(string options, string message)
    {
        using var folder = With(Mixed);
        (await Airhil.In(folder, ["test", "mixed.feature", .. options.Split(' ')])).ShouldExitWith(4).Error
            .ShouldContain(message);
    }

    /// <summary>When a message says that a case began or ended.</summary>
    private static IEnumerable<decimal> TimesOfCases(string message)
    {
        using var json = JsonDocument.Parse(message);
        var kind = json.RootElement.EnumerateObject().First();
        if (kind.Name is not ("testCaseStarted" or "testCaseFinished")) yield break;
        var time = kind.Value.GetProperty("timestamp");
        yield return time.GetProperty("seconds").GetInt64() + (time.GetProperty("nanos").GetInt64() / 1e9m);
    }

    private static TempFolder With(string feature)
    {
        var folder = new TempFolder();
        var text = feature.Replace("'''", "\"\"\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, "mixed.feature"), text);
        return folder;
    }
}
