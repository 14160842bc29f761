using AirHil.Gherkin.Plan;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Tests.Plan;

public sealed class FeaturePlanTests
{
    [Fact]
    public void Each_scenario_and_each_example_row_is_a_case_with_place_and_tags()
    {
        var plan = Read("""
            @f
            Feature: Radio
              Background:
                Given power

              Scenario: plain
                When it starts

              @r
              Rule: coverage
                Background:
                  Given a cell

                @o
                Scenario Outline: drop of <s> s
                  When the network drops for <s> s
                  And a note
                    ```
                    s=<s>
                    ```
                  * a table
                    | s   |
                    | <s> |
                  @e
                  Examples:
                    | s  | then |
                    | 20 | ok   |
                    | 90 | lost |
            """);
        plan.Errors.ShouldBeEmpty();
        plan.Cases.Select(one => one.FullName).ShouldBe([
            "Radio / plain",
            "Radio / coverage / drop of 20 s (row: s=20, then=ok)",
            "Radio / coverage / drop of 90 s (row: s=90, then=lost)",
        ]);
        var row = plan.Cases[2];
        row.Tags.ShouldBe(["f", "r", "o", "e"]);
        row.OwnTags.ShouldBe(["o", "e"]);
        row.Title.ShouldBe("drop of <s> s");
        row.Location.ToString().ShouldBe("radio.feature:28");
        row.Steps.Select(step => step.ToString()).ShouldBe(
            ["Given power", "Given a cell", "When the network drops for 90 s", "And a note", "* a table"]);
        row.Steps.Select(step => step.IsBackground).ShouldBe([true, true, false, false, false]);
        row.Steps.Skip(2).ShouldAllBe(step => step.Type == StepDefinitionType.When);
        row.Steps[3].DocString.ShouldBe("s=90");
        row.Steps[4].Table![1].ShouldBe(["90"]);
        row.Steps[2].Location.Line.ShouldBe(16);
        plan.Cases[0].Steps.Select(step => step.Text).ShouldBe(["power", "it starts"]);
    }

    [Fact]
    public void Equal_names_get_numbers_so_that_full_names_are_unique() =>
        Read("Feature: F\nScenario: S\nGiven a\nScenario: S\nGiven b\nScenario: S\nGiven c")
            .Cases.Select(one => one.FullName).ShouldBe(["F / S", "F / S #2", "F / S #3"]);

    [Fact]
    public void Twenty_thousand_equal_rows_take_no_longer_than_their_number()
    {
        var rows = string.Concat(Enumerable.Repeat("| 1 |\n", 20_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var plan = Read($"Feature: F\nScenario Outline: S\nGiven <n>\nExamples:\n| n |\n{rows}Scenario: T\nGiven x");
        // A number that is looked for from 2 for each row takes a minute.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        plan.Cases.Count.ShouldBe(20_001);
        plan.Cases.Select(one => one.FullName).Distinct().Count().ShouldBe(20_001);
        plan.Cases[19_999].FullName.ShouldBe("F / S (row: n=1) #20000");
    }

    [Fact]
    public void A_name_that_looks_like_a_number_of_another_stays_its_own() =>
        Read("Feature: F\nScenario: S #2\nGiven a\nScenario: S\nGiven b\nScenario: S\nGiven c\nScenario: S\nGiven d")
            .Cases.Select(one => one.FullName).ShouldBe(["F / S #2", "F / S", "F / S #3", "F / S #4"]);

    [Fact]
    public void Other_languages_mean_the_same_keywords()
    {
        var steps = Read("""
            # language: de
            Funktionalität: Funk
              Szenario: Start
                Angenommen Strom
                Wenn er startet
                Und er wartet
                Dann läuft er
            """).Cases[0].Steps;
        steps.Select(step => step.Type).ShouldBe([
            StepDefinitionType.Given, StepDefinitionType.When, StepDefinitionType.When, StepDefinitionType.Then]);
        steps[2].Keyword.ShouldBe("Und");
    }

    [Theory]
    [InlineData("Feature: F\n  Scenario: S\n    Given a\n    nonsense here\n", "radio.feature:4:5: expected:")]
    [InlineData(
        "Feature: F\n  Scenario: S\n    Given a\n      | a | b |\n      | 1 |\n",
        "radio.feature:5:7: inconsistent cell")]
    [InlineData("# language: xx-none\nFeature: F\n", "radio.feature:1:1: Language not supported: xx-none")]
    [InlineData("# only a comment\n", "radio.feature: the file has no feature")]
    [InlineData(
        "Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples:\n      | a |\n",
        "radio.feature:2:3: the examples of 'S' have no row")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string message)
    {
        var plan = Read(text);
        plan.Cases.ShouldBeEmpty();
        plan.Errors.ShouldHaveSingleItem().Message.ShouldStartWith(message);
    }

    [Fact]
    public void Files_and_folders_are_read_in_ordinal_order_each_once()
    {
        var folder = Directory.CreateTempSubdirectory("airhil-plan-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "sub"));
            foreach (var name in new[] { "b", "B", "a-b", "sub/a" })
            {
                File.WriteAllText(Path.Combine(folder, name + ".feature"), $"Feature: {name}\nScenario: S\nGiven x");
            }

            File.WriteAllText(Path.Combine(folder, "notes.txt"), "no feature");
            var plan = FeaturePlan.Load(folder, Path.Combine(folder, "b.feature"), Path.Combine(folder, "none"));
            plan.Cases.Select(one => one.Feature.Title).ShouldBe(["B", "a-b", "b", "sub/a"]);
            plan.Errors.ShouldHaveSingleItem().Message.ShouldEndWith("none: no such file or folder");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_an_error_and_the_others_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("airhil-plan-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "a.feature"), [.. "Feature: K"u8, 0xFC, .. "hl\nScenario: S"u8]);
            File.WriteAllText(Path.Combine(folder, "b.feature"), "Feature: Kühl\nScenario: S\nGiven x");
            var plan = FeaturePlan.Load(folder);
            plan.Errors.ShouldHaveSingleItem().Message
                .ShouldEndWith("a.feature: the file is not in UTF-8; save it as UTF-8");
            plan.Cases.ShouldHaveSingleItem().Feature.Title.ShouldBe("Kühl");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Theory]
    [InlineData("@f and not @x", null, new[] { "F / one" })]
    [InlineData(null, "TWO", new[] { "F / two" })]
    [InlineData("@x", "one", new string[0])]
    [InlineData(null, null, new[] { "F / one", "F / two" })]
    public void A_filter_chooses_by_tags_and_by_name(string? tags, string? name, string[] chosen)
    {
        var plan = Read("@f\nFeature: F\nScenario: one\nGiven a\n@x\nScenario: two\nGiven a");
        var filter = new CaseFilter(tags is null ? null : TagExpression.Parse(tags), name);
        plan.Cases.Where(filter.Matches).Select(one => one.FullName).ShouldBe(chosen);
    }

    private static FeaturePlan Read(string text) => FeaturePlan.Read(("radio.feature", text));
}
