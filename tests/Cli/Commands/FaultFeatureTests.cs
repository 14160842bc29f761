using System.Diagnostics;
using System.Text.RegularExpressions;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Runs;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Steps;
using AirHil.Steps.Support;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>Each form of a fault begins in a scenario of /features that names it; random ones do not count.</summary>
public sealed class FaultFeatureTests
{
    private static readonly StepCatalogue Catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);

    [Fact]
    public async Task Each_form_of_a_fault_begins_in_a_feature()
    {
        var missing = FaultPhrase.Catalogue.Select(one => one.Form).ToDictionary(form => form, Phrases);
        missing.Count.ShouldBeGreaterThan(40);
        var clock = Stopwatch.StartNew();
        var settings = new RunSettings
        {
            Finished = (_, bench) =>
            {
                foreach (var began in bench.Events.OfType<FaultBegan>())
                {
                    var seen = missing.Where(one => one.Value.IsMatch(began.Fault.Phrase)).Select(one => one.Key);
                    if (seen.LastOrDefault() is { } form) missing.Remove(form);
                }
            },
        };
        foreach (var one in FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "features")).Cases.Where(CanFail))
        {
            if (missing.Count == 0) break;
            await using var run = new FeatureRun(
                Catalogue, [one], () => clock.Elapsed, (_, container) => container.RegisterInstanceAs(settings));
            await run.RunAsync(one);
        }

        missing.Keys.ShouldBeEmpty("no scenario of /features begins them");
    }

    /// <summary>Only what asks something of its target can begin a fault.</summary>
    private static bool CanFail(ScenarioCase one)
    {
        var methods = one.Steps.Select(step => Catalogue.Find(step, one)?.Method).OfType<BindingMethod>().ToArray();
        return methods.Any(method => method.Attributes<NeedsAttribute>().Any())
            && !one.Steps.Any(step => step.Text.StartsWith("random faults", StringComparison.Ordinal));
    }

    /// <summary>What a form's phrases look like; scopes and texts are all that is left of them.</summary>
    private static Regex Phrases(string form) => new(
        "^" + string.Join(' ', form.Split(' ').Select(word => word switch
        {
            "TEXT" or "SCOPE" => ".+",
            _ when char.IsAsciiLetterUpper(word[0]) => "[^ ]+",
            _ => Regex.Escape(word),
        })) + "$",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));
}
