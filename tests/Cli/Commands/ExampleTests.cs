using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>The example that the README begins with fails as the README says.</summary>
public sealed class ExampleTests
{
    private static readonly string Reporter = Path.Combine(RepositoryRoot.Path, "examples", "reporter");

    [Fact]
    public async Task The_reporter_loses_the_readings_of_a_tunnel()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "test", Reporter, "-v")).ShouldExitWith(1);

        outcome.Output.ShouldContain("ok      The reporter / A reading arrives every 15 seconds");
        outcome.Output.ShouldContain(
            "reporter.feature:15  And within 60 s the service receives the text '{\"no\":1}'",
            Case.Sensitive,
            outcome.Output);
        outcome.Output.ShouldContain("1 passed, 1 failed");
    }

    [Fact]
    public void The_readme_quotes_the_scenario_as_it_stands()
    {
        var feature = File.ReadAllText(Path.Combine(Reporter, "reporter.feature"));
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        var scenario = feature[feature.IndexOf("  Scenario: A reading that was", StringComparison.Ordinal)..].TrimEnd();

        readme.ShouldContain(scenario);
    }
}
