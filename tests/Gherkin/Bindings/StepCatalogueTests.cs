using System.ComponentModel;
using AirHil.Gherkin.Bindings;

namespace AirHil.Gherkin.Tests.Bindings;

public sealed class StepCatalogueTests
{
    [Fact]
    public void Bad_bindings_are_reported_together_each_with_its_method()
    {
        var error = Should.Throw<BindingException>(() => Catalogue.Of(typeof(Bad)));
        error.Message.Split('\n').ShouldBe(
        [
            "Bad.TooFew(): \"b {int}\" gives 1 values, the method takes 0 (one more is right only for a last DataTable "
                + "or string).",
            "Invalid binding method 'Bad.NotAwaited()': async void methods are not supported. Please use 'async Task'.",
            "Bad.Gives(): a step returns void, Task or ValueTask.",
            "The binding methods for before/after feature and before/after test run events must be static: "
                + "Bad.OnInstance()",
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_parameter_type_with_a_built_in_name_is_named() =>
        Should.Throw<BindingException>(() => Catalogue.Of(typeof(BadName))).Message.ShouldBe(
            "BadName.BuiltInName(String): {int} is a built-in parameter type; choose another name.");

    [Fact]
    public void Discovery_finds_the_classes_of_an_assembly_that_are_marked()
    {
        // The bad class of this file is in this assembly too, so discovery must complain about it.
        Should.Throw<BindingException>(() => StepCatalogue.Discover(typeof(Bad).Assembly))
            .Message.ShouldContain("Bad.OnInstance");
        StepCatalogue.Discover(typeof(StepCatalogue).Assembly).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void The_catalogue_as_markdown_has_sections_steps_and_parameters()
    {
        var text = StepCatalogueMarkdown.Write(Catalogue.Of(typeof(PowerKeySteps), typeof(Clock)));
        text.ShouldBe("""
            # Steps

            Generated from the bindings. And, But and * take the keyword before them.

            ## Clock

            | Keyword | Step | Description |
            | --- | --- | --- |
            | any | `{duration} pass(es)` | |

            ## Power key

            The key that switches the module on.

            | Keyword | Step | Description |
            | --- | --- | --- |
            | When | `the power key is pressed for {duration}` | Presses and lets go. |
            | Then | `^it is (on\|off)$` | |

            ## Parameters

            | Parameter | Format | Description |
            | --- | --- | --- |
            | `{string}` | text in "double" or 'single' quotes | |
            | `{word}` | text without white space | |
            | `{}` | any text | |
            | `{int}` | whole number, such as `-7` | |
            | `{long}` | whole number, such as `-7` | |
            | `{byte}` | whole number, such as `-7` | |
            | `{float}` | number, such as `0.5`; the point is the decimal sign everywhere | |
            | `{double}` | number, such as `0.5`; the point is the decimal sign everywhere | |
            | `{decimal}` | number, such as `0.5`; the point is the decimal sign everywhere | |
            | `{duration}` | `(\d+) (ms\|s)` | A length of time. |

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Binding]
    [Description("The key that switches the module on.")]
    private sealed class PowerKeySteps
    {
        [When("the power key is pressed for {duration}")]
        [Description("Presses and lets go.")]
        public void Press(TimeSpan duration) => duration.ShouldBeGreaterThan(TimeSpan.Zero);

        [Then("^it is (on|off)$")]
        public void State(string state) => state.ShouldNotBeEmpty();
    }

    [Binding]
    private sealed class Clock
    {
        [StepArgumentTransformation(@"(\d+) (ms|s)", Name = "duration")]
        [Description("A length of time.")]
        public static TimeSpan Duration(int count, string unit) =>
            TimeSpan.FromMilliseconds(unit == "s" ? count * 1000 : count);

        [StepDefinition("{duration} pass(es)")]
        public void Pass(TimeSpan duration) => duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Binding]
    private sealed class Bad
    {
        [Given("b {int}")]
        public void TooFew()
        {
        }

        [Given("c")]
        public async void NotAwaited() => await Task.Yield();

        [Given("d")]
        public int Gives() => 1;

        [BeforeFeature]
        public void OnInstance()
        {
        }
    }

    [Binding]
    private sealed class BadName
    {
        [StepArgumentTransformation("x", Name = "int")]
        public static Version BuiltInName(string text) => new(text);

        [Given("b {int}")]
        public void Count(int count) => count.ShouldBePositive();
    }
}
