using AirHil.Cli.Orders;
using AirHil.Cli.Targets;
using AirHil.Gherkin.Plan;

namespace AirHil.Cli.Tests.Orders;

public sealed class TestOrderTests
{
    private static readonly TestOrder Plain = new()
    {
        Paths = [],
        Seed = 1,
        Bits = 32,
        Start = null,
        Tags = null,
        Name = null,
        Jobs = 1,
        Target = new TargetOrder { Target = TargetOpening.Virtual },
        WithLong = false,
        IsJson = false,
        Verbose = false,
        DryRun = false,
        Hashes = false,
        Coverage = null,
        WallLimit = null,
    };

    [Fact]
    public void The_command_that_repeats_a_scenario_has_every_option_that_shapes_it()
    {
        var scenario = FeaturePlan.Read(("a b.feature", "Feature: A\n  Scenario: One\n    When 1 s passes\n")).Cases[0];

        Plain.Repeat(scenario).ShouldBe("airhil test 'a b.feature:2' --seed 1");
        (Plain with
        {
            Seed = ulong.MaxValue,
            Bindings = ["my steps.dll"],
            AllowedUnmodelled = ["lcd.init", "pm.request"],
            Bits = 64,
            Start = new DateTimeOffset(2025, 2, 3, 0, 0, 0, TimeSpan.FromHours(8)),
            WithLong = true,
            Reruns = 2,
            WallLimit = TimeSpan.FromSeconds(90),
            FailOnSkip = true,
            Target = new TargetOrder { Target = "board:desk", BenchFile = "-b.yaml" },
        }).Repeat(scenario).ShouldBe(
            "airhil test 'a b.feature:2' --seed 18446744073709551615 --bindings 'my steps.dll' " +
            "--allow-unmodelled lcd.init,pm.request --bits 64 --start 2025-02-03T00:00:00+08:00 --long --reruns 2 " +
            "--wall-limit '90 s' --fail-on-skip --target board:desk --bench=-b.yaml");
    }

    [Fact]
    public void What_chooses_scenarios_or_says_where_results_go_is_not_repeated()
    {
        var scenario = FeaturePlan.Read(("a.feature", "Feature: A\n  Scenario: One\n    When 1 s passes\n")).Cases[0];

        (Plain with
        {
            Tags = "@a",
            Name = "One",
            Jobs = 7,
            Output = "out",
            JUnit = "j.xml",
            Messages = "m.ndjson",
            Record = "kept",
            Watch = 0,
            IsJson = true,
            Verbose = true,
            Hashes = true,
            Coverage = "c.info",
        }).Repeat(scenario).ShouldBe("airhil test a.feature:2 --seed 1");
    }

    [Theory]
    [InlineData(null, null, "(no filter was given)")]
    [InlineData("@a and not @b", null, "--tags \"@a and not @b\"")]
    [InlineData(null, "lamp", "-k \"lamp\"")]
    [InlineData("@a", "lamp", "--tags \"@a\" and -k \"lamp\"")]
    public void Filters_are_told_as_they_were_given(string? tags, string? name, string told) =>
        (Plain with { Tags = tags, Name = name }).Filters.ShouldBe(told);

    [Fact]
    public void Recordings_go_where_the_user_said_or_to_the_report_or_to_a_folder_of_their_own()
    {
        Plain.Recordings.ShouldBe("airhil-sessions");
        (Plain with { Output = "out" }).Recordings.ShouldBe(Path.Combine("out", "sessions"));
        (Plain with { Output = "out", Record = "kept" }).Recordings.ShouldBe("kept");
    }

    [Fact]
    public void Vitals_are_sampled_where_somebody_will_look_at_them()
    {
        Plain.WantsVitals.ShouldBeFalse();
        (Plain with { JUnit = "j.xml" }).WantsVitals.ShouldBeFalse();
        (Plain with { Output = "out" }).WantsVitals.ShouldBeTrue();
        (Plain with { Watch = 0 }).WantsVitals.ShouldBeTrue();
        (Plain with { Record = "kept" }).WantsVitals.ShouldBeTrue();
    }
}
