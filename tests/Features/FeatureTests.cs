using AirHil.Gherkin.Results;

namespace AirHil.Features.Tests;

/// <summary>Every scenario and every example row of /features is its own test, with tags as categories.</summary>
public sealed class FeatureTests(FeatureRunFixture fixture, ITestOutputHelper output) : IClassFixture<FeatureRunFixture>
{
    public static IEnumerable<TheoryDataRow<string>> Cases()
    {
        var plan = FeatureFolder.Load();
        foreach (var error in plan.Errors) yield return Row(error.Message);
        foreach (var scenario in plan.Cases)
        {
            var row = Row(scenario.FullName);
            if (scenario.Tags.Count > 0) row.Traits["Category"] = [.. scenario.Tags];
            yield return row;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Scenario(string name)
    {
        var result = await fixture.RunAsync(name);
        foreach (var step in result.Steps) output.WriteLine($"{step.Status,-9} {step.Step}");
        foreach (var line in result.Output) output.WriteLine(line);
        foreach (var file in result.Attachments) output.WriteLine($"attached: {file}");
        if (result.Status == CaseStatus.Skipped) Assert.Skip(result.SkipReason!);
        if (result.Status != CaseStatus.Passed)
        {
            Assert.Fail($"{result.Status} at {result.Case.Location}\n{result.Message}");
        }
    }

    /// <summary>The label is empty, since xunit would show the argument, which is the name again.</summary>
    private static TheoryDataRow<string> Row(string name) => new(name) { TestDisplayName = name, Label = "" };
}
