using System.Text.RegularExpressions;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Steps;
using AirHil.Tests;
using Reqnroll.Bindings;

namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// Each step that states a property passes in a scenario of /features, and fails here with the text that shows the
/// first moment that broke it.
/// </summary>
public sealed partial class PropertyStepsTests
{
    /// <summary>
    /// It sends each line twice and the second time with other content, counts down, starts again at 40 s, opens two
    /// connections, and subscribes to nothing.
    /// </summary>
    private const string Bad =
        """
        Feature: Bad
          Scenario:
            Given the script:
              '''
              sys = require("sys")
              uart.setup(1, 115200, 8, 1)
              sys.taskInit(function()
                sys.waitUntil("IP_READY")
                for i = 1, 2 do
                  local client = websocket.create(nil, "ws://meter.example/feed")
                  client:on(function(_, event)
                    if event ~= "conack" or i == 2 then return end
                    for no = 3, 1, -1 do
                      client:send(json.encode({no = no, v = 1}))
                      client:send(json.encode({no = no, v = 2}))
                    end
                  end)
                  client:connect()
                  sys.wait(2000)
                end
                local broker = mqtt.create(nil, "broker.example", 1883)
                broker:auth("bad", "", "")
                broker:connect()
              end)
              sys.timerStart(rtos.reboot, 40000)
              sys.run()
              '''
            And a service at "ws://meter.example/feed" that stays silent
            And a broker at "mqtt://broker.example"
            And a settling time of 10 s
            When power is applied
            And "R,{n}\n" arrives at UART 1 every 9 s
            And 60 s passes
            Then
        """;

    private static readonly (string Step, string Broken)[] Failures =
    [
        ("the module never restarts by itself", "40.* s: the module restarted: "),
        ("the module is connected again within 1 s", "41.* s: it has had no connection since 40.* s"),
        ("the module is subscribed to \"orders\" again within 5 s",
            "* s: it is connected since * s, and has not subscribed"),
        ("the service keeps receiving a text at least every 5 s", "* s: the last came at * s"),
        ("the log keeps showing \"tick {n}\" at least every 5 s", "15 s: none has come at all"),
        ("every \"R,{no}\" on UART 1 reaches the service as '{\"no\": no}' within 5 s",
            "* s: \"R,*\" came at * s and has not arrived"),
        ("every \"R,{no}\" on UART 1 reaches the service as '{\"no\": no}' exactly once within 60 s",
            "* s: '{*}' came out 2 times; what it is of came 1 time"),
        ("no text at the service repeats \"no\"", "* s: 3 comes 2 times, first at * s"),
        ("no text at the service repeats \"no\" more than 2 times", "* s: 3 comes 3 times, first at * s"),
        ("texts at the service with the same \"no\" have the same content", "* s: '{*}' was '{*}' at * s"),
        ("\"no\" at the service never goes back", "* s: 2 comes after 3"),
        ("the service never receives more than 3 texts in 5 s", "* s: 4 since * s"),
        ("the service never receives more than 3 texts in 60 s of a settled run", "4* s: 4 since 4* s"),
        ("the module never tries to connect more than 1 time in 10 s", "* s: 2 since * s"),
        ("the module never has more than 1 connection", "* s: 2 are open, the last is #2 meter.example:80"),
        ("every connection begins with '{\"hello\": *}'", "* s: one begins with '{*}'"),
        ("for every '{\"no\": no}' at the service holds \"no > 2\"", "* s: not for '{*}'"),
    ];

    [Fact]
    public void Every_property_has_a_scenario_that_keeps_it_and_a_failure_here()
    {
        var catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);
        var properties = catalogue.Steps
            .Where(step => step.Method.BindingClass == typeof(PropertySteps)
                && step.Keywords.Contains(StepDefinitionType.Then))
            .Select(step => step.Source).ToArray();
        properties.Length.ShouldBeGreaterThan(12);
        var kept = FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "features")).Cases
            .SelectMany(one => one.Steps.Select(step => catalogue.Find(step, one)?.Source)).ToHashSet();
        properties.Where(source => !kept.Contains(source)).ShouldBeEmpty("no scenario of /features keeps them");
        var broken = FeaturePlan.Read(("bad.feature", Feature(Failures.Select(one => one.Step)))).Cases
            .SelectMany(one => one.Steps.Select(step => catalogue.Find(step, one)?.Source)).ToHashSet();
        properties.Where(source => !broken.Contains(source)).ShouldBeEmpty("nothing here breaks them");
    }

    [Fact]
    public async Task A_broken_property_fails_with_the_first_moment_that_broke_it()
    {
        using var folder = new TempFolder();
        folder.Write("bad.feature", Feature(Failures.Select(one => one.Step)));
        var outcome = (await Airhil.In(folder, "test", "bad.feature")).ShouldExitWith(1);
        foreach (var (step, broken) in Failures)
        {
            var wanted = Regex.Escape($"expected that {step}; first broken at {broken}").Replace("\\*", ".*");
            outcome.Output.ShouldMatch(wanted);
        }
    }

    /// <summary>The script and one scenario for each property.</summary>
    private static string Feature(IEnumerable<string> steps)
    {
        var parts = Parts().Match(Bad.ReplaceLineEndings("\n").Replace("'''", "\"\"\"", StringComparison.Ordinal));
        return parts.Groups["head"].Value + string.Concat(steps.Select(
            (step, i) => $"  Scenario: Broken {i}\n{parts.Groups["body"].Value} {step}\n"));
    }

    [GeneratedRegex("^(?<head>Feature: Bad\n)  Scenario:\n(?<body>.*)$", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
