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

/// <summary>
/// Each form of a fault, and each form with each of its limits, begins in a scenario of /features that names it; random
/// ones do not count.
/// </summary>
public sealed class FaultFeatureTests
{
    private static readonly StepCatalogue Catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);

    [Fact]
    public async Task Each_form_of_a_fault_begins_in_a_feature()
    {
        var missing = FaultPhrase.Catalogue.SelectMany(one => Forms(one.Form)).ToHashSet();
        missing.Count.ShouldBeGreaterThan(100);
        var forms = FaultPhrase.Catalogue.Select(one => one.Form).ToDictionary(form => form, Phrases);
        var clock = Stopwatch.StartNew();
        var settings = new RunSettings
        {
            Finished = (_, bench) =>
            {
                foreach (var began in bench.Events.OfType<FaultBegan>())
                {
                    var words = (began.Fault with { Limits = FaultLimits.None }).Phrase;
                    var form = forms.LastOrDefault(one => one.Value.IsMatch(words)).Key;
                    var kinds = began.Fault.Limits.Kinds;
                    missing.RemoveWhere(one => one.Form == form && kinds.HasFlag(one.Limit));
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

        missing.ShouldBeEmpty("no scenario of /features begins them");
    }

    /// <summary>Only what asks something of its target can begin a fault.</summary>
    private static bool CanFail(ScenarioCase one)
    {
        var methods = one.Steps.Select(step => Catalogue.Find(step, one)?.Method).OfType<BindingMethod>().ToArray();
        return methods.Any(method => method.Attributes<NeedsAttribute>().Any())
            && !one.Steps.Any(step => step.Text.StartsWith("random faults", StringComparison.Ordinal));
    }

    /// <summary>What a form's phrases look like without limits; texts are all that is left of them.</summary>
    private static Regex Phrases(string form) => new(
        "^" + string.Join(' ', form.Split(" [")[0].Split(' ').Select(word => word switch
        {
            "TEXT" => ".+",
            _ when char.IsAsciiLetterUpper(word[0]) => "[^ ]+",
            _ => Regex.Escape(word),
        })) + "$",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>A form without limits, and with each of those that it shows in brackets.</summary>
    private static IEnumerable<(string Form, LimitKinds Limit)> Forms(string form)
    {
        (string Words, LimitKinds Limit)[] limits =
        [
            ("", LimitKinds.None), ("[to|from module]", LimitKinds.Direction), (" HOST]", LimitKinds.Host),
            ("[at uart PORT]", LimitKinds.Port), ("[with 'TEXT']", LimitKinds.Text),
            ("[N times]", LimitKinds.Times),
        ];
        return limits.Where(one => form.Contains(one.Words, StringComparison.Ordinal)).Select(one => (form, one.Limit));
    }
}
