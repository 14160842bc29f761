using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using AirHil.Gherkin.Results;
using AirHil.Reports.JUnit;

namespace AirHil.Reports.Tests.JUnit;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task It_validates_against_the_schema_that_Jenkins_publishes() =>
        Validate(await DemoRun.Data()).ShouldBeEmpty();

    [Fact]
    public async Task Whatever_became_of_a_scenario_and_whatever_it_said_it_validates()
    {
        const string Awkward = "]]>\0\u001b[31m<c a='b\">&amp;\ud800\udc00 \udfff\ufffe\r\n\u202e\t</failure>";
        var data = await DemoRun.Data();
        var scenario = data.Scenarios[0];
        var scenarios = Enum.GetValues<CaseStatus>().Select(status => scenario with
        {
            Repeat = Awkward,
            Result = scenario.Result! with
            {
                Status = status,
                Message = Awkward,
                SkipReason = status == CaseStatus.Skipped ? Awkward : null,
                Errors = [new InvalidOperationException(Awkward)],
                Output = [Awkward],
                Attachments = [Awkward],
                Duration = TimeSpan.FromHours(30),
            },
        });

        Validate(data with { Title = Awkward, Target = Awkward, Scenarios = [.. scenarios] }).ShouldBeEmpty();
        Validate(data with { Scenarios = [] }).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_has_a_suite_for_every_feature_and_a_case_for_every_scenario()
    {
        var data = await DemoRun.Data();

        var root = Write(data).Root!;

        root.Name.LocalName.ShouldBe("testsuites");
        Number(root, "tests").ShouldBe(data.Scenarios.Count);
        root.Attribute("failures")!.Value.ShouldBe("2");
        var suites = root.Elements("testsuite").ToArray();
        suites.Select(s => s.Attribute("name")!.Value).ShouldBe(["Uplink of the sensor", "Reconnect", "Watchdog"]);
        suites.Sum(s => s.Elements("testcase").Count()).ShouldBe(data.Scenarios.Count);
        foreach (var suite in suites)
        {
            var cases = suite.Elements("testcase").ToArray();
            Number(suite, "tests").ShouldBe(cases.Length);
            Number(suite, "failures").ShouldBe(cases.Count(c => c.Element("failure") is not null));
            Number(suite, "skipped").ShouldBe(cases.Count(c => c.Element("skipped") is not null));
            suite.Attribute("errors")!.Value.ShouldBe("0");
            suite.Attribute("time")!.Value.ShouldMatch(@"^[0-9]+\.[0-9]{3}$");
            cases.ShouldAllBe(c => c.Attribute("classname")!.Value == suite.Attribute("name")!.Value);
            suite.Element("properties")!.Elements().ShouldContain(p => p.Attribute("value")!.Value == "virtual");
        }
    }

    [Fact]
    public async Task A_failure_says_why_and_how_to_repeat_it()
    {
        var failed = Write(await DemoRun.Data()).Descendants("testcase").First(c => c.Element("failure") is not null);

        failed.Attribute("name")!.Value.ShouldBe("The link comes back after a loss of coverage");
        failed.Element("failure")!.Attribute("message")!.Value.ShouldContain("I/user.delivered");
        failed.Element("failure")!.Value.ShouldContain("features/uplink.feature:12");
        failed.Element("system-out")!.Value.ShouldContain("--seed 7");
    }

    [Fact]
    public async Task Characters_that_XML_cannot_hold_are_shown()
    {
        var data = await DemoRun.Data();
        var scenario = data.Scenarios[0];
        var result = scenario.Result! with { Message = "a\0b\u001b[31m<c>&\ud800 \ud83d\ude00", Errors = [] };

        var text = Write(data with { Scenarios = [scenario with { Result = result }] }).Descendants("failure").Single();

        text.Value.ShouldBe("a\\x00b\\x1B[31m<c>&\\uD800 \ud83d\ude00");
    }

    [Fact]
    public async Task Characters_that_steer_a_terminal_or_turn_a_line_are_shown()
    {
        var data = await DemoRun.Data();
        var result = data.Scenarios[0].Result! with { Message = "a\u009b31m\u0085\u202eb\té\n", Errors = [] };

        var text = Write(data with { Scenarios = [data.Scenarios[0] with { Result = result }] }).ToString();

        text.ShouldContain("a\\x9B31m\\x85\\u202Eb\té");
    }

    /// <summary>What the schema has against the report.</summary>
    private static List<string> Validate(ReportData data)
    {
        var schema = Environment.GetEnvironmentVariable("AIRHIL_JUNIT_XSD");
        Assert.SkipWhen(string.IsNullOrEmpty(schema),
            "AIRHIL_JUNIT_XSD does not name junit-10.xsd of Jenkins's xunit plugin (.ci/junit-schema fetches it)");
        List<string> problems = [];
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(schema!)) schemas.Add("", reader);
        Write(data).Validate(schemas, (_, e) => problems.Add(e.Message));
        return problems;
    }

    private static int Number(XElement element, string name) =>
        int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static XDocument Write(ReportData data)
    {
        using var output = new MemoryStream();
        JUnitReport.Write(output, data);
        output.Position = 0;
        return XDocument.Load(output);
    }
}
