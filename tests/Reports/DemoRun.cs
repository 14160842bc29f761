using System.Collections.Concurrent;
using System.Diagnostics;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Runs;
using AirHil.Steps;
using AirHil.Steps.Support;
using AirHil.Tests;

namespace AirHil.Reports.Tests;

/// <summary>Features that were really run, with their sessions: what reports are made of.</summary>
internal static class DemoRun
{
    /// <summary>What a log may hold to break out of a page; none of it may.</summary>
    public const string Hostile =
        "</script><script>window.broken = 1</script><img src=x onerror=\"window.broken=2\">&lt;";

    private const string Own = """"
        Feature: Uplink of the sensor
          What a sensor must do when its network fails it.

          @uplink
          Scenario: The link comes back after a loss of coverage
            Given the script "websocket-echo"
            And the module is connected
            When coverage is lost for 30 s
            Then within 10 s the module has lost its address
            And within 30 s the module has an address
            And within 2 s the log shows "I/user.wsc	conack	nil	nil	nil"
            And within 1 s the log shows "I/user.delivered	3 queued readings"

          @uplink @dns
          Scenario: A name that nobody answers is asked for again
            Given the script "websocket-echo"
            And the module is connected
            When DNS fails for 20 s
            And the connection is reset
            Then within 20 s the log shows "E/DNS no ipv6, no ipv4"
            And within 25 s the log shows "I/user.wsc	conack	nil	nil	nil"

          Scenario: Readings go out byte for byte
            Given the script:
              """
              _G.sys = require("sys")
              uart.setup(1, 115200, 8, 1)
              uart.on(1, "receive", function(id, len)
                local data = uart.read(id, len)
                log.info("got", #data)
                uart.write(id, data:reverse())
              end)
              log.info("markup", '</script><script>window.broken = 1</script><img src=x onerror="window.broken=2">&lt;')
              sys.run()
              """
            When power is applied
            Then within 1 s the log shows "I/user.markup"
            When "T=21.5;RH=40" arrives at UART 1
            Then within 1 s UART 1 sends "04=HR;5.12=T"

          @needs-petrol
          Scenario: A scenario that this bench cannot do
            Given the script "websocket-echo"
            When power is applied

          Scenario: A step that nobody has written
            Given the script "websocket-echo"
            When the moon is full
            Then the module howls
        """";

    private static readonly Lazy<Task<IReadOnlyList<ReportScenario>>> All = new(RunAsync);

    /// <summary>Failed ones, passed ones and skipped ones, each with its session.</summary>
    public static async Task<ReportData> Data() => new()
    {
        Title = "features",
        Target = "virtual",
        Seed = 7,
        StartedAt = new DateTimeOffset(2025, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(2.71),
        Scenarios = await All.Value,
    };

    /// <summary>The scenario of that title.</summary>
    public static async Task<ReportScenario> Scenario(string title) =>
        (await All.Value).First(s => s.Result!.Case.Title.Contains(title, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<ReportScenario>> RunAsync()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "features");
        var plan = FeaturePlan.Read(
            ("features/uplink.feature", Own),
            ("features/reconnect.feature", await File.ReadAllTextAsync(Path.Combine(folder, "reconnect.feature"))),
            ("features/watchdog.feature", await File.ReadAllTextAsync(Path.Combine(folder, "watchdog.feature"))));
        plan.Errors.ShouldBeEmpty();
        var cases = plan.Cases.Where(c => !c.Tags.Contains("long")).ToArray();
        var times = new ConcurrentDictionary<ScenarioCase, List<StepTime>>();
        var sessions = new ConcurrentDictionary<ScenarioCase, ReportSession>();
        var settings = new RunSettings { Seed = 7, Vitals = TimeSpan.FromMilliseconds(100) };
        var clock = Stopwatch.StartNew();
        var found = new List<ReportScenario>();
        await using var run = new FeatureRun(
            StepCatalogue.Discover(typeof(ScriptSteps).Assembly), cases, () => clock.Elapsed,
            (scenario, container) => container.RegisterInstanceAs(settings with
            {
                StepFinished = (_, from, to) => times.GetOrAdd(scenario, _ => []).Add(new StepTime(from, to)),
                Finished = (_, bench) => sessions[scenario] = new ReportSession(
                    "virtual", bench.Session.EventsWithVitals())
                {
                    Hash = bench.Session.Hash,
                    Length = bench.Now,
                    StartDate = bench.Options.StartDate,
                },
            }));
        foreach (var scenario in cases)
        {
            var result = await run.RunAsync(scenario);
            found.Add(new ReportScenario
            {
                Result = result,
                Session = sessions.GetValueOrDefault(scenario),
                StepTimes = times.GetValueOrDefault(scenario, []),
                Seed = settings.Seed,
                Repeat = $"airhil test {scenario.Location.File} -k \"{scenario.FullName}\" --seed {settings.Seed}",
            });
        }

        return found;
    }
}
