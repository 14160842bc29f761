using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Tests;
using Reqnroll.Bindings.Provider;

namespace AirHil.Gherkin.Tests.Bindings;

/// <summary>
/// A user's library (fixtures/step-library), which is compiled against the package and knows nothing of us.
/// </summary>
public sealed class StepLibraryTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "step-library", "StepLibrary.dll");

    [Fact]
    public async Task Every_kind_of_step_and_hook_of_a_library_runs()
    {
        var results = (await RunAsync()).ToDictionary(one => one.Case.Title);
        string[] passed =
        [
            "Order of hooks", "Tables and texts", "Adding <a> and <b>", "Scoped", "Not scoped", "In a rule", "Rechnen",
            "Preis", "Adding",
        ];
        foreach (var name in passed) results[name].Message.ShouldBe("");
        results["Order of hooks"].Output[^1].ShouldBe(
            "first second Given( < OK> < OK> ) When( < OK> ) Then( < OK> < OK> )");
        results["Tables and texts"].Output.ShouldBe([
            "2 people, first Person { Name = Ann, Age = 30 }", "text hello", "colour Green",
            "person Person { Name = Carl, Age = 7 }", "price 1.5 2.5", "regex 5/things", "optional 2"]);
        results["Tables and texts"].Attachments.ShouldBe(["x.txt"]);
        results["Scoped"].Output.ShouldBe(["scoped one"]);
        results["Not scoped"].Output.ShouldBe(["unscoped"]);
        results["In a rule"].Steps.Select(step => step.Step.Text).ShouldBe([
            "a value task step", "a sync step", "I add 3 and 4", "the number is 7"]);
    }

    [Theory]
    [InlineData("Skipped by a hook", CaseStatus.Skipped, "skipped in a hook")]
    [InlineData("Skipped by a step", CaseStatus.Skipped, "no board")]
    [InlineData("Inconclusive", CaseStatus.Skipped, "no idea")]
    [InlineData("Ignored", CaseStatus.Skipped, "tagged @ignore")]
    [InlineData("Pending", CaseStatus.Pending, "not implemented")]
    [InlineData("Failing", CaseStatus.Failed, "broken")]
    [InlineData("Failing", CaseStatus.Failed, "[Then(\"nobody wrote {string} or {int} of this\")]")]
    [InlineData("Failing later", CaseStatus.Failed, "broken later")]
    [InlineData("Ambiguous", CaseStatus.Ambiguous, "CalculatorSteps.AmbiguousToo(String)")]
    [InlineData("A hook fails", CaseStatus.Failed, "BeforeScenario CalculatorHooks.Break()")]
    [InlineData("An after hook fails", CaseStatus.Failed, "AfterScenario CalculatorHooks.BreakAfterwards()")]
    [InlineData("Wrong value", CaseStatus.Failed, "99999999999999")]
    [InlineData("Empty", CaseStatus.Failed, "no steps")]
    public async Task What_does_not_pass_says_why(string scenario, CaseStatus status, string reason)
    {
        var result = (await RunAsync(scenario)).ShouldHaveSingleItem();
        result.Status.ShouldBe(status, result.Message);
        (result.Message + string.Concat(result.Steps.Select(step => step.Message))).ShouldContain(reason);
    }

    [Fact]
    public void The_discovery_of_editors_finds_every_step_of_the_library()
    {
        var found = BindingProviderService.DiscoverBindings(StepLibrary.Load(Library).Single(), "{}");
        foreach (var step in StepCatalogue.Discover(StepLibrary.Load(Library)).Steps)
        {
            found.ShouldContain(System.Text.Json.JsonEncodedText.Encode(step.Source).Value);
        }
    }

    [Theory]
    [InlineData("none.dll", "does not exist; build the library first")]
    [InlineData(".", "is a folder; name the DLL in it")]
    [InlineData("text.dll", "is no .NET assembly")]
    [InlineData("Shouldly.dll", "does not use Reqnroll, so it has no steps")]
    [InlineData("AirHil.Gherkin.dll", "has no class with [Binding]")]
    public void A_file_that_is_no_library_is_told_with_what_to_do(string file, string reason)
    {
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "text.dll"), "no assembly");
        Should.Throw<StepLibraryException>(() => StepLibrary.Load(Path.Combine(AppContext.BaseDirectory, file)))
            .Message.ShouldContain(reason);
    }

    [Fact]
    public void A_file_larger_than_any_assembly_is_none()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "huge.dll");
        try
        {
            using (var huge = File.Create(file)) huge.SetLength(3L << 30); // without blocks on the disk
            Should.Throw<StepLibraryException>(() => StepLibrary.Load(file)).Message
                .ShouldContain("is no .NET assembly");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Reqnroll", "9.1.0.0", "is compiled against Reqnroll 9.1.0.0; this airhil has 3.3.4.")]
    [InlineData("Reqnroll", "2.4.1.0", "is compiled against Reqnroll 2.4.1.0; this airhil has 3.3.4.")]
    [InlineData("Reqnroll", "3.99.0.0", "is compiled against Reqnroll 3.99.0.0; this airhil has 3.3.4.")]
    [InlineData("TechTalk.SpecFlow", "3.9.0.0", "is compiled against SpecFlow.")]
    public void A_library_of_another_version_is_refused_with_the_package_that_it_needs(
        string package, string version, string reason)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"against-{package}-{version}.dll");
        File.WriteAllBytes(file, AssemblyThatReferences(package, Version.Parse(version)));
        var error = Should.Throw<StepLibraryException>(() => StepLibrary.Load(file));
        error.Message.ShouldContain(reason);
        error.Message.ShouldContain("<PackageReference Include=\"Reqnroll\" Version=\"3.3.4\" />");
    }

    private static byte[] AssemblyThatReferences(string name, Version version)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(
            0, metadata.GetOrAddString("against.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString("against"), new Version(1, 0, 0, 0), default, default, default,
            AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddAssemblyReference(metadata.GetOrAddString(name), version, default, default, default, default);
        var image = new BlobBuilder();
        var root = new MetadataRootBuilder(metadata);
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), root, new BlobBuilder()).Serialize(image);
        return image.ToArray();
    }

    private static async Task<List<ScenarioResult>> RunAsync(string? title = null)
    {
        var plan = FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "fixtures", "step-library", "features"));
        plan.Errors.ShouldBeEmpty();
        await using var run = new FeatureRun(
            StepCatalogue.Discover(StepLibrary.Load(Library)), plan.Cases, () => TimeSpan.Zero);
        List<ScenarioResult> results = [];
        foreach (var one in plan.Cases.Where(one => title is null || one.Title == title).DistinctBy(one => one.Title))
        {
            results.Add(await run.RunAsync(one));
        }

        return results;
    }
}
