using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using Reqnroll.UnitTestProvider;

namespace AirHil.Gherkin.Tests.Runs;

public sealed class ScenarioRunTests
{
    [Fact]
    public async Task Steps_of_every_kind_are_awaited_and_timed()
    {
        var result = await TestRun.StepsAsync("Given void\nWhen task\nThen value task\nAnd parts \"x\"", typeof(Steps));
        result.Status.ShouldBe(CaseStatus.Passed);
        result.Message.ShouldBe("");
        result.Output.ShouldBe(["void", "task", "value task", "parts x S Given,When,Then,Then"]);
        result.Attachments.ShouldBe(["log.txt"]);
        result.Steps.ShouldAllBe(step =>
            step.Status == CaseStatus.Passed && step.Duration == TimeSpan.FromMilliseconds(1));
        result.Duration.ShouldBe(TimeSpan.FromMilliseconds(9));
    }

    [Theory]
    [InlineData("Given void\nAnd it fails\nAnd void", CaseStatus.Failed, "Passed Failed Skipped", "it broke")]
    [InlineData("Given pending\nAnd void", CaseStatus.Pending, "Pending Skipped", "is not implemented")]
    [InlineData("Given void\nAnd nothing known\nAnd void", CaseStatus.Undefined, "Passed Undefined Skipped",
        "[Given(\"nothing known\")]")]
    [InlineData("Given it fails\nAnd nothing known", CaseStatus.Failed, "Failed Undefined", "nothing known")]
    [InlineData("Given two ways", CaseStatus.Ambiguous, "Ambiguous",
        "Steps.TwoWays()  \"two ways\"\n  Steps.AnyWays(String)  \"two {word}\"")]
    [InlineData("Given skip\nAnd void", CaseStatus.Skipped, "Skipped Skipped", "no such module")]
    [InlineData("Given ignore\nAnd nothing known", CaseStatus.Skipped, "Skipped Undefined", "only on the bench")]
    public async Task The_first_step_that_does_not_pass_decides(
        string steps, CaseStatus status, string each, string message)
    {
        var result = await TestRun.StepsAsync(steps, typeof(Steps));
        result.Status.ShouldBe(status);
        string.Join(' ', result.Steps.Select(step => step.Status)).ShouldBe(each);
        result.Message.ShouldContain(message);
        result.Message.ShouldContain("test.feature:");
        result.SkipReason.ShouldBe(status == CaseStatus.Skipped ? message : null);
    }

    [Fact]
    public async Task A_failure_keeps_the_exception_and_its_place()
    {
        var result = await TestRun.StepsAsync("Given it fails", typeof(Steps));
        result.Errors.ShouldHaveSingleItem().ShouldBeOfType<InvalidOperationException>();
        result.Steps[0].Error.ShouldBeSameAs(result.Errors[0]);
        result.Steps[0].Location.ShouldBe(new SourceLocation("test.feature", 3));
        result.Message.ShouldStartWith("test.feature:3  Given it fails\nInvalidOperationException: it broke\n");
        result.Message.ShouldContain(nameof(Steps.Fail));
    }

    [Fact]
    public async Task A_scenario_without_steps_fails_even_with_a_background()
    {
        var result = await TestRun.OneAsync("Feature: F\nBackground:\nGiven void\nScenario: S", typeof(Steps));
        result.Status.ShouldBe(CaseStatus.Failed);
        result.Message.ShouldContain("no steps");
    }

    [Fact]
    public async Task A_scenario_tagged_ignore_is_skipped_without_running_anything()
    {
        var result = await TestRun.OneAsync("Feature: F\n@ignore\nScenario: S\nGiven it fails", typeof(Steps));
        result.Status.ShouldBe(CaseStatus.Skipped);
        result.SkipReason.ShouldBe("tagged @ignore");
    }

    [Fact]
    public async Task Hooks_run_by_moment_and_order_where_their_tags_say_and_see_the_error()
    {
        var results = await TestRun.AllAsync(
            "Feature: F\n@slow\nScenario: S\nGiven void\nGiven it fails\nGiven void\nScenario: T\nGiven void",
            typeof(Steps), typeof(Hooks));
        results[0].Output.ShouldBe([
            "before early", "before", "before slow", "> void", "void", "< OK", "> it fails", "< TestError it broke",
            "after TestError it broke", "disposed"]);
        results[1].Output.ShouldBe(["before early", "before", "> void", "void", "< OK", "after OK", "disposed"]);
    }

    [Fact]
    public async Task A_failing_before_hook_skips_the_steps_but_not_the_after_hooks()
    {
        var result = await TestRun.OneAsync(
            "Feature: F\n@broken\nScenario: S\nGiven void", typeof(Steps), typeof(Hooks));
        result.Status.ShouldBe(CaseStatus.Failed);
        result.Steps[0].Status.ShouldBe(CaseStatus.Skipped);
        result.Output.ShouldBe(["before early", "after TestError no bench", "disposed"]);
        result.Message.ShouldStartWith("BeforeScenario Hooks.Broken()\n");
        result.Around.ShouldHaveSingleItem().IsBefore.ShouldBeTrue();
    }

    [Fact]
    public async Task After_hooks_stop_at_the_first_that_throws_and_objects_are_disposed_still()
    {
        var result = await TestRun.OneAsync(
            "Feature: F\n@leaky\nScenario: S\nGiven void", typeof(Steps), typeof(Hooks));
        result.Status.ShouldBe(CaseStatus.Failed);
        result.Errors.Select(error => error.Message).ShouldBe(["a leak"]);
        result.Output.ShouldNotContain("after OK");
        result.Output[^1].ShouldBe("disposed");
        var leak = result.Around.ShouldHaveSingleItem();
        leak.Place.ShouldBe("AfterScenario Hooks.Leak()");
        (leak.Status, leak.IsBefore).ShouldBe((CaseStatus.Failed, false));
    }

    [Fact]
    public async Task What_a_step_sets_in_an_AsyncLocal_reaches_the_next_step_and_no_other_scenario()
    {
        var results = await TestRun.AllAsync(
            "Feature: F\nScenario: S\nGiven a mark\nWhen waiting\nThen there is a mark\n"
            + "Scenario: T\nWhen waiting\nThen there is no mark",
            typeof(Ambient));
        results.Select(result => result.Message).ShouldBe(["", ""]);
    }

    [Fact]
    public async Task A_binding_class_that_throws_in_its_constructor_fails_its_step_with_the_reason()
    {
        var result = await TestRun.StepsAsync("Given nothing special", typeof(BrokenClass));
        result.Status.ShouldBe(CaseStatus.Failed);
        result.Message.ShouldStartWith("test.feature:3  Given nothing special\n");
        result.Message.ShouldContain("no licence");
        result.Message.ShouldContain(nameof(BrokenClass));
    }

    [Fact]
    public async Task A_binding_with_a_scope_goes_before_one_without()
    {
        var results = await TestRun.AllAsync(
            "Feature: F\nScenario: S\nGiven scoped\n@narrow\nScenario: T\nGiven scoped", typeof(Scoped));
        results.Select(result => result.Output.ShouldHaveSingleItem()).ShouldBe(["wide", "narrow"]);
    }

    [Binding]
    private sealed class Steps(ScenarioContext context, IReqnrollOutputHelper output, IUnitTestRuntimeProvider runtime)
    {
        private readonly List<ScenarioBlock> blocks = [];

        [Given("void")]
        public void Void() => Note("void");

        [When("task")]
        public async Task TaskAsync()
        {
            await Task.Yield();
            Note("task");
        }

        [Then("value task")]
        public async ValueTask ValueTaskAsync()
        {
            await Task.Yield();
            Note("value task");
        }

        [Then("parts {string}")]
        public void Parts(string text)
        {
            blocks.Add(context.CurrentScenarioBlock);
            output.WriteLine($"parts {text} {context.ScenarioInfo.Title} {string.Join(',', blocks)}");
            output.AddAttachment("log.txt");
        }

        [Given("it fails")]
        public void Fail() => throw new InvalidOperationException("it broke");

        [Given("pending")]
        public void Pending() => throw new PendingStepException();

        [Given("skip")]
        public void Skip() => throw new ScenarioSkippedException("no such module");

        [Given("ignore")]
        public void Ignore() => runtime.TestIgnore("only on the bench");

        [Given("two ways")]
        public void TwoWays() => Note("one");

        [Given("two {word}")]
        public void AnyWays(string what) => Note(what);

        private void Note(string text)
        {
            blocks.Add(context.CurrentScenarioBlock);
            output.WriteLine(text);
        }
    }

    [Binding]
    private sealed class Hooks(ScenarioContext context, IReqnrollOutputHelper output) : IDisposable
    {
        [BeforeScenario]
        public void BeforeEach() => output.WriteLine("before");

        [BeforeScenario("slow", "@other")]
        public void BeforeSlow() => output.WriteLine("before slow");

        [BeforeScenario(Order = 1)]
        public async Task EarlyAsync()
        {
            await Task.Yield();
            output.WriteLine("before early");
        }

        [BeforeScenario("broken", Order = 2)]
        public void Broken() => throw new InvalidOperationException("no bench");

        [BeforeStep]
        public void BeforeStep() => output.WriteLine($"> {context.StepContext.StepInfo.Text}");

        [AfterStep]
        public void AfterStep() =>
            output.WriteLine($"< {context.StepContext.Status} {context.StepContext.StepError?.Message}".TrimEnd());

        [AfterScenario("leaky", Order = 1)]
        public void Leak() => throw new InvalidOperationException("a leak");

        [AfterScenario]
        [Scope(Tag = "never")]
        public void Never() => output.WriteLine("never");

        [AfterScenario(Order = 2)]
        public void After() => output.WriteLine(
            $"after {context.ScenarioExecutionStatus} {context.TestError?.Message}".TrimEnd());

        public void Dispose() => output.WriteLine("disposed");
    }

    [Binding]
    private sealed class Scoped(IReqnrollOutputHelper output)
    {
        [Given("scoped")]
        public void Wide() => output.WriteLine("wide");

        [Given("scoped")]
        [Scope(Tag = "narrow", Feature = "F")]
        public void Narrow() => output.WriteLine("narrow");
    }

    [Binding]
    private sealed class Ambient
    {
        private static readonly AsyncLocal<string?> Mark = new();

        [Given("a mark")]
        public void Set() => Mark.Value = "set";

        [When("waiting")]
        public async Task WaitAsync() => await Task.Yield();

        [Then("there is a mark")]
        public void IsSet() => Mark.Value.ShouldBe("set");

        [Then("there is no mark")]
        public void IsNotSet() => Mark.Value.ShouldBeNull();
    }

    [Binding]
    private sealed class BrokenClass
    {
        public BrokenClass() => throw new InvalidOperationException("no licence");

        [Given("nothing special")]
        public void Nothing()
        {
        }
    }
}
