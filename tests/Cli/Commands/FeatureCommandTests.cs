using System.Text.Json;

namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// `airhil test`: results on standard output, errors of use on standard error, and exit codes that never lie.
/// </summary>
public sealed class FeatureCommandTests
{
    private const string Fine =
        """
        Feature: Fine
          @first
          Scenario: It prints
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 3 s the log shows "hello"

          @second
          Scenario: It prints again
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 3 s the log shows "hello"
        """;

    [Fact]
    public async Task Features_that_hold_pass()
    {
        using var folder = new TempFolder();
        Write(folder, "features/fine.feature", Fine);

        var outcome = (await Airhil.In(folder, "test")).ShouldExitWith(0);

        outcome.Output.ShouldContain("ok     Fine: 2 passed");
        outcome.Output.ShouldContain("2 passed, 0 failed in ");
        outcome.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Then within 3 s the log shows \"goodbye\"", "expected the log to show 'goodbye' within 3 s",
        "repeat it: airhil test broken.feature:2 --seed 1")]
    [InlineData("When \"a\\q\" arrives at UART 1", "broken.feature:8", "has an escape that is not known")]
    public async Task A_scenario_that_fails_says_where_and_why_and_how_to_repeat_it(string step, string where,
        string why)
    {
        using var folder = new TempFolder();
        Write(
            folder, "broken.feature",
            $"""
            Feature: Broken
              Scenario: It fails
                Given the script:
                  '''
                  log.info("hello")
                  '''
                When power is applied
                {step}
            """);

        var outcome = (await Airhil.In(folder, "test", "broken.feature")).ShouldExitWith(1);

        outcome.Output.ShouldContain(where);
        outcome.Output.ShouldContain(why);
        outcome.Output.ShouldContain("repeat it: airhil test broken.feature");
        outcome.Output.ShouldContain("0 passed, 1 failed");
    }

    [Fact]
    public async Task A_feature_with_a_syntax_error_is_named_and_the_others_still_run()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);
        folder.Write("wrong.feature", "Feature: Wrong\n  Scenario: One\n    Given a\n    Frobnicate\n");

        var outcome = (await Airhil.In(folder, "test", ".")).ShouldExitWith(4);

        outcome.Error.ShouldContain("wrong.feature:4:");
        outcome.Output.ShouldContain("2 passed, 0 failed");
    }

    [Fact]
    public async Task What_runs_nothing_is_never_green()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);
        Directory.CreateDirectory(Path.Combine(folder.Path, "nothing"));

        (await Airhil.In(folder, "test", "fine.feature", "-k", "moon")).ShouldExitWith(5).Error
            .ShouldContain("2 scenarios were found, none fits -k \"moon\"");
        (await Airhil.In(folder, "test", "nothing")).ShouldExitWith(5).Error
            .ShouldContain("no scenario in nothing; features are files named *.feature");
    }

    [Fact]
    public async Task An_unknown_board_is_wrong_input_and_no_failure()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);

        (await Airhil.In(folder, "test", "fine.feature", "--target", "board:desk")).ShouldExitWith(4).Error
            .ShouldContain("there is no bench file");
        (await Airhil.In(folder, "test", "fine.feature", "--target", "board:table")).ShouldExitWith(4).Error
            .ShouldContain("there is no bench file");
    }

    /// <summary>A real operator's network lets nobody in, so a live network has no clients of modules.</summary>
    [Fact]
    public async Task A_client_of_a_module_is_refused_by_name_on_a_live_network()
    {
        using var folder = new TempFolder();
        var script = folder.Script("log.info('lamp')");
        Write(folder, "listens.feature", """
            Feature: Listens
              Scenario: A client comes
                Given the script "firmware"
                When a client connects to port 8080 of the module
            """);
        const string Live = "--clock wall --network live";
        const string Reason = "'virtual on the wall clock' has no capability 'clients'";

        (await Airhil.In(folder, ["test", "listens.feature", .. Live.Split(' ')])).ShouldExitWith(5).Output
            .ShouldContain(Reason);
        (await Airhil.In(
            folder, ["run", script, "--for", "1s", "--at", "0s client connects to 8080", .. Live.Split(' ')]))
            .ShouldExitWith(6).Error.ShouldContain(Reason);
    }

    [Fact]
    public async Task Tags_pick_scenarios()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);

        var outcome = (await Airhil.In(folder, "test", "fine.feature", "--tags", "@second and not @first", "--dry-run"))
            .ShouldExitWith(0);

        outcome.Lines.ShouldHaveSingleItem().ShouldContain("Fine / It prints again");
    }

    [Fact]
    public async Task Neither_filters_nor_workers_change_the_hash_of_a_scenario()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);

        var all = (await Airhil.In(folder, "test", "fine.feature", "--hashes", "-j", "1")).ShouldExitWith(0).Lines;
        var parallel = (await Airhil.In(folder, "test", "fine.feature", "--hashes", "-j", "4")).ShouldExitWith(0).Lines;
        var one = (await Airhil.In(folder, "test", "fine.feature", "--hashes", "-k", "prints again"))
            .ShouldExitWith(0).Lines;
        var seeded = (await Airhil.In(folder, "test", "fine.feature", "--hashes", "--seed", "2"))
            .ShouldExitWith(0).Lines;

        all.Length.ShouldBe(2);
        parallel.ShouldBe(all);
        one.ShouldHaveSingleItem()
            .ShouldBe(all.Single(line => line.EndsWith("It prints again", StringComparison.Ordinal)));
        seeded.ShouldNotContain(all[0]);
        all[0][..64].ShouldNotBe(all[1][..64]);
    }

    [Fact]
    public async Task Json_is_one_object_a_line()
    {
        using var folder = new TempFolder();
        Write(folder, "fine.feature", Fine);

        var outcome = (await Airhil.In(folder, "test", "fine.feature", "--format", "json")).ShouldExitWith(0);

        var results = outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        results.Select(r => r.GetProperty("name").GetString()).ShouldBe(["Fine / It prints", "Fine / It prints again"]);
        results.ShouldAllBe(r => r.GetProperty("status").GetString() == "passed");
    }

    [Fact]
    public async Task A_scenario_without_end_stops_at_the_wall_clock_limit()
    {
        using var folder = new TempFolder();
        Write(
            folder, "busy.feature",
            """
            Feature: Busy
              Scenario: It spins
                Given the script:
                  '''
                  while true do wdt.feed() end
                  '''
                When power is applied
                And 100 d passes
            """);

        // The scenario goes on until its process ends.
        var outcome = (await Airhil.Started(folder, "test", "busy.feature", "--wall-limit", "2s")).ShouldExitWith(42);

        outcome.Error.ShouldContain(
            "the limit of 2 s of real time is reached (--wall-limit): 0 of 1 scenarios were run");
    }

    [Fact]
    public async Task The_step_catalogue_is_printed()
    {
        using var folder = new TempFolder();

        (await Airhil.In(folder, "steps")).ShouldExitWith(0).Output.ShouldContain("power is applied");
    }

    /// <summary>Doc strings are fenced by ''' here and by quotes in the file.</summary>
    private static void Write(TempFolder folder, string name, string text) =>
        folder.Write(name, text.Replace("'''", "\"\"\"", StringComparison.Ordinal));
}
