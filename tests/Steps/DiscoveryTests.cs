using System.Text.Json;
using AirHil.Gherkin.Bindings;
using Reqnroll.Bindings.Provider;

namespace AirHil.Steps.Tests;

public sealed class DiscoveryTests
{
    [Fact]
    public void The_discovery_of_editors_finds_every_step()
    {
        var found = BindingProviderService.DiscoverBindings(typeof(ScriptSteps).Assembly, "{}");
        var steps = StepCatalogue.Discover(typeof(ScriptSteps).Assembly).Steps;
        steps.Count.ShouldBeGreaterThan(70);
        foreach (var step in steps) found.ShouldContain(JsonEncodedText.Encode(step.Source).Value);
    }
}
