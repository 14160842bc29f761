using System.Text.Json.Nodes;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Results;
using AirHil.Reports.Messages;
using AirHil.Steps;
using Io.Cucumber.Messages.Types;
using Reqnroll.Formatters.PayloadProcessing;
using Reqnroll.Formatters.PayloadProcessing.Cucumber;

namespace AirHil.Reports.Tests.Messages;

public sealed class CucumberMessagesTests
{
    [Fact]
    public async Task Every_message_refers_to_one_that_came_before()
    {
        var messages = await Write();

        HashSet<string> known = [];
        foreach (var message in messages)
        {
            foreach (var (name, value) in Leaves(message))
            {
                if (IsReference(name)) known.ShouldContain(value, $"{name} of {message.ToJsonString()}");
                else if (name == "id") known.Add(value).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task A_run_begins_with_meta_and_ends_with_its_outcome()
    {
        var messages = await Write();

        messages[0]["meta"]!["implementation"]!["name"]!.GetValue<string>().ShouldBe("airhil");
        messages[0]["meta"]!["protocolVersion"]!.GetValue<string>().ShouldBe("35.0.0");
        messages[^1]["testRunFinished"]!["success"]!.GetValue<bool>().ShouldBeFalse();
        messages.ShouldAllBe(m => m.Count == 1);
        var scenarios = (await DemoRun.Data()).Scenarios.Count;
        Count(messages, "testCase").ShouldBe(scenarios);
        Count(messages, "testCaseFinished").ShouldBe(scenarios);
        Count(messages, "testStepStarted").ShouldBe(Count(messages, "testStepFinished"));
    }

    [Fact]
    public async Task Steps_have_their_results_durations_and_bindings()
    {
        var messages = await Write();

        var results = messages.Select(m => m["testStepFinished"]?["testStepResult"]).OfType<JsonNode>().ToArray();
        results.Select(r => r["status"]!.GetValue<string>()).Distinct()
            .ShouldBe(["PASSED", "FAILED", "SKIPPED", "UNDEFINED"], ignoreOrder: true);
        var failed = results.Single(r => r["status"]!.GetValue<string>() == "FAILED");
        failed["message"]!.GetValue<string>().ShouldContain("I/user.delivered");
        failed["duration"]!["nanos"]!.GetValue<long>().ShouldBeGreaterThan(0);
        messages.Select(m => m["stepDefinition"]?["pattern"]?["source"]?.GetValue<string>())
            .ShouldContain("within {duration} the log shows {string}");
        var undefined = messages.Select(m => m["testCase"]).OfType<JsonNode>()
            .SelectMany(c => c["testSteps"]!.AsArray())
            .Count(s => s!["stepDefinitionIds"]?.AsArray().Count == 0);
        undefined.ShouldBe(2);
    }

    [Fact]
    public async Task A_feature_file_comes_with_its_source_and_pickles()
    {
        var messages = await Write();

        messages.Select(m => m["source"]?["uri"]?.GetValue<string>()).ShouldContain("features/watchdog.feature");
        messages.Select(m => m["gherkinDocument"]?["feature"]?["name"]?.GetValue<string>())
            .ShouldContain("Reconnect");
        messages.Select(m => m["pickle"]?["name"]?.GetValue<string>())
            .ShouldContain("The service refuses the upgrade with 401");
    }

    [Fact]
    public async Task Every_line_is_a_message_of_the_protocol_and_every_case_has_its_test_case()
    {
        using var output = new MemoryStream();
        var data = await DemoRun.Data();
        var left = data.Scenarios[0] with
        {
            Result = ScenarioResult.NotRun(data.Scenarios[0].Result!.Case, "no such bench"),
        };
        CucumberMessages.Write(output, data with { Scenarios = [.. data.Scenarios, left] });
        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var messages = lines.Select(NdjsonSerializer.Deserialize).ToArray();

        messages.Select(message => NdjsonSerializer.Serialize(message)).ShouldBe(lines, "as Reqnroll writes them");
        messages.ShouldAllBe(message => message.Content() != null);
        var cases = messages.Select(message => message.TestCase).OfType<TestCase>().ToArray();
        cases.Length.ShouldBe(data.Scenarios.Count(one => one.Result is not null) + 1);
        cases[^1].TestSteps.Count.ShouldBe(left.Result!.Case.Steps.Count);
        messages.Select(message => message.TestStepFinished).OfType<TestStepFinished>()
            .Where(step => cases[^1].TestSteps.Any(one => one.Id == step.TestStepId))
            .ShouldAllBe(step => step.TestStepResult.Status == TestStepResultStatus.SKIPPED);
        messages.Select(message => message.Attachment?.Body).OfType<string>()
            .ShouldContain(text => text.Contains("skipped: no such bench", StringComparison.Ordinal));
    }

    private static int Count(JsonObject[] messages, string name) => messages.Count(m => m.ContainsKey(name));

    private static bool IsReference(string name) =>
        name != "workerId"
        && (name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Value)> Leaves(JsonNode node, string name = "")
    {
        return node switch
        {
            JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Leaves(p.Value!, p.Key)),
            JsonArray a => a.SelectMany(item => Leaves(item!, name)),
            _ => [(name, node.ToString())],
        };
    }

    private static async Task<JsonObject[]> Write()
    {
        using var output = new MemoryStream();
        CucumberMessages.Write(
            output, await DemoRun.Data(), StepCatalogue.Discover(typeof(ScriptSteps).Assembly));
        return [.. System.Text.Encoding.UTF8.GetString(output.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
