using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

/// <summary>An unknown host is the likely cause only of a step that has to do with it.</summary>
public sealed class FailureHintsTests
{
    private const string Script =
        """
        sys = require("sys")
        require("sysplus")
        sys.taskInit(function()
            sys.waitUntil("IP_READY")
            http.request("GET", "http://nobody.example/").wait()
            log.info("asked")
        end)
        sys.timerLoopStart(function() log.info("beat") end, 1000)
        sys.run()
        """;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_name_that_was_asked_for_while_the_step_waited_is_the_cause()
    {
        await using var bench = await Powered();
        (await Hint(bench, "answer 200")).ShouldStartWith(
            "unknown host in DNS: add `Given a service at \"http://nobody.example/\"");
    }

    [Fact]
    public async Task A_name_of_an_earlier_step_is_no_more_than_a_question()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("asked"), Long);
        (await Hint(bench, "button pressed")).ShouldStartWith(
            "if the script waits for 'nobody.example', which failed in DNS before: add `Given a service at ");
    }

    [Fact]
    public async Task A_name_of_which_the_step_speaks_is_the_cause_whenever_it_was_asked_for()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("asked"), Long);
        (await Hint(bench, "connected to nobody.example")).ShouldStartWith(
            "unknown host in DNS: add `Given a service at ");
    }

    [Fact]
    public async Task An_earlier_name_hides_no_other_cause()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("asked"), Long);
        await bench.PullReset();
        await bench.Expect(Match.LogContains("beat"), Long);
        (await Hint(bench, "button pressed", TimeSpan.Zero)).ShouldContain("the module was reset at ");
    }

    private static async Task<Bench> Powered()
    {
        var bench = new Bench(new BenchOptions());
        bench.Firmware(FirmwareSource.FromText(Script));
        await bench.ApplyPower();
        return bench;
    }

    private static async Task<string> Hint(Bench bench, string text, TimeSpan? within = null) =>
        (await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains(text), within ?? Long))).Hint.ShouldNotBeNull();
}
